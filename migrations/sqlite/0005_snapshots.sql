-- SPDX-License-Identifier: GPL-3.0-or-later
-- The newest state of each kind, what changed of containers and interfaces, and when a device could not be read.
-- statement
CREATE TABLE device_snapshots (
    device INTEGER NOT NULL REFERENCES devices (key),
    kind TEXT NOT NULL,
    time INTEGER NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (device, kind)
)
-- statement
CREATE TABLE container_snapshots (
    device INTEGER NOT NULL REFERENCES devices (key),
    container TEXT NOT NULL,
    time INTEGER NOT NULL,
    name TEXT NOT NULL,
    image TEXT NOT NULL,
    engine TEXT NOT NULL,
    state TEXT NOT NULL,
    health TEXT NOT NULL,
    restarts INTEGER,
    started_at INTEGER,
    PRIMARY KEY (device, container, time)
) WITHOUT ROWID
-- statement
CREATE TABLE network_interfaces (
    device INTEGER NOT NULL REFERENCES devices (key),
    name TEXT NOT NULL,
    time INTEGER NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    speed_mbit INTEGER,
    mtu INTEGER,
    mac TEXT NOT NULL,
    PRIMARY KEY (device, name, time)
) WITHOUT ROWID
-- statement
CREATE TABLE gaps (
    device INTEGER NOT NULL REFERENCES devices (key),
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (device, from_ms)
) WITHOUT ROWID
