// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/daywords.h"

#include "sync/catalogue.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct DayTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::Day)
};

/// Two ends of one thing: the word in a sentence, and the cell that says how it stands.
struct Kind
{
    QString word;
    const std::optional<Cell> &cell;
};

std::array<Kind, 2> kindsOf(const DayRecord &record)
{
    return {Kind{DayTr::tr("steps"), record.stepsCell}, Kind{DayTr::tr("heart rate"), record.heartCell}};
}

QString missing()
{
    return u"–"_s;
}

QString whyMissing(const Kind &kind)
{
    if (!kind.cell)
        return DayTr::tr("Not asked yet");
    switch (kind.cell->state) {
    case CellState::NotPermitted:
        return DayTr::tr("Not permitted: %1").arg(kind.word);
    case CellState::Failed:
        return DayTr::tr("Failed: %1").arg(kind.cell->reason);
    case CellState::Partial:
        return DayTr::tr("Only part of it is in");
    case CellState::Provisional:
        return kind.cell->hasData ? DayTr::tr("No value that day") : DayTr::tr("No data so far");
    case CellState::Complete:
        return DayTr::tr("No value that day");
    case CellState::Empty:
        break;
    }
    return DayTr::tr("No data that day");
}

FigureText figure(const std::optional<double> &value, const QString &note, const Kind &kind)
{
    if (!value)
        return {missing(), whyMissing(kind)};
    return {QLocale().toString(*value, 'f', 0), note};
}

/// What a cell says for itself, with when it was fetched and what went wrong since.
QString cellLine(const Kind &kind)
{
    if (!kind.cell)
        return DayTr::tr("%1: not asked yet").arg(kind.word);
    QString line = DayTr::tr("%1: %2").arg(kind.word, cellStateName(kind.cell->state));
    if (kind.cell->fetchedAtUtc) {
        const QDateTime fetched = QDateTime::fromSecsSinceEpoch(*kind.cell->fetchedAtUtc).toLocalTime();
        line = DayTr::tr("%1, fetched %2").arg(line, QLocale().toString(fetched, QLocale::ShortFormat));
    }
    if (!kind.cell->reason.isEmpty())
        line += u". "_s + kind.cell->reason;
    else if (!kind.cell->lastError.isEmpty())
        line = DayTr::tr("%1. The last try: %2").arg(line, kind.cell->lastError);
    return line;
}

/// The words of the kinds in this state; none: of those never asked.
QStringList wordsIn(const std::array<Kind, 2> &kinds, std::optional<CellState> state)
{
    QStringList words;
    for (const Kind &kind : kinds) {
        if (kind.cell ? kind.cell->state == state : !state)
            words << kind.word;
    }
    return words;
}

DayStateText state(Tone tone, const QString &text, bool offersSync = false)
{
    return {tone, text, {}, offersSync};
}

DayStateText stateOf(const std::array<Kind, 2> &kinds)
{
    const auto in = [&kinds](std::optional<CellState> state) { return wordsIn(kinds, state); };
    const auto joined = [](const QStringList &words) { return words.join(DayTr::tr(" and ")); };
    if (in(std::nullopt).size() == int(kinds.size()))
        return state(Tone::Neutral, DayTr::tr("Not asked yet"), true);
    if (const QStringList failed = in(CellState::Failed); !failed.isEmpty())
        return state(Tone::Problem, DayTr::tr("Failed: %1").arg(joined(failed)), true);
    if (const QStringList refused = in(CellState::NotPermitted); !refused.isEmpty())
        return state(Tone::Attention, DayTr::tr("Not permitted: %1").arg(joined(refused)));
    if (const QStringList parts = in(CellState::Partial); !parts.isEmpty())
        return state(Tone::Attention, DayTr::tr("Partial: %1").arg(joined(parts)), true);
    if (const QStringList never = in(std::nullopt); !never.isEmpty())
        return state(Tone::Attention, DayTr::tr("Partial: %1 not asked yet").arg(joined(never)), true);
    const auto any = [&kinds](bool (*holds)(const Cell &)) {
        return std::any_of(kinds.begin(), kinds.end(),
                           [holds](const Kind &kind) { return kind.cell->hasData && holds(*kind.cell); });
    };
    if (any([](const Cell &cell) { return cell.suspicious; }))
        return state(Tone::Attention, DayTr::tr("Kept as it was: the last try brought less"));
    if (any([](const Cell &cell) { return !cell.lastError.isEmpty(); }))
        return state(Tone::Attention, DayTr::tr("Kept as it was: the last try failed"));
    if (!in(CellState::Provisional).isEmpty())
        return state(Tone::Busy, DayTr::tr("Provisional: may still change"));
    if (in(CellState::Empty).size() == int(kinds.size()))
        return state(Tone::Neutral, DayTr::tr("Empty: no data that day"));
    return state(Tone::Good, DayTr::tr("Complete"));
}

