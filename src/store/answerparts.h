// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an answer, with the pages before it, holds of one day. Pure.

#include "store/cellrows.h"
#include "store/ingest.h"

#include <QMap>
#include <QSet>

#include <optional>

namespace wristkeep {

bool isIn(const CivilDay &day, qint64 utc);
bool hasSampleIn(const SampleSeries &series, const CivilDay &day);
/// Instant of the day's first reading.
std::optional<qint64> firstSampleIn(const SampleSeries &series, const CivilDay &day);

/// True when the batch has anything for the day besides the daily values that are withheld.
bool holdsRowsOf(const Batch &batch, const CivilDay &day, const QSet<QString> &withheld);

/// The batches of the pages before it, in order, and the answer's own.
QList<const Batch *> batchesOf(const CommitRequest &request);

/// True when nothing of the fetch is missing: one page, or the last one with those before it.
bool hasAllPages(const CommitRequest &request);

/// What a data type measures, whatever its resolution: "heartrate" of "heartrate_1min" and "heartrate_raw".
QString kindOf(const QString &dataType);

/// Types with samples within the day, on any page, each with the instant of its first.
QMap<QString, qint64> firstSamplesIn(const CommitRequest &request, const CivilDay &day);

/// What the day file is made from; without a document: the answer makes none.
DaySource daySource(const CommitRequest &request, QDate date);

} // namespace wristkeep
