-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first tables of Wristkeep. docs/DATA.md says what each holds; instants are Unix seconds, dates are
-- civil dates as YYYY-MM-DD, unless a column of the original keeps its own form.

CREATE TABLE wristkeep_meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The original's second form; a database that has the table keeps it.
CREATE TABLE IF NOT EXISTS participants (
    id             INTEGER PRIMARY KEY,
    participant_id VARCHAR NOT NULL UNIQUE,
    name           VARCHAR,
    email          VARCHAR,
    notes          VARCHAR,
    created_at     DATETIME,
    updated_at     DATETIME,
    removed_at     DATETIME
);

CREATE TABLE fitbit_tokens (
    id                 INTEGER PRIMARY KEY,
    participant_id     VARCHAR NOT NULL DEFAULT 'default',
    fitbit_user_id     VARCHAR NOT NULL,
    access_token       VARCHAR NOT NULL,
    refresh_token      VARCHAR NOT NULL,
    expires_at         FLOAT NOT NULL,
    scope              VARCHAR,
    token_type         VARCHAR,
    created_at         DATETIME,
    updated_at         DATETIME,
    provider           VARCHAR NOT NULL DEFAULT 'fitbit',
    token_host         VARCHAR NOT NULL DEFAULT '',
    legacy_user_id     VARCHAR,
    refresh_expires_at FLOAT,
    lease_owner        VARCHAR,
    lease_until        INTEGER,
    refused_reason     VARCHAR,
    UNIQUE (participant_id, provider)
);
CREATE INDEX ix_fitbit_tokens_participant_id ON fitbit_tokens (participant_id);

-- Rows of the original that gave way to a newer row of the same participant: kept, sealed, never used.
CREATE TABLE fitbit_tokens_superseded (
    id             INTEGER PRIMARY KEY,
    participant_id VARCHAR NOT NULL,
    fitbit_user_id VARCHAR,
    access_token   VARCHAR,
    refresh_token  VARCHAR,
    expires_at     FLOAT,
    scope          VARCHAR,
    token_type     VARCHAR,
    created_at     DATETIME,
    updated_at     DATETIME,
    superseded_at  DATETIME NOT NULL
);

CREATE TABLE accounts (
    participant  TEXT NOT NULL,
    provider     TEXT NOT NULL,
    user_id      TEXT NOT NULL DEFAULT '',
    zone         TEXT NOT NULL DEFAULT '',
    zone_source  TEXT NOT NULL DEFAULT 'computer',
    member_since TEXT,
    read_at      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (participant, provider)
) WITHOUT ROWID;

CREATE TABLE quota (
    participant TEXT NOT NULL,
    provider    TEXT NOT NULL,
    quota_limit INTEGER,
    quota_left  INTEGER,
    reset_at    INTEGER,
    exhausted   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (participant, provider)
) WITHOUT ROWID;

CREATE TABLE runs (
    id          TEXT NOT NULL,
    participant TEXT NOT NULL,
    provider    TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    outcome     TEXT NOT NULL DEFAULT '',
    good        INTEGER NOT NULL DEFAULT 0,
    not_good    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (id, participant, provider)
);
CREATE INDEX ix_runs_account ON runs (participant, provider, started_at);

CREATE TABLE leases (
    name  TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
    id          INTEGER PRIMARY KEY,
    participant TEXT NOT NULL,
    provider    TEXT NOT NULL,
    data_type   TEXT NOT NULL,
    first       TEXT NOT NULL,
    last        TEXT NOT NULL,
    page        TEXT NOT NULL DEFAULT '',
    url         TEXT NOT NULL DEFAULT '',
    sha256      TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    fetched_at  INTEGER NOT NULL,
    language    TEXT NOT NULL DEFAULT '',
    zone        TEXT NOT NULL DEFAULT '',
    zone_source TEXT NOT NULL DEFAULT 'computer',
    origin      TEXT NOT NULL DEFAULT '',
    UNIQUE (participant, provider, data_type, first, last, page, sha256)
);

CREATE TABLE civil_days (
    participant    TEXT NOT NULL,
    provider       TEXT NOT NULL,
    date           TEXT NOT NULL,
    zone           TEXT NOT NULL,
    zone_source    TEXT NOT NULL,
    start_utc      INTEGER NOT NULL,
    seconds        INTEGER NOT NULL,
    offset_s       INTEGER NOT NULL,
    change_utc     INTEGER,
    offset_after_s INTEGER NOT NULL,
    PRIMARY KEY (participant, provider, date)
) WITHOUT ROWID;
CREATE INDEX ix_civil_days_start ON civil_days (participant, provider, start_utc);

