// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/oracle.h"

#include "soak/exitfinding.h"
#include "soak/keptfiles.h"

#include <algorithm>
#include <utility>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int settleDays = 7;

QString placeText(const CellPlace &place)
{
    return place.first + u' ' + place.second.toString(Qt::ISODate);
}

} // namespace

QList<CellPlace> Oracle::places() const
{
    QList<CellPlace> places;
    const SoakSchedule &schedule = m_stage.schedule();
    for (QDate date = schedule.first; date <= m_stage.lastDay(); date = date.addDays(1)) {
        for (const QString &type : schedule.types)
            places << CellPlace(type, date);
    }
    return places;
}

const SoakDay *Oracle::dayOf(const SoakEpoch &epoch, QDate date) const
{
    const auto day = epoch.days.constFind(date);
    return day == epoch.days.constEnd() ? nullptr : &*day;
}

CellContent Oracle::contentOf(const Holdings &held, const CellPlace &place) const
{
    const SoakDay *day = dayOf(m_stage.epochs().last(), place.second);
    return day ? held.content(place, *day) : CellContent();
}

Oracle::Matches Oracle::matchesOf(const CellPlace &place, const CellContent &content) const
{
    Matches matches;
    for (int i = int(m_stage.epochs().size()) - 1; i >= 0; --i) {
        const SoakDay *day = dayOf(m_stage.epochs().at(i), place.second);
        // A clock that is ahead asks for days that have not begun: nothing is told of them.
        if (difference(day ? day->types.value(place.first) : ExpectedCell(), content).isEmpty())
            matches << i;
    }
    return matches;
}

QStringList Oracle::judge(const SoakStep &step, const SoakOutcome &outcome)
{
    m_before = std::exchange(m_now, readHoldings(m_stage.world()));
    m_clockWasWrong = m_clockWasWrong || step.has(SoakFaultKind::ClockJump);
    notePoorAnswers(step);
    judgeExit(step, outcome);
    judgeTables(!m_clockWasWrong);
    judgeStrays();
    judgeLosses(isCalm(step));
    judgeDayFiles(false);
    judgeAnsweredCells(step, outcome);
    judgePoorAnswers(step, outcome);
    m_quotaWasUsedUp = m_quotaWasUsedUp || step.has(SoakFaultKind::Quota);
    return takeFindings();
}

void Oracle::judgeExit(const SoakStep &step, const SoakOutcome &outcome)
{
    m_mayHaveLostToken = m_mayHaveLostToken || (!m_stage.schedule().google && endangersToken(step));
    ExitFacts facts;
    facts.mayHaveLostToken = m_mayHaveLostToken;
    facts.quotaWasUsedUp = m_quotaWasUsedUp;
    facts.first = m_stage.schedule().first;
    facts.last = m_stage.schedule().last;
    const QDate yesterday = outcome.earliestToday.addDays(-1);
    const QList<CellPlace> all = places();
    facts.lacksCells = std::any_of(all.begin(), all.end(), [&](const CellPlace &place) {
        return place.second <= yesterday && !m_now.cells.value(place).isGood();
    });
    if (const QString finding = exitFinding(step, outcome, facts); !finding.isEmpty())
        note(finding);
}

void Oracle::judgeAnsweredCells(const SoakStep &step, const SoakOutcome &outcome)
{
    if (outcome.run.killed || outcome.run.exitCode != exitFine)
        return;
    const SoakSchedule &schedule = m_stage.schedule();
    const bool backfill = step.action == SoakAction::Backfill;
    const QDate last =
        backfill ? outcome.earliestToday.addDays(-1) : std::min(schedule.last, outcome.earliestToday);
    for (const CellPlace &place : places()) {
        if (place.second > last || (step.action == SoakAction::SyncDay && place.second != step.day))
            continue;
        const auto cell = m_now.cells.constFind(place);
        if (cell == m_now.cells.constEnd() || !cell->isGood()) {
            note(u"exit status 0, but %1 is %2"_s.arg(
                placeText(place), cell == m_now.cells.constEnd() ? u"not there"_s : cell->state));
            continue;
        }
        if (!isAskedAnew(step, place) || step.has(SoakFaultKind::ClockJump) ||
            step.has(SoakFaultKind::Poorer))
            continue;
        const SoakDay *day = dayOf(m_stage.epochs().last(), place.second);
        const QString wrong = difference(day->types.value(place.first), contentOf(m_now, place));
        if (!wrong.isEmpty())
            note(u"%1 was answered just now, but %2"_s.arg(placeText(place), wrong));
    }
}

