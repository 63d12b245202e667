// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Says what is wrong after a step: a cell that claims more than it holds, a value that differs from the
// truth, something that was there and is gone, an exit status that does not fit. Keeps what it saw before.

#include "soak/holdings.h"
#include "soak/pooranswers.h"
#include "soak/stage.h"

#include <QStringList>

namespace wristkeep::test {

class Oracle
{
public:
    explicit Oracle(Stage &stage) : m_stage(stage) {}

    /// Findings, empty when all is well.
    QStringList judge(const SoakStep &step, const SoakOutcome &outcome);
    /// After a run with nothing in the way.
    QStringList judgeCalm(const SoakStep &step, const SoakOutcome &outcome);
    /// Days that only a sync of the day by its name puts right: what has settled is not asked for again.
    [[nodiscard]] QList<QDate> daysInDoubt() const;
    /// After the same again, before which nothing happened: nothing is written, nothing settled is asked for.
    QStringList judgeRepeat(const SoakOutcome &outcome);
    /// True when a kill or a full disk may have cost the only copy of a rotated token: then a person has to
    /// reconnect.
    [[nodiscard]] bool mayHaveLostToken() const { return m_mayHaveLostToken; }

private:
    using Matches = QList<int>; ///< epochs whose truth a cell's content is, newest first

    void note(const QString &finding) { m_findings << finding; }
    QStringList takeFindings() { return std::exchange(m_findings, {}); }
    void judgeExit(const SoakStep &step, const SoakOutcome &outcome);
    void judgeAnsweredCells(const SoakStep &step, const SoakOutcome &outcome);
    void notePoorAnswers(const SoakStep &step);
    void judgePoorAnswers(const SoakStep &step, const SoakOutcome &outcome);
    void judgeTables(bool clockWasRight);
    void judgeCell(const CellPlace &place, const HeldCell *cell, bool clockWasRight);
    void judgeSettled(const CellPlace &place, const HeldCell &cell, const Matches &matches);
    void judgeStrays();
    /// `calm`: nothing stood in the way of the step's answers.
    void judgeLosses(bool calm);
    void judgeDayFiles(bool all);
    [[nodiscard]] QList<CellPlace> places() const;
    [[nodiscard]] bool isAskedAnew(const SoakStep &step, const CellPlace &place) const;
    [[nodiscard]] PoorChange poorChange(const CellPlace &place) const;
    [[nodiscard]] const SoakDay *dayOf(const SoakEpoch &epoch, QDate date) const;
    [[nodiscard]] CellContent contentOf(const Holdings &held, const CellPlace &place) const;
    [[nodiscard]] Matches matchesOf(const CellPlace &place, const CellContent &content) const;

    Stage &m_stage;
    Holdings m_before;
    Holdings m_now;
    QStringList m_findings;
    PoorAnswers m_poor;
    bool m_clockWasWrong = false;
    bool m_quotaWasUsedUp = false;
    bool m_mayHaveLostToken = false;
};

} // namespace wristkeep::test
