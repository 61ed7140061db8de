// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/control/control_reply.h"
#include "core/engine/setting_keys.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

namespace infra::engine {

using namespace Qt::Literals::StringLiterals;

namespace {

std::optional<SettingKey> declaredKey(const QString &name)
{
    for (const SettingKey &key : keys::declaredSettings()) {
        if (name == QLatin1StringView(key.name))
            return key;
    }
    return std::nullopt;
}

/// What a person typed, read as the key's type.
QJsonValue typedValue(const SettingKey &key, const QString &text)
{
    if (key.defaultValue.isBool()) {
        if (text == "true"_L1 || text == "on"_L1)
            return true;
        if (text == "false"_L1 || text == "off"_L1)
            return false;
    } else if (key.defaultValue.isDouble()) {
        bool ok = false;
        const double number = text.toDouble(&ok);
        if (ok)
            return number;
    }
    return text;
}

QJsonObject settingJson(const SettingKey &key, const QJsonValue &value)
{
    return {{u"name"_s, QLatin1StringView(key.name)},
            {u"value"_s, value},
            {u"default"_s, key.defaultValue},
            {u"minimum"_s, orNull(key.minimum)},
            {u"maximum"_s, orNull(key.maximum)},
            {u"allowed"_s, key.allowed.isEmpty() ? QJsonValue() : QJsonValue(QJsonArray::fromStringList(key.allowed))}};
}

QString storeStateWord(secrets::StoreState state)
{
    switch (state) {
    case secrets::StoreState::Ready:
        return u"ready"_s;
    case secrets::StoreState::Locked:
        return u"locked"_s;
    case secrets::StoreState::Unavailable:
        break;
    }
    return u"unavailable"_s;
}

QString backendWord(secrets::Backend backend)
{
    switch (backend) {
    case secrets::Backend::Keyring:
        return u"the system keyring"_s;
    case secrets::Backend::SealedFile:
        return u"the sealed file of the profile"_s;
    case secrets::Backend::None:
        break;
    }
    return u"no place yet: none was given"_s;
}

DoctorCheck secretsCheck(const secrets::SecretStore &store)
{
    DoctorCheck check{
        u"secrets"_s,
        u"ok"_s,
        u"Secrets are kept in %1 (%2)."_s.arg(backendWord(store.backend()), storeStateWord(store.state())),
        {}};
    if (store.state() == secrets::StoreState::Locked) {
        check.status = u"warn"_s;
        check.remedy = store.backend() == secrets::Backend::Keyring
                           ? u"Unlock the keyring of the desktop, or log in again."_s
                           : u"Unlock it in the window, or with: infrastructorctl unlock --passphrase-fd N"_s;
    } else if (store.state() == secrets::StoreState::Unavailable) {
        check.status = u"fail"_s;
        check.remedy =
            store.backend() == secrets::Backend::Keyring
                ? u"Start the keyring (org.freedesktop.secrets) again: passwords of this profile are in it."_s
                : u"Start a keyring (org.freedesktop.secrets), or make a sealed file with: infrastructorctl unlock --passphrase-fd N"_s;
    }
    return check;
}

DoctorCheck settingsCheck(const SettingsStore &settings)
{
    const QList<Error> problems = settings.problems();
    if (problems.isEmpty())
        return {u"settings"_s, u"ok"_s, u"Every setting has a value that its rule allows."_s, {}};
    return {u"settings"_s, u"warn"_s, problems.first().message,
            u"Correct the value in the window, or with: infrastructorctl settings set"_s};
}

DoctorCheck storeCheck(const Result<store::StoreStatus> &status)
{
    if (!status)
        return {u"database"_s, u"fail"_s, status.error().message, status.error().remedyText()};
    if (status->integrity == "failed"_L1)
        return {u"database"_s, u"fail"_s, u"The integrity check of %1 failed."_s.arg(status->path),
                u"Restore the newest copy beside it."_s};
    if (!status->writable)
        return {u"database"_s, u"fail"_s, u"%1 cannot be written."_s.arg(status->path),
                u"Free space on its disk, or give its folder back the right to write."_s};
    return {u"database"_s,
            u"ok"_s,
            u"%1, version %2, %3 bytes, integrity %4."_s.arg(status->path)
                .arg(status->version)
                .arg(status->sizeBytes)
                .arg(status->integrity),
            {}};
}

DoctorCheck devicesCheck(const QList<DeviceRow> &rows)
{
    QStringList wrong;
    for (const DeviceRow &row : rows) {
        if (row.error)
            wrong.append(row.device.name);
    }
    if (wrong.isEmpty())
        return {u"devices"_s, u"ok"_s, u"%1 devices; none reports an error."_s.arg(rows.size()), {}};
    return {u"devices"_s, u"warn"_s, u"Could not be read: %1."_s.arg(wrong.join(u", "_s).left(400)),
            u"Test one with: infrastructorctl devices test NAME"_s};
}

} // namespace

QFuture<ControlReply> ControlService::settingsCommand(ControlRequest &request)
{
    if (request.command == "settings.list"_L1) {
        QJsonArray list;
        for (const SettingKey &key : keys::declaredSettings())
            list.append(settingJson(key, m_parts.settings.value(key)));
        return readyReply(okReply({{u"settings"_s, list}}));
    }
    const QString name = request.args.value("name"_L1).toString();
    const std::optional<SettingKey> key = declaredKey(name);
    if (!key)
        return readyReply(
            failReply(invalid(u"name"_s, name, u"must be a setting that \"settings list\" shows"_s).value()));
    if (request.command == "settings.set"_L1 || request.command == "settings.reset"_L1) {
        const Result<void> done =
            request.command == "settings.set"_L1
                ? m_parts.settings.set(*key, typedValue(*key, request.args.value("value"_L1).toString()))
                : m_parts.settings.reset(*key);
        auditOperation(actorOf(request), request.command, std::nullopt, name,
                       done ? std::nullopt : std::optional(done.error()));
        if (!done)
            return readyReply(failReply(done.error()));
    }
    return readyReply(okReply({{u"setting"_s, settingJson(*key, m_parts.settings.value(*key))}}));
}

QFuture<ControlReply> ControlService::unlock(ControlRequest &request)
{
    const auto found = request.secrets.find(u"passphrase"_s);
    if (found == request.secrets.end() || found->second.isEmpty())
        return readyReply(failReply(
            invalid(u"passphrase-fd"_s, QString(), u"must be a descriptor from which a passphrase can be read"_s)
                .value()));
    auto promise = std::make_shared<QPromise<ControlReply>>();
    promise->start();
    const Actor actor = actorOf(request);
    m_parts.secrets.unlock(std::move(found->second), [this, promise, actor](const Result<void> &done) {
        auditOperation(actor, u"secrets.unlock"_s, std::nullopt, {}, done ? std::nullopt : std::optional(done.error()));
        promise->addResult(done ? okReply({{u"backend"_s, backendWord(m_parts.secrets.backend())},
                                           {u"state"_s, storeStateWord(m_parts.secrets.state())}})
                                : failReply(done.error()));
        promise->finish();
    });
    return promise->future();
}

QFuture<ControlReply> ControlService::doctor(ControlRequest &request)
{
    Q_UNUSED(request)
    return m_parts.store.reader->status(store::StatusDepth::Integrity)
        .then(this, [this](const Result<store::StoreStatus> &status) {
            QList<DoctorCheck> checks = m_parts.installationChecks();
            checks.append(secretsCheck(m_parts.secrets));
            checks.append(settingsCheck(m_parts.settings));
            checks.append(storeCheck(status));
            checks.append(devicesCheck(m_parts.engine.rows()));
            QJsonArray list;
            bool failed = false;
            for (const DoctorCheck &check : std::as_const(checks)) {
                failed = failed || check.status == "fail"_L1;
                list.append(
                    QJsonObject{{u"name"_s, check.name},
                                {u"status"_s, check.status},
                                {u"detail"_s, check.detail},
                                {u"remedy"_s, check.remedy.isEmpty() ? QJsonValue() : QJsonValue(check.remedy)}});
            }
            ControlReply reply = okReply({{u"checks"_s, list}});
            reply.exitCode = failed ? 1 : 0;
            return reply;
        });
}

} // namespace infra::engine
