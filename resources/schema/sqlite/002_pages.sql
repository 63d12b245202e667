-- SPDX-License-Identifier: GPL-3.0-or-later
-- Answers that come in pages and cover many days: which of its pages a document is, and what a day file is
-- made from when it is not one answer byte for byte (docs/adr/0012-fetches-in-pages.md).

ALTER TABLE documents ADD COLUMN page_number INTEGER NOT NULL DEFAULT 1;

-- Ids of the documents before day_document, in page order, joined by spaces.
ALTER TABLE ledger ADD COLUMN day_pages TEXT NOT NULL DEFAULT '';
-- Hash and size of the day's share; empty and 0 where day_document is the day file byte for byte.
ALTER TABLE ledger ADD COLUMN day_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN day_bytes INTEGER NOT NULL DEFAULT 0;
