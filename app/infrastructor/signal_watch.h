// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

#include <memory>

namespace infra::app {

/// SIGTERM, SIGINT and SIGHUP as a Qt signal, by signalfd: nothing runs inside a signal handler. Make it before any
/// thread starts, so that all threads inherit the blocked mask. Only the first asks for an orderly end; the second ends
/// the process.
class SignalWatch : public QObject
{
    Q_OBJECT
public:
    SignalWatch();
    ~SignalWatch() override;
    /// Starts to deliver; needs the application object.
    void begin();

signals:
    void terminate();

private:
    int m_descriptor = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    bool m_asked = false;
};

} // namespace infra::app
