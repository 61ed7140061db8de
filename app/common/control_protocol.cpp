// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/control_protocol.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QtEndian>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<QJsonObject> objectFrom(const QByteArray &payload)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(payload, &problem);
    if (!document.isObject())
        return fail(ErrorCode::InvalidArgument,
                    u"A message on the local socket is not a JSON object: %1."_s.arg(problem.errorString()));
    return document.object();
}

} // namespace

QByteArray encodeRequest(const engine::ControlRequest &request)
{
    QJsonObject secrets;
    for (const auto &[name, secret] : request.secrets) {
        QByteArray base64 = secret.view().toByteArray().toBase64();
        secrets.insert(name, QString::fromLatin1(base64));
        wipe(base64);
    }
    const QJsonObject object{{u"command"_s, request.command}, {u"args"_s, request.args}, {u"secrets"_s, secrets}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<engine::ControlRequest> decodeRequest(QByteArray payload, const schema::SchemaCatalogue &schemas)
{
    const Result<QJsonValue> document = schemas.parse(u"ctl_request", payload, {kMaxControlMessage, 16});
    wipe(payload);
    if (!document)
        return fail(document.error());
    const QJsonObject object = document->toObject();
    engine::ControlRequest request;
    request.command = object.value("command"_L1).toString();
    request.args = object.value("args"_L1).toObject();
    const QJsonObject secrets = object.value("secrets"_L1).toObject();
    for (auto it = secrets.constBegin(); it != secrets.constEnd(); ++it) {
        QByteArray bytes = QByteArray::fromBase64(it.value().toString().toLatin1());
        request.secrets.emplace(it.key(), SecretBytes(bytes));
        wipe(bytes);
    }
    return request;
}

QByteArray encodeReply(const engine::ControlReply &reply)
{
    return QJsonDocument(QJsonObject{{u"exit"_s, reply.exitCode}, {u"body"_s, reply.body}})
        .toJson(QJsonDocument::Compact);
}

Result<engine::ControlReply> decodeReply(const QByteArray &payload)
{
    const Result<QJsonObject> object = objectFrom(payload);
    if (!object)
        return fail(object.error());
    return engine::ControlReply{object->value("exit"_L1).toInt(1), object->value("body"_L1).toObject()};
}

Result<QList<QByteArray>> MessageFramer::feed(const QByteArray &bytes)
{
    m_buffer.append(bytes);
    QList<QByteArray> messages;
    while (m_buffer.size() >= 4) {
        const qsizetype length = qFromBigEndian<quint32>(m_buffer.constData());
        if (length > kMaxControlMessage)
            return fail(ErrorCode::InvalidArgument,
                        u"A message of %1 bytes on the local socket is over the limit."_s.arg(length));
        if (m_buffer.size() < 4 + length)
            break;
        messages.append(m_buffer.mid(4, length));
        m_buffer.remove(0, 4 + length);
    }
    return messages;
}

QByteArray MessageFramer::frame(const QByteArray &payload)
{
    QByteArray message(4, '\0');
    qToBigEndian(static_cast<quint32>(payload.size()), message.data());
    return message + payload;
}

} // namespace infra::app