/// A sync asks for all that is not settled, and a day by its name in any case; then the newest truth is kept.
bool Oracle::isAskedAnew(const SoakStep &step, const CellPlace &place) const
{
    const SoakSchedule &schedule = m_stage.schedule();
    if (step.action == SoakAction::SyncDay)
        return place.second == step.day;
    const auto old = m_before.cells.constFind(place);
    if (old == m_before.cells.constEnd())
        return true;
    return step.action == SoakAction::Backfill ? !old->isGood()
                                               : !old->isSettled() || schedule.first == schedule.last;
}

PoorChange Oracle::poorChange(const CellPlace &place) const
{
    const SoakDay *day = dayOf(m_stage.epochs().last(), place.second);
    return {contentOf(m_before, place), contentOf(m_now, place),
            day ? day->types.value(place.first) : ExpectedCell(), m_now.cells.value(place).suspicious};
}

void Oracle::notePoorAnswers(const SoakStep &step)
{
    for (const CellPlace &place : places()) {
        const PoorChange change = poorChange(place);
        if (!matchesOf(place, change.now).isEmpty()) {
            m_poor.mend(place);
            continue;
        }
        if (step.has(SoakFaultKind::Poorer))
            m_poor.take(place, change);
    }
}

void Oracle::judgePoorAnswers(const SoakStep &step, const SoakOutcome &outcome)
{
    if (outcome.run.killed || outcome.run.exitCode != exitFine || step.faults.size() != 1 ||
        !step.has(SoakFaultKind::Poorer) || step.faults.first().skip > 0 || step.faults.first().times >= 0)
        return;
    // What is missing at the end of an answer for several days is missing to the last of them alone.
    const bool isOneDay =
        step.action == SoakAction::SyncDay || m_stage.schedule().first == m_stage.schedule().last;
    if (step.faults.first().what == u"records-fewer"_s && !isOneDay)
        return;
    for (const CellPlace &place : places()) {
        if (place.second > outcome.earliestToday || !isAskedAnew(step, place))
            continue;
        if (const QString wrong = PoorAnswers::finding(step.faults.first(), poorChange(place));
            !wrong.isEmpty())
            note(placeText(place) + u' ' + wrong);
    }
}

QList<QDate> Oracle::daysInDoubt() const
{
    QSet<QDate> days;
    for (const CellPlace &place : m_poor.places())
        days.insert(place.second);
    for (auto it = m_now.cells.begin(); it != m_now.cells.end(); ++it) {
        if (it->suspicious)
            days.insert(it.key().second);
    }
    return days.values();
}

void Oracle::judgeTables(bool clockWasRight)
{
    if (m_now.integrity != u"ok"_s)
        note(u"integrity_check: "_s + m_now.integrity);
    if (m_now.wrongLevels > 0)
        note(u"%1 hours are not what their readings say"_s.arg(m_now.wrongLevels));
    for (const CellPlace &place : places()) {
        const auto cell = m_now.cells.constFind(place);
        judgeCell(place, cell == m_now.cells.constEnd() ? nullptr : &*cell, clockWasRight);
    }
}

void Oracle::judgeCell(const CellPlace &place, const HeldCell *cell, bool clockWasRight)
{
    const CellContent content = contentOf(m_now, place);
    if (!cell || cell->state == u"failed"_s || cell->state == u"not permitted"_s) {
        if (!content.isEmpty())
            note(u"%1 is %2, but holds rows"_s.arg(placeText(place), cell ? cell->state : u"not there"_s));
        return;
    }
    const QList<SoakEpoch> &epochs = m_stage.epochs();
    if (cell->state == u"partial"_s) {
        const bool isPart = std::any_of(epochs.begin(), epochs.end(), [&](const SoakEpoch &epoch) {
            const SoakDay *day = dayOf(epoch, place.second);
            return day && surplus(day->types.value(place.first), content).isEmpty();
        });
        if (!isPart)
            note(u"%1 is partial and holds what was never true"_s.arg(placeText(place)));
        return;
    }
    const Matches matches = matchesOf(place, content);
    if (matches.isEmpty() && m_poor.contains(place))
        return;
    if (matches.isEmpty()) {
        const SoakDay *day = dayOf(epochs.last(), place.second);
        note(u"%1 is %2, but %3"_s.arg(placeText(place), cell->state,
                                       difference(day->types.value(place.first), content)));
        return;
    }
    if (cell->hasData == content.isEmpty())
        note(u"%1 has data: %2, rows: %3"_s.arg(placeText(place)).arg(cell->hasData).arg(!content.isEmpty()));
    if ((cell->state == u"complete"_s) != !content.isEmpty() && cell->isSettled())
        note(u"%1 is %2, rows: %3"_s.arg(placeText(place), cell->state).arg(!content.isEmpty()));
    if (clockWasRight && cell->isSettled())
        judgeSettled(place, *cell, matches);
}

