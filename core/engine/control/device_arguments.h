// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/device_service.h"

#include <QtCore/QJsonObject>

namespace infra::engine {

enum class DeviceArguments
{
    Add,
    Edit
};

/// Puts the arguments of `devices add|edit` into a device. Keys are the options' names without dashes: name, host,
/// port, user, key, agent, password, keyboard-interactive, jump, sudo, type, tag (array), untag (array), environment,
/// group, notes, interval, paused, host-key. Errors: InvalidArgument naming the option; NotFound for an unknown jump
/// host. Nothing is changed on error.
Result<Device> applyDeviceArguments(Device device, const QJsonObject &args, const DeviceService &devices,
                                    DeviceArguments mode);

/// "SHA256:" and 43 characters of base 64, as OpenSSH prints it.
bool isHostKeyFingerprint(const QString &text);
QString hostKeyRule();

} // namespace infra::engine
