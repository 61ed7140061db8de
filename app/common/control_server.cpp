// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/control_server.h"

#include "app/common/control_protocol.h"
#include "core/base/logging.h"
#include "core/engine/control/control_reply.h"

#include <QtCore/QPointer>
#include <QtNetwork/QLocalSocket>

#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isOwnPeer(const QLocalSocket &socket)
{
    struct ucred credentials = {};
    socklen_t size = sizeof credentials;
    return getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 &&
           (credentials.uid == geteuid());
}

} // namespace

ControlServer::ControlServer(engine::ControlService &service, const schema::SchemaCatalogue &schemas, QString actor,
                             QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_schemas(schemas)
    , m_actor(std::move(actor))
{
    connect(&m_server, &QLocalServer::newConnection, this, &ControlServer::accept);
}

Result<void> ControlServer::listen(const QString &socketPath)
{
    // We hold the profile's lock, so whatever stands there belongs to nobody alive.
    QLocalServer::removeServer(socketPath);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(socketPath))
        return fail(ErrorCode::FileUnwritable,
                    u"The local socket %1 cannot be opened: %2."_s.arg(socketPath, m_server.errorString()));
    return {};
}

void ControlServer::close()
{
    m_server.close();
}

void ControlServer::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (!isOwnPeer(*socket)) {
            log::warning("control", u"A connection of another user was refused."_s);
            socket->abort();
            continue;
        }
        auto framer = std::make_shared<MessageFramer>();
        connect(socket, &QLocalSocket::readyRead, this, [this, socket, framer] {
            const Result<QList<QByteArray>> messages = framer->feed(socket->readAll());
            if (!messages) {
                socket->abort();
                return;
            }
            for (const QByteArray &message : *messages)
                handle(socket, message);
        });
    }
}

void ControlServer::handle(QLocalSocket *socket, const QByteArray &payload)
{
    const QPointer<QLocalSocket> alive(socket);
    const auto answer = [alive](const engine::ControlReply &reply) {
        if (!alive)
            return;
        alive->write(MessageFramer::frame(encodeReply(reply)));
        // At once: at the program's end the socket may be gone before the event loop would send it, and who asked would
        // ask again for what was done.
        alive->flush();
    };
    Result<engine::ControlRequest> request = decodeRequest(payload, m_schemas);
    if (!request) {
        log::warning("control", request.error().message);
        answer(engine::failReply(request.error()));
        return;
    }
    request->actor = m_actor;
    if (request->command == "app.raise"_L1) {
        emit raiseRequested();
        answer({0, {{u"ok"_s, true}}});
        return;
    }
    if (request->command == "app.ping"_L1) {
        answer({0, {{u"ok"_s, true}}});
        return;
    }
    m_service.handle(std::move(*request)).then(this, answer);
}

} // namespace infra::app