void Oracle::judgeSettled(const CellPlace &place, const HeldCell &cell, const Matches &matches)
{
    const Zone zone{QTimeZone(m_stage.schedule().zone), ZoneSource::Profile};
    const qint64 settled = civilDay(place.second.addDays(1 + settleDays), zone).startUtc;
    const bool isOld = std::any_of(matches.begin(), matches.end(), [&](int epoch) {
        return m_stage.epochs().at(epoch).utc + 600 >= settled;
    });
    if (!isOld)
        note(u"%1 is %2 with what was told before it had settled"_s.arg(placeText(place), cell.state));
}

void Oracle::judgeStrays()
{
    const QList<CellPlace> asked = places();
    for (auto it = m_now.daily.begin(); it != m_now.daily.end(); ++it) {
        if (!asked.contains(CellPlace(it->dataType, it.key().second)))
            note(u"a value nobody asked for: "_s + placeText(it.key()));
    }
    const QMap<QDate, SoakDay> &days = m_stage.epochs().last().days;
    for (auto it = m_now.samples.begin(); it != m_now.samples.end(); ++it) {
        const bool outside = !it->empty() && (days.isEmpty() || it->begin()->first < days.first().startUtc ||
                                              it->rbegin()->first >= days.last().endUtc);
        if (outside || !m_stage.schedule().types.contains(it.key()))
            note(u"readings nobody asked for: "_s + it.key());
    }
    for (const Night &night : std::as_const(m_now.nights)) {
        if (!days.contains(night.date))
            note(u"a night nobody asked for: "_s + night.date.toString(Qt::ISODate));
    }
}

void Oracle::judgeLosses(bool calm)
{
    // Of a day that was still going on when it was asked, only the last form is kept.
    const auto isInterim = [this](const CellPlace &place) {
        const auto cell = m_before.cells.constFind(place);
        const SoakDay *day = dayOf(m_stage.epochs().last(), place.second);
        return cell != m_before.cells.constEnd() && day && cell->fetchedAt && *cell->fetchedAt < day->endUtc;
    };
    for (auto it = m_before.cells.begin(); it != m_before.cells.end(); ++it) {
        const auto now = m_now.cells.constFind(it.key());
        // A good answer without data is no more than a word: who asks again where something goes wrong may be
        // told of a failure, and the day is asked once more. Only data keeps its cell as it was.
        const bool mayFail = !calm && !it->hasData;
        if (now == m_now.cells.constEnd() || (it->isGood() && !now->isGood() && !mayFail))
            note(u"%1 was %2 and is %3"_s.arg(placeText(it.key()), it->state,
                                              now == m_now.cells.constEnd() ? u"gone"_s : now->state));
    }
    for (auto it = m_before.daily.begin(); it != m_before.daily.end(); ++it) {
        const auto now = m_now.daily.constFind(it.key());
        const bool kept = now != m_now.daily.constEnd() && now->value == it->value;
        const QString line = historyLine(u"daily"_s, it.key().first, it.key().second.toString(Qt::ISODate));
        if (!kept && !m_now.history.contains(line) && !isInterim({it->dataType, it.key().second}))
            note(u"the value %1 of %2 is gone"_s.arg(it->value).arg(placeText(it.key())));
    }
    for (const CellPlace &place : places()) {
        const CellContent before = contentOf(m_before, place);
        const CellContent now = contentOf(m_now, place);
        if (isInterim(place))
            continue;
        for (const auto &[utc, value] : before.samples) {
            const auto same = now.samples.find(utc);
            const bool kept = same != now.samples.end() && same->second == value;
            if (!kept &&
                !m_now.history.contains(historyLine(u"sample"_s, place.first, QString::number(utc)))) {
                note(u"a reading of %1 is gone"_s.arg(placeText(place)));
                break;
            }
        }
        for (auto it = before.nights.begin(); it != before.nights.end(); ++it) {
            if (now.nights.value(it.key()) != it.value() &&
                !m_now.history.contains(historyLine(u"session"_s, u"sleep"_s, it.key())))
                note(u"night %1 of %2 is gone"_s.arg(it.key(), placeText(place)));
        }
    }
}

