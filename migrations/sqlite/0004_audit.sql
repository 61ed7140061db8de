-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row an operation, and how many there were an hour.
-- statement
CREATE TABLE data_collection_audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    time INTEGER NOT NULL,
    correlation TEXT NOT NULL,
    source TEXT NOT NULL,
    actor TEXT NOT NULL,
    operation TEXT NOT NULL,
    device INTEGER REFERENCES devices (key),
    status TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    cache TEXT NOT NULL,
    round_trips INTEGER NOT NULL,
    detail TEXT NOT NULL,
    error TEXT
)
-- statement
CREATE INDEX audit_by_time ON data_collection_audit (time)
-- statement
CREATE INDEX audit_by_device ON data_collection_audit (device, seq, time)
-- statement
CREATE INDEX audit_by_status ON data_collection_audit (status, seq, time) WHERE status <> 'ok'
-- statement
CREATE INDEX audit_by_source ON data_collection_audit (source, seq, time) WHERE source <> 'schedule'
-- statement
CREATE TABLE data_collection_audit_hourly (
    hour INTEGER NOT NULL,
    device INTEGER NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    operations INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (hour, device, source, status)
) WITHOUT ROWID
