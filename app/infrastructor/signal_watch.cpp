// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/infrastructor/signal_watch.h"

#include <csignal>
#include <cstdlib>
#include <sys/signalfd.h>
#include <unistd.h>

namespace infra::app {

SignalWatch::SignalWatch()
{
    sigset_t mask;
    sigemptyset(&mask);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&mask, number);
    pthread_sigmask(SIG_BLOCK, &mask, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    m_descriptor = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
}

SignalWatch::~SignalWatch()
{
    m_notifier.reset();
    if (m_descriptor >= 0)
        close(m_descriptor);
}

void SignalWatch::begin()
{
    if (m_descriptor < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        struct signalfd_siginfo info = {};
        while (read(m_descriptor, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
            if (m_asked)
                std::_Exit(1);
            m_asked = true;
            emit terminate();
        }
    });
}

} // namespace infra::app
