// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/engine/fleet_model.h"
#include "core/ssh/transport.h"

#include <QtCore/QObject>
#include <QtCore/QPromise>

#include <map>

namespace infra::engine {

/// Hands a connection's questions to whoever shows them, and the answers back. Engine thread.
class PromptDesk final : public QObject, public ssh::PromptBroker
{
    Q_OBJECT
public:
    explicit PromptDesk(TimerService &timers);
    ~PromptDesk() override;

    QFuture<std::optional<QByteArray>> ask(Prompt prompt, CancelToken cancel) override;
    /// Nothing: the person declined. An id that is not open any more is ignored; the answer is wiped.
    void answer(quint64 id, std::optional<QByteArray> answer);
    /// Nobody can answer any more: what is open is declined.
    void close();

signals:
    void asked(infra::engine::PromptRequest request);
    void withdrawn(quint64 id);

private:
    struct Open
    {
        QPromise<std::optional<QByteArray>> promise;
        CancelToken cancel;
    };
    void look();

    TimerService &m_timers;
    TimerHandle m_watch;
    std::map<quint64, Open> m_open;
    quint64 m_next = 1;
    bool m_closed = false;
};

} // namespace infra::engine
