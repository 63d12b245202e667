// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What follows from a step whose answers were poorer than the truth: which cells may hold less for want of
// anything better, and which have to hold on to what they had (docs/adr/0004, 0013).

#include "soak/holdings.h"
#include "soak/schedule.h"

#include <QSet>

namespace wristkeep::test {

/// One cell before and after such a step.
struct PoorChange
{
    CellContent before;
    CellContent now;
    ExpectedCell truth; ///< the newest
    bool isSuspicious = false;
};

class PoorAnswers
{
public:
    /// Nothing better was known, or the answer confirmed nine tenths of what was: then it counts.
    void take(const CellPlace &place, const PoorChange &change);
    /// It holds again what is true.
    void mend(const CellPlace &place) { m_taken.remove(place); }
    [[nodiscard]] bool contains(const CellPlace &place) const { return m_taken.contains(place); }
    [[nodiscard]] const QSet<CellPlace> &places() const { return m_taken; }

    /// Of a cell that certainly got such an answer: empty, or what is wrong.
    static QString finding(const SoakFault &fault, const PoorChange &change);

private:
    QSet<CellPlace> m_taken;
};

} // namespace wristkeep::test
