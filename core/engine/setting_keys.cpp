// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/setting_keys.h"

namespace infra::engine::keys {

QList<SettingKey> declaredSettings()
{
    return {theme,      textPercent, density,          reducedMotion, closeAction,   startAtLogin,
            collecting, intervalS,   watchedIntervalS, slowIntervalS, rawDays,       fiveMinuteDays,
            hourDays,   auditDays,   performanceDays,  logLevel,      sshConfigFile, sshConnectTimeoutS};
}

} // namespace infra::engine::keys
