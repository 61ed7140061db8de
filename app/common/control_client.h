// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/control_protocol.h"
#include "core/base/timer_service.h"

#include <QtCore/QObject>
#include <QtNetwork/QLocalSocket>

#include <functional>

namespace infra::app {

/// Asks the owner of a profile one thing. Event loop thread; the answer comes once. Busy when nobody listens (an owner
/// that is starting or stopping); Timeout after `deadline`.
class ControlClient : public QObject
{
    Q_OBJECT
public:
    ControlClient(TimerService &timers, QObject *parent = nullptr);
    void ask(const QString &socketPath, const engine::ControlRequest &request, milliseconds deadline,
             std::function<void(Result<engine::ControlReply>)> done);

private:
    void finish(Result<engine::ControlReply> reply);

    TimerService &m_timers;
    QLocalSocket m_socket;
    MessageFramer m_framer;
    TimerHandle m_deadline;
    std::function<void(Result<engine::ControlReply>)> m_done;
};

} // namespace infra::app
