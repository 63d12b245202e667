// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An answer's lists of records told badly: some of them twice, some or all of them missing, or in another
// order. Works on the text, so that each record stays as it was written.

#include <QByteArray>

namespace wristkeep {

/// Every third record of each list comes twice in a row, the first one always.
QByteArray withRecordsTwice(const QByteArray &json);

/// Each list in an order that has nothing to do with time; the same for the same number of records.
QByteArray withRecordsShuffled(const QByteArray &json);

/// Each list is empty.
QByteArray withoutRecords(const QByteArray &json);

/// Each list lacks its last third; one or two records stay.
QByteArray withFewerRecords(const QByteArray &json);

/// Each list lacks its twentieth record, and every twentieth after it.
QByteArray withThinnerRecords(const QByteArray &json);

} // namespace wristkeep
