// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/control/control_service.h"
#include "core/schema/schema_catalogue.h"

#include <QtCore/QByteArray>

namespace infra::app {

// The local socket's language: one message each way, a 4-byte big-endian length and that many bytes of JSON. Secrets
// travel as base 64 in an object of their own and are wiped on arrival; the socket is the user's own (mode 0700 folder,
// SO_PEERCRED checked).

inline constexpr qsizetype kMaxControlMessage = 32 * 1024 * 1024;

QByteArray encodeRequest(const engine::ControlRequest &request);
/// Errors: SchemaViolation for what the schema "ctl_request" does not allow.
Result<engine::ControlRequest> decodeRequest(QByteArray payload, const schema::SchemaCatalogue &schemas);
QByteArray encodeReply(const engine::ControlReply &reply);
Result<engine::ControlReply> decodeReply(const QByteArray &payload);

/// Cuts messages out of a stream of bytes.
class MessageFramer
{
public:
    /// A length above the limit is an error; the connection is to be closed.
    Result<QList<QByteArray>> feed(const QByteArray &bytes);
    static QByteArray frame(const QByteArray &payload);

private:
    QByteArray m_buffer;
};

} // namespace infra::app
