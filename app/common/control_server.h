// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/engine/control/control_service.h"
#include "core/schema/schema_catalogue.h"

#include <QtCore/QObject>
#include <QtNetwork/QLocalServer>

class QLocalSocket;

namespace infra::app {

/// Answers `infrastructorctl` for the owner of a profile. The lock must be held: a stale socket file of a dead owner is
/// replaced. Peers of another user are refused (SO_PEERCRED). Engine thread.
class ControlServer : public QObject
{
    Q_OBJECT
public:
    ControlServer(engine::ControlService &service, const schema::SchemaCatalogue &schemas, QString actor,
                  QObject *parent = nullptr);
    Result<void> listen(const QString &socketPath);
    void close();

signals:
    /// A second window asked this one to come to the front.
    void raiseRequested();

private:
    void accept();
    void handle(QLocalSocket *socket, const QByteArray &payload);

    engine::ControlService &m_service;
    const schema::SchemaCatalogue &m_schemas;
    const QString m_actor;
    QLocalServer m_server;
};

} // namespace infra::app
