// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Days made by hand, for tests and pictures of the day pane.

#include "core/dayrecord.h"

namespace wristkeep::test {

AccountKey dayAccount();
Cell cellOf(const QString &type, QDate date, CellState state, bool hasData, const QString &reason = {});
/// Never asked for; Europe/Berlin.
DayRecord bareDay(QDate date);
/// Everything is there: 9,120 steps, a resting heart rate of 58, and a reading each minute.
DayRecord fullDay(QDate date);
/// As fullDay() without the readings of these minutes of the day.
void dropMinutes(DayRecord &record, int first, int last);

} // namespace wristkeep::test