void Oracle::judgeDayFiles(bool all)
{
    for (const CellPlace &place : places()) {
        const QByteArray bytes = m_stage.world().dayFile(place.second, place.first);
        if (bytes.isEmpty()) {
            const auto cell = m_now.cells.constFind(place);
            if (all && cell != m_now.cells.constEnd() && cell->hasData)
                note(u"no day file for "_s + placeText(place));
            continue;
        }
        const auto isTrue = [&](const SoakEpoch &epoch) {
            const SoakDay *day = dayOf(epoch, place.second);
            const CellContent told = day ? day->types.value(place.first).content : CellContent();
            return isDayFileOf(bytes, place.first, m_stage.schedule().google, told);
        };
        const QList<SoakEpoch> &epochs = m_stage.epochs();
        const bool isPoor =
            m_poor.contains(place) &&
            isDayFileOf(bytes, place.first, m_stage.schedule().google, contentOf(m_now, place));
        if (!isPoor && !std::any_of(epochs.begin(), epochs.end(), isTrue))
            note(u"the day file of %1 is not what was told"_s.arg(placeText(place)));
    }
}

QStringList Oracle::judgeCalm(const SoakStep &step, const SoakOutcome &outcome)
{
    m_before = std::exchange(m_now, readHoldings(m_stage.world()));
    if (outcome.run.killed || outcome.run.exitCode != exitFine)
        note(u"a healthy run ends with %1: %2"_s.arg(outcome.run.exitCode)
                 .arg(QString::fromUtf8(outcome.run.all().right(800))));
    notePoorAnswers(step);
    judgeTables(true);
    judgeStrays();
    judgeLosses(true);
    judgeDayFiles(false);
    judgeAnsweredCells(step, outcome);
    for (const CellPlace &place : places()) {
        if (m_now.cells.value(place).suspicious && isAskedAnew(step, place))
            note(u"%1 is still doubted"_s.arg(placeText(place)));
    }
    m_findings << archiveProblems(m_stage.world());
    m_findings << spiltSecrets(m_stage.world(), m_stage.printed());
    return takeFindings();
}

QStringList Oracle::judgeRepeat(const SoakOutcome &outcome)
{
    m_before = std::exchange(m_now, readHoldings(m_stage.world()));
    if (outcome.run.killed || outcome.run.exitCode != exitFine)
        note(u"the second healthy run ends with %1: %2"_s.arg(outcome.run.exitCode)
                 .arg(QString::fromUtf8(outcome.run.all().right(800))));
    judgeDayFiles(true); // the start of a program makes what the one before could not
    const SoakSchedule &schedule = m_stage.schedule();
    const auto needsAsking = [&](const CellPlace &place) {
        const HeldCell cell = m_before.cells.value(place);
        return schedule.backfill ? !cell.isGood() : !cell.isSettled() || schedule.first == schedule.last;
    };
    const QList<CellPlace> all = places();
    const bool isSettled = std::none_of(all.begin(), all.end(), needsAsking);
    for (auto it = m_now.counts.begin(); it != m_now.counts.end(); ++it) {
        // Other days of a range may have settled: then the same is told in an answer to another question.
        const bool mayGrow = it.key() == u"documents"_s && !isSettled;
        if (it.value() != m_before.counts.value(it.key()) && !mayGrow)
            note(u"the second healthy run made %1 rows of %2 in %3"_s.arg(it.value())
                     .arg(m_before.counts.value(it.key()))
                     .arg(it.key()));
    }
    if (isSettled && outcome.requests > 0)
        note(u"the second healthy run asked %1 times although all is settled"_s.arg(outcome.requests));
    return takeFindings();
}

} // namespace wristkeep::test
