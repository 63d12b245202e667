// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The readings of one answer, `activities-heart-intraday.dataset`. An ordinary answer is nearly all readings
// (86,400 a day at most), so they are read by simdjson without a tree of values; whatever is unusual about an
// answer is left to the checked reader, which knows the words for it.

#include "core/json.h"

#include <QTime>

#include <optional>
#include <vector>

namespace wristkeep {

struct HeartRateRow
{
    QTime time;       ///< on the wall clock
    double value = 0; ///< bpm, above 0
    qsizetype index = 0;
};

/// An answer whose rows were all read; `rest` is the answer with an empty list in their place.
struct HeartRateAnswer
{
    std::vector<HeartRateRow> rows;
    JsonNode rest;
};

/// Nothing when the body is not JSON or any row is not {"time": "HH:MM:SS", "value": a number within the
/// limits}: then checkedHeartRateRows says what is wrong, or reads it all the same.
std::optional<HeartRateAnswer> ordinaryHeartRateAnswer(const QByteArray &body);

/// The rows of any `dataset`. NotUnderstood with the path of the member at fault.
Result<std::vector<HeartRateRow>> checkedHeartRateRows(const JsonNode &dataset);

} // namespace wristkeep
