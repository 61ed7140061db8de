// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/control_client.h"

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

ControlClient::ControlClient(TimerService &timers, QObject *parent)
    : QObject(parent)
    , m_timers(timers)
{
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this](QLocalSocket::LocalSocketError) {
        finish(fail(ErrorCode::Busy, u"The owner of the profile does not answer: %1."_s.arg(m_socket.errorString())));
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] {
        const Result<QList<QByteArray>> messages = m_framer.feed(m_socket.readAll());
        if (!messages)
            finish(fail(messages.error()));
        else if (!messages->isEmpty())
            finish(decodeReply(messages->first()));
    });
}

void ControlClient::ask(const QString &socketPath, const engine::ControlRequest &request, milliseconds deadline,
                        std::function<void(Result<engine::ControlReply>)> done)
{
    m_done = std::move(done);
    m_deadline = m_timers.after(
        deadline, [this] { finish(fail(ErrorCode::Timeout, u"The owner of the profile did not answer in time."_s)); });
    connect(&m_socket, &QLocalSocket::connected, this, [this, payload = encodeRequest(request)]() mutable {
        m_socket.write(MessageFramer::frame(payload));
        wipe(payload);
    });
    m_socket.connectToServer(socketPath);
}

void ControlClient::finish(Result<engine::ControlReply> reply)
{
    m_deadline.cancel();
    if (!m_done)
        return;
    const auto done = std::exchange(m_done, nullptr);
    done(std::move(reply));
}

} // namespace infra::app
