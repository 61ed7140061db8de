// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QJsonValue>
#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace infra {

/// One setting, declared beside its user: its name ("collect.metrics_interval_s"), default and what it may be.
struct SettingKey
{
    const char *name;
    QJsonValue defaultValue; ///< also gives the type: bool, double (whole numbers too), string, array of strings
    std::optional<double> minimum = {}; ///< numbers
    std::optional<double> maximum = {};
    QStringList allowed = {}; ///< strings; empty: any up to 4096 characters
};

/// The profile's settings: one JSON file (`settings.json`), replaced whole by QSaveFile with the previous one kept
/// beside it. Thread: any for `value`; `set` from one thread at a time. A value in the file that breaks its rule is
/// reported by `problems()` and the default is used; keys that nobody declared are kept.
class SettingsStore : public QObject
{
    Q_OBJECT
public:
    virtual QJsonValue value(const SettingKey &key) const = 0;
    /// Checks, writes, then emits `changed`. Errors: InvalidArgument (field, value, rule), FileUnwritable.
    virtual Result<void> set(const SettingKey &key, const QJsonValue &value) = 0;
    virtual Result<void> reset(const SettingKey &key) = 0;
    /// All values in force, declared ones and unknown ones, by name.
    virtual QJsonObject all() const = 0;
    virtual QList<Error> problems() const = 0;

    bool boolean(const SettingKey &key) const { return value(key).toBool(); }
    qint64 integer(const SettingKey &key) const { return value(key).toInteger(); }
    double number(const SettingKey &key) const { return value(key).toDouble(); }
    QString string(const SettingKey &key) const { return value(key).toString(); }

signals:
    void changed(const QString &name);
};

/// Checks one value against its key's rule.
Result<void> checkSetting(const SettingKey &key, const QJsonValue &value);

/// Opens (or starts) the file. A file that cannot be parsed is set aside as `settings.json.broken-<time>` and told in
/// `problems()`.
/// @param declared every key the program knows, so that they can be listed, set by name and validated.
/// @param look is given the file's bytes as they were read, before anything else is done with them, at most one byte
/// more than the 1 MiB that is allowed; not called where there is no file or it cannot be read.
std::unique_ptr<SettingsStore> openSettingsFile(const QString &path, const QList<SettingKey> &declared,
                                                const std::function<void(const QByteArray &)> &look = {});

} // namespace infra
