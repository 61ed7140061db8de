// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"

namespace infra::store::keys {

// The store's own view of the retention settings; names, defaults and limits are those that the engine declares.
inline const SettingKey rawDays{"retention.raw_days", 14, 1, 3650};
inline const SettingKey fiveMinuteDays{"retention.five_minute_days", 90, 1, 3650};
inline const SettingKey hourDays{"retention.hour_days", 730, 7, 36500};
inline const SettingKey auditDays{"retention.audit_days", 14, 1, 3650};
inline const SettingKey performanceDays{"retention.performance_days", 30, 1, 3650};

} // namespace infra::store::keys
