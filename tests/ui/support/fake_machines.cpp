// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_machines.h"

namespace infra::test {

const std::array<Machine, 14> &fakeMachines()
{
    // clang-format off
    static const std::array<Machine, 14> machines = {{
        {"atlas", "10.20.0.10", "root", 22, DeviceType::Unraid, "Unraid", "7.1.4", "Storage",
         Environment::Production, "nas media", 11, 46, 71, "/mnt/user", 0.84, 41, 19, 19, 12, 41, 64},
        {"borealis", "10.20.0.11", "admin", 22, DeviceType::ZfsNas, "Debian GNU/Linux", "12", "Storage",
         Environment::Production, "nas backup", 23, 78, 96, "/tank/media", 3.12, 47, 6, 6, 9, 118, 128},
        {"vault", "10.44.0.2", "admin", 22, DeviceType::ZfsNas, "Debian GNU/Linux", "12", "Storage",
         Environment::Production, "nas off-site", 6, 52, 64, "/vault", 0.4, 38, 3, 3, 150, 88, 32},
        {"pve1", "10.20.0.21", "root", 22, DeviceType::Proxmox, "Proxmox VE", "8.4", "Virtualisation",
         Environment::Production, "hv", 34, 62, 48, "/", 5.20, 52, 9, 9, 14, 63, 256},
        {"pve2", "10.20.0.22", "root", 22, DeviceType::Proxmox, "Proxmox VE", "8.4", "Virtualisation",
         Environment::Production, "hv", 28, 58, 44, "/", 4.41, 51, 7, 7, 14, 63, 256},
        {"pve3", "10.20.0.23", "root", 22, DeviceType::Proxmox, "Proxmox VE", "8.4", "Virtualisation",
         Environment::Production, "hv", 3, 21, 39, "/", 0.22, 39, 0, 5, 16, 0.0153, 128},
        {"web1", "10.20.0.31", "deploy", 22, DeviceType::Ubuntu, "Ubuntu", "24.04", "Services",
         Environment::Production, "web shop", 18, 41, 57, "/", 0.92, 0, 8, 8, 7, 34, 16},
        {"web2", "10.20.0.32", "deploy", 22, DeviceType::Ubuntu, "Ubuntu", "24.04", "Services",
         Environment::Production, "web shop", 16, 39, 91, "/", 0.71, 0, 8, 8, 7, 34, 16},
        {"db1", "10.20.0.33", "deploy", 22, DeviceType::Ubuntu, "Ubuntu", "22.04", "Services",
         Environment::Production, "db shop", 27, 74, 66, "/var/lib/postgresql", 2.08, 0, 2, 2, 8, 61, 64},
        {"stage1", "10.20.0.41", "deploy", 22, DeviceType::Ubuntu, "Ubuntu", "24.04", "Services",
         Environment::Staging, "shop", 9, 52, 38, "/", 0.40, 0, 10, 11, 11, 12, 16},
        {"forge", "10.20.0.51", "ci", 22, DeviceType::Ubuntu, "Ubuntu", "24.04", "Workstations and lab",
         Environment::Lab, "ci", 61, 55, 42, "/", 6.87, 64, 14, 15, 10, 5, 64},
        {"winbox", "10.20.0.60", "mara", 22, DeviceType::Windows, "Windows 11 Pro", "", "Workstations and lab",
         Environment::Lab, "desk", 8, 40, 52, "C:", 0, 0, 0, 4, 10800, 3, 32},
        {"wsl-dev", "10.20.0.61", "mara", 2222, DeviceType::Wsl2, "Ubuntu", "24.04", "Workstations and lab",
         Environment::Lab, "desk", 7, 33, 29, "/", 0.31, 0, 3, 3, 96, 2, 16},
        {"tern", "", "", 22, DeviceType::Ubuntu, "Debian GNU/Linux", "12", "Workstations and lab",
         Environment::None, "desk", 14, 49, 58, "/", 1.10, 56, 2, 2, 2, 2, 32},
    }};
    // clang-format on
    return machines;
}

} // namespace infra::test
