// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/device.h"

#include <array>

namespace infra::test {

/// A machine of the design's fleet, with the figures of its pictures.
struct Machine
{
    const char *name;
    const char *address;
    const char *user;
    quint16 port;
    DeviceType type;
    const char *os;
    const char *osVersion;
    const char *group;
    Environment environment;
    const char *tags;
    int cpu, memory, disk; ///< percent
    const char *mount;
    double load, temperature; ///< temperature 0: no sensor
    int up, total;            ///< workloads; total −1: none
    int ageS;
    double uptimeDays;
    double memoryGib;
};

/// In the order of the design; the last is this computer.
const std::array<Machine, 14> &fakeMachines();

} // namespace infra::test
