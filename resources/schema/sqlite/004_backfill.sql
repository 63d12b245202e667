-- SPDX-License-Identifier: GPL-3.0-or-later
-- Long fetches of old days (docs/adr/0014-the-backfill-job.md): what was asked for and how it stands. What is
-- in and what is missing is the ledger's to say.

CREATE TABLE backfills (
    participant   TEXT NOT NULL,
    provider      TEXT NOT NULL,
    first         TEXT NOT NULL,
    last          TEXT NOT NULL,
    data_types    TEXT NOT NULL,              -- ids, joined by commas
    state         TEXT NOT NULL,
    cells_done    INTEGER NOT NULL DEFAULT 0,
    cells_total   INTEGER NOT NULL DEFAULT 0,
    requests_left INTEGER NOT NULL DEFAULT 0,
    wake_at       INTEGER,
    reason        TEXT NOT NULL DEFAULT '',
    changed_at    INTEGER NOT NULL,
    revision      INTEGER NOT NULL DEFAULT 1, -- grows with each word of a person: older progress is not noted
    PRIMARY KEY (participant, provider)
) WITHOUT ROWID;

-- Cells that failed for a reason of their own, so that none is asked for ever.
CREATE TABLE backfill_tries (
    participant TEXT NOT NULL,
    provider    TEXT NOT NULL,
    data_type   TEXT NOT NULL,
    date        TEXT NOT NULL,
    tries       INTEGER NOT NULL,
    last_try    INTEGER NOT NULL,
    next_try    INTEGER NOT NULL,
    denied      INTEGER NOT NULL DEFAULT 0, -- the service gives this kind of data to nobody here
    PRIMARY KEY (participant, provider, data_type, date)
) WITHOUT ROWID;
