// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes a schedule of a number. Pure: the same seed gives the same schedule on every day and computer.

#include "core/civilday.h"
#include "soak/schedule.h"

namespace wristkeep::test {

SoakSchedule scheduleOf(quint32 seed);

/// The same instant, or one a little later: not so near midnight that a day ends while a step goes on.
qint64 awayFromMidnight(qint64 utc, const Zone &zone);

} // namespace wristkeep::test