/// Both series are kept as they came, so where they differ both are shown.
QString whatThePredecessorSays(const DayRecord &record)
{
    if (!record.predecessorSteps || record.predecessorSteps == record.steps)
        return {};
    const Result<CatalogueEntry> entry = findCatalogueEntry(record.account.provider);
    return DayTr::tr("%1: %2").arg(providerTitle(entry ? entry->predecessor : QString()),
                                   QLocale().toString(*record.predecessorSteps, 'f', 0));
}

} // namespace

FigureText stepsInWords(const DayRecord &record)
{
    return figure(record.steps, whatThePredecessorSays(record), kindsOf(record)[0]);
}

FigureText restingHeartRateInWords(const DayRecord &record)
{
    return figure(record.restingHeartRate, DayTr::tr("bpm"), kindsOf(record)[1]);
}

FigureText heartMinutesInWords(const DayRecord &record)
{
    const std::optional<double> minutes =
        record.heartMinutes ? std::optional<double>(*record.heartMinutes) : std::nullopt;
    return figure(minutes, DayTr::tr("of %1 that day").arg(QLocale().toString(record.day.seconds / 60)),
                  kindsOf(record)[1]);
}

QString noHeartRateInWords(const DayRecord &record)
{
    if (!record.heartCell)
        return DayTr::tr("Heart rate was not asked for on this day yet.");
    const Cell &cell = *record.heartCell;
    switch (cell.state) {
    case CellState::NotPermitted:
        return cell.reason.isEmpty() ? DayTr::tr("No permission for heart rate. Connect again to grant it.")
                                     : cell.reason;
    case CellState::Failed:
        return DayTr::tr("Heart rate could not be fetched. %1").arg(cell.reason);
    case CellState::Partial:
        return DayTr::tr("Only part of this day is in. Sync it again for the rest.");
    case CellState::Provisional:
        return DayTr::tr("No heart rate so far. It may still come.");
    case CellState::Complete:
    case CellState::Empty:
        break;
    }
    return DayTr::tr("No heart rate that day. Perhaps the device was not worn.");
}

DayStateText dayStateInWords(const DayRecord &record)
{
    const std::array<Kind, 2> kinds = kindsOf(record);
    DayStateText text = stateOf(kinds);
    QStringList lines;
    for (const Kind &kind : kinds) {
        QString line = cellLine(kind);
        line[0] = line.at(0).toUpper();
        lines << line;
    }
    if (!record.keptFrom.isEmpty())
        text.text = DayTr::tr("From %1: %2").arg(providerTitle(record.keptFrom), text.text);
    text.details = lines.join(u'\n');
    return text;
}

QString longDayInWords(QDate day)
{
    return QLocale().toString(day, u"dddd, d MMMM yyyy"_s);
}

QString wallTimeInWords(const CivilDay &day, qint64 utc)
{
    const QTime time = wallTime(day, utc);
    const QString text = time.toString(time.second() == 0 ? u"HH:mm"_s : u"HH:mm:ss"_s);
    if (!day.changeUtc)
        return text;
    const int offset = offsetAt(day, utc);
    return u"%1 (%2%3)"_s.arg(text, offset < 0 ? u"-"_s : u"+"_s,
                              QTime::fromMSecsSinceStartOfDay(std::abs(offset) * 1000).toString(u"HH:mm"_s));
}

} // namespace wristkeep
