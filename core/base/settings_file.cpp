// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/settings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSaveFile>

#include <mutex>

namespace infra {

namespace {

constexpr qint64 largestSettingsFile = 1024 * 1024;

class SettingsFile final : public SettingsStore
{
public:
    SettingsFile(QString path, const QList<SettingKey> &declared, const std::function<void(const QByteArray &)> &look)
        : m_path(std::move(path))
        , m_declared(declared)
    {
        read(look);
        for (const SettingKey &key : m_declared) {
            const QString name = QString::fromUtf8(key.name);
            if (!m_object.contains(name))
                continue;
            if (const auto checked = checkSetting(key, m_object.value(name)); !checked)
                m_problems.append(checked.error());
        }
    }

    QJsonValue value(const SettingKey &key) const override
    {
        const QString name = QString::fromUtf8(key.name);
        const std::lock_guard lock(m_mutex);
        const QJsonValue kept = m_object.value(name);
        return !kept.isUndefined() && checkSetting(key, kept) ? kept : key.defaultValue;
    }

    Result<void> set(const SettingKey &key, const QJsonValue &value) override
    {
        if (const auto checked = checkSetting(key, value); !checked)
            return checked;
        const QString name = QString::fromUtf8(key.name);
        QJsonObject next = kept();
        if (next.value(name) == value)
            return {};
        next.insert(name, value);
        return replace(next, name);
    }

    Result<void> reset(const SettingKey &key) override
    {
        const QString name = QString::fromUtf8(key.name);
        QJsonObject next = kept();
        if (!next.contains(name))
            return {};
        next.remove(name);
        return replace(next, name);
    }

    QJsonObject all() const override
    {
        QJsonObject result = kept();
        for (const SettingKey &key : m_declared)
            result.insert(QString::fromUtf8(key.name), value(key));
        return result;
    }

    QList<Error> problems() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_problems;
    }

private:
    QJsonObject kept() const
    {
        const std::lock_guard lock(m_mutex);
        return m_object;
    }

    void read(const std::function<void(const QByteArray &)> &look)
    {
        QFile file(m_path);
        if (!file.exists())
            return;
        if (!file.open(QIODevice::ReadOnly)) {
            // Writing now would put defaults over what a person can still repair.
            m_refused = Error{.code = ErrorCode::FileUnreadable,
                              .message = QStringLiteral("The settings %1 cannot be read").arg(m_path)};
            m_refused->cause = file.errorString();
            m_problems.append(*m_refused);
            return;
        }
        m_bytes = file.read(largestSettingsFile + 1);
        file.close();
        if (look)
            look(m_bytes);
        QJsonParseError parsed{};
        const QJsonDocument document = QJsonDocument::fromJson(m_bytes, &parsed);
        if (m_bytes.size() <= largestSettingsFile && document.isObject()) {
            m_object = document.object();
            return;
        }
        setAside(m_bytes.size() > largestSettingsFile ? QStringLiteral("it is larger than 1 MiB")
                 : document.isNull()                  ? parsed.errorString()
                                                      : QStringLiteral("it holds no JSON object"));
        m_bytes.clear();
    }

    void setAside(const QString &reason)
    {
        const QString stamp = toDateTime(SystemClock().now()).toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'"));
        const QString aside = QStringLiteral("%1.broken-%2").arg(m_path, stamp);
        Error error{.code = ErrorCode::InvalidArgument,
                    .message = QStringLiteral("The settings %1 cannot be understood").arg(m_path)};
        error.field = QStringLiteral("settings.json");
        error.rule = QStringLiteral("a JSON object of at most 1 MiB");
        error.cause = reason;
        if (QFile::rename(m_path, aside)) {
            error.remedy = QStringLiteral("Defaults are in use; the file was set aside as %1").arg(aside);
        } else {
            error.remedy = QStringLiteral("Defaults are in use; repair or remove the file");
            m_refused = Error{.code = ErrorCode::FileUnwritable,
                              .message = QStringLiteral("The broken settings %1 cannot be set aside").arg(m_path)};
        }
        m_problems.append(error);
    }

    static Result<void> write(const QString &path, const QByteArray &bytes)
    {
        QSaveFile file(path);
        const bool opened = file.open(QIODevice::WriteOnly);
        if (opened)
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        if (opened && file.write(bytes) == bytes.size() && file.commit())
            return {};
        Error error{.code = ErrorCode::FileUnwritable,
                    .message = QStringLiteral("The settings %1 cannot be written").arg(path)};
        error.cause = file.errorString();
        return fail(std::move(error));
    }

    Result<void> replace(const QJsonObject &next, const QString &name)
    {
        if (m_refused)
            return fail(*m_refused);
        if (!QDir().mkpath(QFileInfo(m_path).absolutePath()))
            return fail(ErrorCode::FileUnwritable, QStringLiteral("The folder of %1 cannot be made").arg(m_path));
        if (!m_bytes.isEmpty()) {
            if (const auto kept = write(QString(m_path + u".previous"), m_bytes); !kept)
                return kept;
        }
        const QByteArray bytes = QJsonDocument(next).toJson(QJsonDocument::Indented);
        if (const auto written = write(m_path, bytes); !written)
            return written;
        m_bytes = bytes;
        {
            const std::lock_guard lock(m_mutex);
            m_object = next;
            m_problems.removeIf([&name](const Error &problem) { return problem.field.section(u'[', 0, 0) == name; });
        }
        emit changed(name);
        return {};
    }

    const QString m_path;
    const QList<SettingKey> m_declared;
    mutable std::mutex m_mutex; ///< guards the two below
    QJsonObject m_object;
    QList<Error> m_problems;
    QByteArray m_bytes;             ///< the file as it is; only for who sets
    std::optional<Error> m_refused; ///< why nothing may be written
};

} // namespace

std::unique_ptr<SettingsStore> openSettingsFile(const QString &path, const QList<SettingKey> &declared,
                                                const std::function<void(const QByteArray &)> &look)
{
    return std::make_unique<SettingsFile>(path, declared, look);
}

} // namespace infra
