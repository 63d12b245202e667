// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/rebuildtext.h"

#include "sync/catalogue.h"

#include <QLocale>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Kind = RebuildDifference::Kind;

QString number(qint64 count)
{
    return QLocale(QLocale::English).toString(count);
}

QString countedFully(qint64 count, const QString &one, const QString &many)
{
    return number(count) + u' ' + (count == 1 ? one : many);
}

QString orNone(const QString &text)
{
    return text.isEmpty() ? u"none"_s : text;
}

/// Only where there is more than one is the person named.
QString whose(const AccountKey &account)
{
    const QString service = providerTitle(account.provider);
    return account.participant == defaultParticipant() ? service
                                                       : u"%1, %2"_s.arg(account.participant, service);
}

QString kindTitle(Kind kind, qint64 count)
{
    switch (kind) {
    case Kind::Day:
        return countedFully(count, u"civil day"_s, u"civil days"_s);
    case Kind::State:
        return countedFully(count, u"state of a day"_s, u"states of days"_s);
    case Kind::Value:
        return countedFully(count, u"daily value"_s, u"daily values"_s);
    case Kind::Reading:
        return countedFully(count, u"reading"_s, u"readings"_s);
    case Kind::Session:
        return countedFully(count, u"session"_s, u"sessions"_s);
    }
    return {};
}

QString totalsText(const RebuildReport &report)
{
    QStringList parts;
    for (auto it = report.totals.cbegin(); it != report.totals.cend(); ++it)
        parts.append(kindTitle(it.key(), it.value()));
    return parts.join(u", "_s);
}

QString dateText(QDate date)
{
    return date.isValid() ? date.toString(Qt::ISODate) : QString();
}

} // namespace

QString differenceLine(const RebuildDifference &difference)
{
    QStringList place{dateText(difference.date)};
    if (!difference.time.isEmpty())
        place.append(difference.time);
    switch (difference.kind) {
    case Kind::Day:
        place.append(u"day"_s);
        break;
    case Kind::State:
        place.append(u"state of "_s + difference.type);
        break;
    default:
        place.append(difference.type);
    }
    QString line = u"%1 (%2): kept %3, rebuilt %4"_s.arg(place.join(u' '), whose(difference.account),
                                                         orNone(difference.kept), orNone(difference.rebuilt));
    if (difference.count > 1)
        line +=
            u"; and %1 more that day"_s.arg(countedFully(difference.count - 1, u"reading"_s, u"readings"_s));
    return line;
}

QString problemLine(const RebuildProblem &problem)
{
    if (problem.dataType.isEmpty())
        return problem.text;
    const QString days = problem.first == problem.last
                             ? dateText(problem.first)
                             : u"%1 to %2"_s.arg(dateText(problem.first), dateText(problem.last));
    QString line = u"%1 %2 (%3): %4"_s.arg(days, problem.dataType, whose(problem.account), problem.text);
    if (problem.takenOver > 0)
        line += u" What the tables hold of %1 was taken over as it is."_s.arg(
            countedFully(problem.takenOver, u"day"_s, u"days"_s));
    return line;
}

QStringList rebuildSummary(const RebuildReport &report, const QString &swapCall)
{
    QStringList lines;
    qint64 hidden = 0;
    QMap<Kind, qint64> shown;
    for (const RebuildDifference &difference : report.differences)
        shown[difference.kind] += difference.count;
    for (auto it = report.totals.cbegin(); it != report.totals.cend(); ++it)
        hidden += it.value() - shown.value(it.key());
    if (hidden > 0)
        lines.append(u"… and %1 more."_s.arg(number(hidden)));
    if (report.zonesPutRight > 0)
        lines.append(u"%1 read with the zone of the profile of today."_s.arg(
            report.zonesPutRight == 1 ? u"1 answer was"_s
                                      : u"%1 answers were"_s.arg(number(report.zonesPutRight))));
    if (report.withoutAnswer > 0)
        lines.append(u"%1 without an answer in the archive: taken over as they are."_s.arg(
            countedFully(report.withoutAnswer, u"day"_s, u"days"_s)));
    const QString read = countedFully(report.answers, u"answer"_s, u"answers"_s);
    if (report.isEqual()) {
        lines.append(u"%1 read from the archive: the tables are as they should be."_s.arg(read));
        return lines;
    }
    lines.append(u"%1 read from the archive. Different: %2."_s.arg(read, totalsText(report)));
    if (report.swapped) {
        lines.append(
            u"The rebuilt tables are in use now. The database from before is %1."_s.arg(report.keptFile));
        lines.append(u"Delete it when you are sure; it holds your sign-ins, sealed."_s);
    } else {
        lines.append(u"Nothing was changed. To use the rebuilt tables: %1"_s.arg(swapCall));
    }
    return lines;
}

QJsonObject differenceObject(const RebuildDifference &difference)
{
    return {{u"type"_s, u"difference"_s},
            {u"kind"_s, rebuildKindName(difference.kind)},
            {u"participant"_s, difference.account.participant},
            {u"provider"_s, difference.account.provider},
            {u"data"_s, difference.type},
            {u"date"_s, dateText(difference.date)},
            {u"time"_s, difference.time},
            {u"kept"_s, difference.kept},
            {u"rebuilt"_s, difference.rebuilt},
            {u"count"_s, difference.count}};
}

QJsonObject problemObject(const RebuildProblem &problem)
{
    return {{u"type"_s, u"unreadable"_s},
            {u"participant"_s, problem.account.participant},
            {u"provider"_s, problem.account.provider},
            {u"data"_s, problem.dataType},
            {u"first"_s, dateText(problem.first)},
            {u"last"_s, dateText(problem.last)},
            {u"damaged"_s, problem.isDamaged},
            {u"days_taken_over"_s, problem.takenOver},
            {u"text"_s, problem.text}};
}

QJsonObject rebuildObject(const RebuildReport &report, ExitStatus status)
{
    QJsonObject totals;
    for (const Kind kind : {Kind::Day, Kind::State, Kind::Value, Kind::Reading, Kind::Session})
        totals.insert(rebuildKindName(kind), report.totals.value(kind));
    return {{u"type"_s, u"rebuild"_s},
            {u"exit"_s, int(status)},
            {u"equal"_s, report.isEqual()},
            {u"answers"_s, report.answers},
            {u"differences"_s, totals},
            {u"unreadable"_s, report.problems.size()},
            {u"days_without_answer"_s, report.withoutAnswer},
            {u"zones_put_right"_s, report.zonesPutRight},
            {u"swapped"_s, report.swapped},
            {u"before"_s, report.keptFile}};
}

} // namespace wristkeep