CREATE TABLE series (
    id          INTEGER PRIMARY KEY,
    participant TEXT NOT NULL,
    provider    TEXT NOT NULL,
    type        TEXT NOT NULL,
    resolution  TEXT NOT NULL,
    unit        TEXT NOT NULL,
    UNIQUE (participant, provider, type, resolution, unit)
);

CREATE TABLE samples (
    series INTEGER NOT NULL,
    t      INTEGER NOT NULL,
    v      REAL NOT NULL,
    PRIMARY KEY (series, t)
) WITHOUT ROWID;

CREATE TABLE daily_values (
    participant  TEXT NOT NULL,
    provider     TEXT NOT NULL,
    type         TEXT NOT NULL,
    date         TEXT NOT NULL,
    value        REAL NOT NULL,
    unit         TEXT NOT NULL,
    data_type    TEXT NOT NULL,
    zero_witness TEXT NOT NULL DEFAULT '',
    withheld     INTEGER NOT NULL DEFAULT 0,
    document     INTEGER REFERENCES documents (id),
    PRIMARY KEY (participant, provider, type, date)
) WITHOUT ROWID;
CREATE INDEX ix_daily_values_withheld ON daily_values (participant, provider, date) WHERE withheld = 1;

CREATE TABLE sessions (
    id          INTEGER PRIMARY KEY,
    participant TEXT NOT NULL,
    provider    TEXT NOT NULL,
    type        TEXT NOT NULL,
    key         TEXT NOT NULL,
    date        TEXT NOT NULL,
    start_utc   INTEGER NOT NULL,
    end_utc     INTEGER NOT NULL,
    details     TEXT NOT NULL DEFAULT '',
    data_type   TEXT NOT NULL,
    document    INTEGER REFERENCES documents (id),
    UNIQUE (participant, provider, type, key)
);
CREATE INDEX ix_sessions_date ON sessions (participant, provider, date);

CREATE TABLE stages (
    session   INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    start_utc INTEGER NOT NULL,
    seconds   INTEGER NOT NULL,
    stage     TEXT NOT NULL,
    PRIMARY KEY (session, n)
) WITHOUT ROWID;

-- What a changed value was before, and when either form of it was fetched.
CREATE TABLE history (
    id             INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL, -- sample, daily, session
    participant    TEXT NOT NULL,
    provider       TEXT NOT NULL,
    type           TEXT NOT NULL,
    key            TEXT NOT NULL, -- instant, date, or the session's key
    old_value      REAL,
    old_text       TEXT,          -- unit of a daily value, JSON of a session
    old_fetched_at INTEGER,
    new_fetched_at INTEGER NOT NULL,
    document       INTEGER REFERENCES documents (id)
);

CREATE TABLE ledger (
    participant TEXT NOT NULL,
    provider    TEXT NOT NULL,
    data_type   TEXT NOT NULL,
    date        TEXT NOT NULL,
    state       TEXT NOT NULL,
    has_data    INTEGER NOT NULL DEFAULT 0,
    suspicious  INTEGER NOT NULL DEFAULT 0,
    reason      TEXT NOT NULL DEFAULT '',
    fetched_at  INTEGER,
    last_try    INTEGER NOT NULL DEFAULT 0,
    last_error  TEXT NOT NULL DEFAULT '',
    points      INTEGER NOT NULL DEFAULT 0,
    pending     INTEGER NOT NULL DEFAULT 0,
    settle_at   INTEGER NOT NULL DEFAULT 0,
    document     INTEGER REFERENCES documents (id),
    day_document INTEGER REFERENCES documents (id), -- what the day file holds
    PRIMARY KEY (participant, provider, data_type, date)
) WITHOUT ROWID;

CREATE VIEW v_ledger AS
SELECT participant, provider, data_type, date, state,
       CASE WHEN reason <> '' THEN reason ELSE last_error END AS reason,
       fetched_at
FROM ledger;

CREATE VIEW v_daily AS
SELECT d.participant, d.provider, d.type AS data_type, d.date, d.value, d.unit, l.state
FROM daily_values d
LEFT JOIN ledger l ON l.participant = d.participant AND l.provider = d.provider
                  AND l.data_type = d.data_type AND l.date = d.date
WHERE d.withheld = 0;

CREATE VIEW v_samples AS
SELECT s.participant, s.provider, s.type AS data_type, x.t AS utc,
       (SELECT CASE WHEN x.t >= c.start_utc + c.seconds THEN NULL
                    WHEN c.change_utc IS NOT NULL AND x.t >= c.change_utc THEN c.offset_after_s
                    ELSE c.offset_s END
        FROM civil_days c
        WHERE c.participant = s.participant AND c.provider = s.provider AND c.start_utc <= x.t
        ORDER BY c.start_utc DESC LIMIT 1) AS offset_s,
       x.v AS value
FROM series s
JOIN samples x ON x.series = s.id;
