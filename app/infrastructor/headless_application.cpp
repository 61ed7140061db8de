// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/infrastructor/headless_application.h"

#include "core/base/logging.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

void tell(const Error &error)
{
    log::error("headless", error);
    std::fprintf(stderr, "infrastructor: %s %s\n", qUtf8Printable(error.message), qUtf8Printable(error.remedyText()));
}

} // namespace

HeadlessApplication::HeadlessApplication(const Profile &profile, const Arguments &arguments,
                                         SecretBytes secretsPassphrase, std::unique_ptr<ProfileLock> lock)
    : m_profile(profile)
    , m_arguments(arguments)
    , m_lock(std::move(lock))
{
    m_options.secretsPassphrase = std::move(secretsPassphrase);
}

HeadlessApplication::~HeadlessApplication() = default;

Result<void> HeadlessApplication::start()
{
    Result<std::unique_ptr<Services>> opened = Services::open(m_profile, std::move(m_options));
    if (!opened)
        return fail(opened.error());
    m_services = std::move(*opened);
    m_services->start().then(this, [this](const Result<void> &started) {
        if (!started) {
            tell(started.error());
            QCoreApplication::exit(1);
            return;
        }
        log::info("headless", u"Running without a window."_s);
        if (m_arguments.demoHosts) {
            m_demo = std::make_unique<DemoLab>(*m_services, *m_arguments.demoHosts);
            connect(m_demo.get(), &DemoLab::failed, this, tell);
            m_demo->start();
        }
    });
    return {};
}

void HeadlessApplication::quit()
{
    if (m_quitting || !m_services)
        return;
    m_quitting = true;
    m_demo.reset();
    m_services->stop().then(this, [this] {
        m_services.reset();
        m_lock.reset();
        QCoreApplication::exit(0);
    });
}

} // namespace infra::app
