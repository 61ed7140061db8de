-- SPDX-License-Identifier: GPL-3.0-or-later
-- Labelled series: the newest hours as they were read, one packed row a cycle; beyond that as roll-ups (buckets in s).
-- statement
CREATE TABLE series_keys (
    series INTEGER PRIMARY KEY,
    device INTEGER NOT NULL REFERENCES devices (key),
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    UNIQUE (device, name, label)
)
-- statement
CREATE TABLE series_recent (
    device INTEGER NOT NULL REFERENCES devices (key),
    time INTEGER NOT NULL,
    points BLOB NOT NULL,
    PRIMARY KEY (device, time)
) WITHOUT ROWID
-- statement
CREATE TABLE series_5min (
    series INTEGER NOT NULL REFERENCES series_keys (series),
    bucket INTEGER NOT NULL,
    avg REAL NOT NULL,
    min REAL,
    max REAL,
    n INTEGER NOT NULL,
    PRIMARY KEY (series, bucket)
) WITHOUT ROWID
-- statement
CREATE TABLE series_1h (
    series INTEGER NOT NULL REFERENCES series_keys (series),
    bucket INTEGER NOT NULL,
    avg REAL NOT NULL,
    min REAL,
    max REAL,
    n INTEGER NOT NULL,
    PRIMARY KEY (series, bucket)
) WITHOUT ROWID
-- statement
CREATE TABLE series_1d (
    series INTEGER NOT NULL REFERENCES series_keys (series),
    bucket INTEGER NOT NULL,
    avg REAL NOT NULL,
    min REAL,
    max REAL,
    n INTEGER NOT NULL,
    PRIMARY KEY (series, bucket)
) WITHOUT ROWID
