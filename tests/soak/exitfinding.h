// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether the way a run ended fits what stood in its way and what it left behind.

#include "soak/stage.h"

namespace wristkeep::test {

inline constexpr int exitFine = 0;

struct ExitFacts
{
    bool mayHaveLostToken = false;
    bool quotaWasUsedUp = false;
    bool lacksCells = false; ///< of days that were over, one at least is not good
    QDate first;             ///< days of the schedule
    QDate last;
};

/// Nothing in the step can make a run fail.
bool isCalm(const SoakStep &step);
/// May end a process or its writes between the answer to a refresh and its commit.
bool endangersToken(const SoakStep &step);
/// Empty when the end fits.
QString exitFinding(const SoakStep &step, const SoakOutcome &outcome, const ExitFacts &facts);

} // namespace wristkeep::test
