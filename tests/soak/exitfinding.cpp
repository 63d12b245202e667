// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/exitfinding.h"

#include <algorithm>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

enum Exit { Fine = exitFine, NotGood = 1, Wrong = 2, ConnectFirst = 3, WaitForQuota = 4, Interrupted = 5 };

/// What alone makes nothing fail: the service's data come late, or change, or are missing.
bool isHarmless(const SoakFault &fault)
{
    return fault.kind == SoakFaultKind::LateData || fault.kind == SoakFaultKind::Revision ||
           fault.kind == SoakFaultKind::Poorer;
}

QString killedFinding(const SoakStep &step, const SoakOutcome &outcome)
{
    if (step.has(SoakFaultKind::Kill))
        return {};
    if (!step.has(SoakFaultKind::Interrupt))
        return u"the program crashed: "_s + QString::fromUtf8(outcome.run.err.right(400));
    // An interrupt that comes before the program listens for it ends it as any other; then it has asked
    // nothing.
    if (outcome.requests > 0 || !outcome.run.out.isEmpty())
        return u"an interrupt ended the program although it was at work"_s;
    return {};
}

bool fits(const SoakStep &step, const SoakOutcome &outcome, const ExitFacts &facts)
{
    const bool backfill = step.action == SoakAction::Backfill;
    switch (outcome.run.exitCode) {
    case Fine:
        return true;
    case NotGood: // a backfill asks cells that failed no sooner than a day later
        return !isCalm(step) || (backfill && facts.lacksCells);
    case Wrong: // the days asked for lie in the future of a clock that is behind
        return step.has(SoakFaultKind::ClockJump) &&
               (backfill ? outcome.earliestToday <= facts.first : outcome.earliestToday < facts.last);
    case ConnectFirst:
        return facts.mayHaveLostToken;
    case WaitForQuota:
        return step.has(SoakFaultKind::Quota) || (backfill && facts.lacksCells && facts.quotaWasUsedUp);
    case Interrupted:
        return step.has(SoakFaultKind::Interrupt);
    default:
        return false;
    }
}

} // namespace

bool isCalm(const SoakStep &step)
{
    return std::all_of(step.faults.begin(), step.faults.end(), isHarmless);
}

bool endangersToken(const SoakStep &step)
{
    return step.has(SoakFaultKind::Kill) || step.has(SoakFaultKind::FullDisk) ||
           step.has(SoakFaultKind::ReadOnly) || step.has(SoakFaultKind::LockedTable);
}

QString exitFinding(const SoakStep &step, const SoakOutcome &outcome, const ExitFacts &facts)
{
    if (outcome.timedOut)
        return u"the run did not end"_s;
    if (outcome.run.killed)
        return killedFinding(step, outcome);
    if (fits(step, outcome, facts))
        return {};
    return u"exit status %1 does not fit: %2"_s.arg(outcome.run.exitCode)
        .arg(QString::fromUtf8(outcome.run.all().right(600)));
}

} // namespace wristkeep::test
