// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"

namespace infra::engine::keys {

// Each key beside its rule; `declaredSettings` lists them all for the settings file, the command line and the Settings
// page.
inline const SettingKey theme{"ui.theme",
                              QStringLiteral("system"),
                              {},
                              {},
                              {QStringLiteral("system"), QStringLiteral("dark"), QStringLiteral("light")}};
inline const SettingKey textPercent{"ui.text_percent", 100, 80, 200};
inline const SettingKey density{"ui.density",
                                QStringLiteral("normal"),
                                {},
                                {},
                                {QStringLiteral("compact"), QStringLiteral("normal"), QStringLiteral("comfortable")}};
inline const SettingKey reducedMotion{"ui.reduced_motion", false};
inline const SettingKey closeAction{"ui.close_action",
                                    QStringLiteral("ask"),
                                    {},
                                    {},
                                    {QStringLiteral("ask"), QStringLiteral("tray"), QStringLiteral("quit")}};
inline const SettingKey startAtLogin{"app.start_at_login", false};
inline const SettingKey collecting{"collect.enabled", true};
inline const SettingKey intervalS{"collect.interval_s", 60, 10, 86400};
inline const SettingKey watchedIntervalS{"collect.watched_interval_s", 10, 2, 600};
inline const SettingKey slowIntervalS{"collect.updates_interval_s", 21600, 600, 604800};
inline const SettingKey rawDays{"retention.raw_days", 14, 1, 3650};
inline const SettingKey fiveMinuteDays{"retention.five_minute_days", 90, 1, 3650};
inline const SettingKey hourDays{"retention.hour_days", 730, 7, 36500};
inline const SettingKey auditDays{"retention.audit_days", 14, 1, 3650};
inline const SettingKey performanceDays{"retention.performance_days", 30, 1, 3650};
inline const SettingKey logLevel{
    "log.level",
    QStringLiteral("info"),
    {},
    {},
    {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"), QStringLiteral("error")}};
inline const SettingKey sshConfigFile{"ssh.config_file", QStringLiteral("~/.ssh/config")};
inline const SettingKey sshConnectTimeoutS{"ssh.connect_timeout_s", 15, 2, 120};

QList<SettingKey> declaredSettings();

} // namespace infra::engine::keys
