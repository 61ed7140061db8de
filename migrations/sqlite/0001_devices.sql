-- SPDX-License-Identifier: GPL-3.0-or-later
-- The devices, what the store remembers of itself, and when the program was running.
-- statement
CREATE TABLE store_state (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID
-- statement
CREATE TABLE row_counts (
    name TEXT NOT NULL PRIMARY KEY,
    rows INTEGER NOT NULL
) WITHOUT ROWID
-- statement
CREATE TABLE devices (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    removed_at INTEGER,
    purge INTEGER NOT NULL DEFAULT 0,
    data TEXT NOT NULL
)
-- statement
CREATE TABLE app_runs (
    run INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    alive_at INTEGER NOT NULL
)
-- statement
CREATE INDEX app_runs_by_time ON app_runs (alive_at, started_at)
