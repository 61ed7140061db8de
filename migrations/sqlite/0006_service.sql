-- SPDX-License-Identifier: GPL-3.0-or-later
-- What this program measured of itself, and what its cache held.
-- statement
CREATE TABLE service_performance_metrics (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    time INTEGER NOT NULL,
    value REAL NOT NULL
)
-- statement
CREATE INDEX performance_by_name ON service_performance_metrics (name, label, time)
-- statement
CREATE INDEX performance_by_time ON service_performance_metrics (time)
-- statement
CREATE TABLE cache_metadata (
    key TEXT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL
) WITHOUT ROWID
