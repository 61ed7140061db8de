// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/setting_keys.h"

#include <QtCore/QHash>
#include <QtCore/QJsonObject>

namespace infra::test {

/// Settings in memory, checked by their rules.
class MemorySettings final : public SettingsStore
{
public:
    QJsonValue value(const SettingKey &key) const override
    {
        return m_values.value(QLatin1String(key.name), key.defaultValue);
    }
    Result<void> set(const SettingKey &key, const QJsonValue &value) override
    {
        if (const auto checked = checkSetting(key, value); !checked)
            return checked;
        m_values.insert(QString::fromLatin1(key.name), value);
        emit changed(QString::fromLatin1(key.name));
        return {};
    }
    Result<void> reset(const SettingKey &key) override
    {
        m_values.remove(QString::fromLatin1(key.name));
        emit changed(QString::fromLatin1(key.name));
        return {};
    }
    QJsonObject all() const override
    {
        QJsonObject object;
        for (const SettingKey &key : engine::keys::declaredSettings())
            object.insert(QLatin1String(key.name), value(key));
        return object;
    }
    QList<Error> problems() const override { return {}; }

private:
    QHash<QString, QJsonValue> m_values;
};

} // namespace infra::test
