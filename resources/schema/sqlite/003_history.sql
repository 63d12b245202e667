-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was known when, withdrawals, and levels for plots of years (docs/DATA.md, docs/adr/0013).

-- From when on the present value is known, Unix seconds.
ALTER TABLE daily_values ADD COLUMN fetched_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN fetched_at INTEGER NOT NULL DEFAULT 0;
UPDATE daily_values SET fetched_at = coalesce(
    (SELECT l.fetched_at FROM ledger l
     WHERE l.participant = daily_values.participant AND l.provider = daily_values.provider
       AND l.data_type = daily_values.data_type AND l.date = daily_values.date), 0);
UPDATE sessions SET fetched_at = coalesce(
    (SELECT l.fetched_at FROM ledger l
     WHERE l.participant = sessions.participant AND l.provider = sessions.provider
       AND l.data_type = sessions.data_type AND l.date = sessions.date), 0);

ALTER TABLE history ADD COLUMN series INTEGER REFERENCES series (id); -- of a sample
ALTER TABLE history ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;  -- 1: nothing took its place
UPDATE history SET series = (
    SELECT s.id FROM series s
    WHERE s.participant = history.participant AND s.provider = history.provider
      AND s.type = history.type AND s.unit = history.old_text ORDER BY s.id LIMIT 1)
WHERE kind = 'sample';
CREATE INDEX ix_history_value ON history (participant, provider, type, key, new_fetched_at);

-- A poorer answer nobody believes yet: a digest of what it said, and when it came first.
ALTER TABLE ledger ADD COLUMN doubt TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN doubt_at INTEGER NOT NULL DEFAULT 0;

-- From when on samples are known: a stretch of at most one civil day that came with one answer. Where
-- stretches overlap, the latest counts.
CREATE TABLE arrivals (
    series     INTEGER NOT NULL,
    first      INTEGER NOT NULL, -- instant of the first sample it may hold
    fetched_at INTEGER NOT NULL,
    last       INTEGER NOT NULL, -- and of the last; behind the key, or SQLite 3.40's integrity_check misreads it
    PRIMARY KEY (series, first, fetched_at)
) WITHOUT ROWID;
INSERT INTO arrivals
SELECT s.id, c.start_utc, l.fetched_at, c.start_utc + c.seconds - 1
FROM series s
JOIN ledger l ON l.participant = s.participant AND l.provider = s.provider AND l.data_type = s.type
JOIN civil_days c ON c.participant = s.participant AND c.provider = s.provider AND c.date = l.date
WHERE l.has_data = 1 AND l.fetched_at IS NOT NULL;

-- Minutes, hours and civil days of samples. Minutes only of series that are finer than that.
CREATE TABLE levels (
    series INTEGER NOT NULL,
    level  INTEGER NOT NULL, -- 60, 3600; 86400: a civil day, however long
    t      INTEGER NOT NULL, -- instant it begins at; of a civil day midnight UTC of its date
    n      INTEGER NOT NULL,
    min    REAL NOT NULL,
    max    REAL NOT NULL,
    sum    REAL NOT NULL,
    PRIMARY KEY (series, level, t)
) WITHOUT ROWID;
INSERT INTO levels
SELECT x.series, 60, x.t - x.t % 60, count(*), min(x.v), max(x.v), sum(x.v)
FROM series s JOIN samples x ON x.series = s.id
WHERE s.resolution NOT LIKE '%min'
GROUP BY x.series, x.t - x.t % 60;
INSERT INTO levels
SELECT series, 3600, t - t % 3600, count(*), min(v), max(v), sum(v)
FROM samples
GROUP BY series, t - t % 3600;
INSERT INTO levels
SELECT x.series, 86400, CAST(strftime('%s', c.date) AS INTEGER), count(*), min(x.v), max(x.v), sum(x.v)
FROM series s
JOIN civil_days c ON c.participant = s.participant AND c.provider = s.provider
JOIN samples x ON x.series = s.id AND x.t >= c.start_utc AND x.t < c.start_utc + c.seconds
GROUP BY x.series, c.date;

CREATE VIEW v_levels AS
SELECT s.participant, s.provider, s.type AS data_type, l.level,
       CASE l.level WHEN 86400 THEN c.start_utc ELSE l.t END AS utc,
       c.date AS date,
       l.n, l.min, l.sum / l.n AS mean, l.max
FROM series s
JOIN levels l ON l.series = s.id
LEFT JOIN civil_days c ON l.level = 86400 AND c.participant = s.participant AND c.provider = s.provider
                      AND c.date = date(l.t, 'unixepoch');

-- Every value that was ever known, from when and until when; known_until NULL: still.
CREATE VIEW v_daily_known AS
SELECT participant, provider, type AS data_type, date, value, unit,
       fetched_at AS known_from, NULL AS known_until
FROM daily_values WHERE withheld = 0
UNION ALL
SELECT participant, provider, type, key, old_value, old_text, coalesce(old_fetched_at, 0), new_fetched_at
FROM history WHERE kind = 'daily';

CREATE VIEW v_samples_known AS
SELECT s.participant, s.provider, s.type AS data_type, x.t AS utc, x.v AS value,
       max(coalesce((SELECT max(a.fetched_at) FROM arrivals a
                     WHERE a.series = x.series AND a.first BETWEEN x.t - 90000 AND x.t AND a.last >= x.t), 0),
           coalesce((SELECT max(h.new_fetched_at) FROM history h
                     WHERE h.participant = s.participant AND h.provider = s.provider AND h.type = s.type
                       AND h.key = CAST(x.t AS TEXT) AND h.series = x.series), 0)) AS known_from,
       NULL AS known_until
FROM series s
JOIN samples x ON x.series = s.id
UNION ALL
SELECT participant, provider, type, CAST(key AS INTEGER), old_value, coalesce(old_fetched_at, 0), new_fetched_at
FROM history WHERE kind = 'sample';

CREATE VIEW v_sessions_known AS
SELECT s.participant, s.provider, s.type AS data_type, s.key, s.date, s.start_utc, s.end_utc, s.details,
       (SELECT json_group_array(json_array(g.start_utc, g.seconds, g.stage))
        FROM (SELECT * FROM stages WHERE session = s.id ORDER BY n) g) AS stages,
       s.fetched_at AS known_from, NULL AS known_until
FROM sessions s
UNION ALL
SELECT participant, provider, type, key, json_extract(old_text, '$.date'), json_extract(old_text, '$.start_utc'),
       json_extract(old_text, '$.end_utc'), json_extract(old_text, '$.details'), json_extract(old_text, '$.stages'),
       coalesce(old_fetched_at, 0), new_fetched_at
FROM history WHERE kind = 'session';
