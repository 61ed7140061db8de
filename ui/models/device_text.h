// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"

#include <QtCore/QString>

namespace infra::ui {

/// The sentence of a row for screen readers: "borealis, critical, production, CPU 23 percent".
QString deviceSentence(const engine::DeviceRow &row);
/// "root@10.20.0.10", "mara@10.20.0.61:2222", "this computer".
QString addressText(const Device &device);
/// Which way it is signed in: name of the key file, "agent", "password".
QString signInText(const Device &device);

} // namespace infra::ui
