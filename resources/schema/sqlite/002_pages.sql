-- SPDX-License-Identifier: GPL-3.0-or-later
-- Answers that come in pages and cover many days: which of its pages a document is, and what a day file is
-- made from when it is not one answer byte for byte (docs/adr/0012-fetches-in-pages.md).

ALTER TABLE documents ADD COLUMN page_number INTEGER NOT NULL DEFAULT 1;

-- Ids of the documents before day_document, in page order, joined by spaces.
ALTER TABLE ledger ADD COLUMN day_pages TEXT NOT NULL DEFAULT '';
-- Hash and size of the day's share; empty and 0 where day_document is the day file byte for byte.
ALTER TABLE ledger ADD COLUMN day_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN day_bytes INTEGER NOT NULL DEFAULT 0;

-- Days that an account of the old Fitbit service and its successor both have.
CREATE VIEW v_overlap AS
SELECT f.participant, f.data_type, f.date, f.value AS fitbit, g.value AS google_health,
       g.value - f.value AS difference
FROM v_daily f
JOIN v_daily g ON g.participant = f.participant AND g.data_type = f.data_type AND g.date = f.date
              AND g.provider = 'google-health'
WHERE f.provider = 'fitbit';

-- Where the one ends and the other begins, and how well they agree in between.
CREATE VIEW v_seams AS
SELECT f.participant, f.data_type, f.fitbit_last, g.google_health_first,
       (SELECT count(*) FROM v_overlap o
        WHERE o.participant = f.participant AND o.data_type = f.data_type) AS days_in_both,
       (SELECT count(*) FROM v_overlap o
        WHERE o.participant = f.participant AND o.data_type = f.data_type AND o.difference <> 0) AS days_that_differ
FROM (SELECT participant, data_type, max(date) AS fitbit_last FROM ledger
      WHERE provider = 'fitbit' AND has_data = 1 GROUP BY participant, data_type) f
JOIN (SELECT participant, data_type, min(date) AS google_health_first FROM ledger
      WHERE provider = 'google-health' AND has_data = 1 GROUP BY participant, data_type) g
  ON g.participant = f.participant AND g.data_type = f.data_type;
