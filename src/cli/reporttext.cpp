// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/reporttext.h"

#include "cli/statustext.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QSet>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestTable = 20;
constexpr qsizetype mostFiles = 10;

QString stateText(const ReportCell &cell)
{
    if (cell.waitsForQuota)
        return u"waits"_s;
    if (cell.cancelled && !cellIsGood(cell))
        return u"stopped"_s;
    return cell.state ? cellStateName(*cell.state) : u"not asked"_s;
}

QString reasonText(const ReportCell &cell)
{
    // Said once below the table, and with the time to go on.
    if (cell.waitsForQuota)
        return {};
    if (!cell.reason.isEmpty())
        return cell.triedAndFailed && cell.state && isGood(*cell.state) ? u"not renewed: "_s + cell.reason
                                                                        : cell.reason;
    return cell.triedAndFailed ? u"not renewed"_s : QString();
}

/// A line for each state that occurs and does not explain itself.
QStringList footnotes(const QList<ReportCell> &cells)
{
    QSet<QString> seen;
    for (const ReportCell &cell : cells)
        seen.insert(stateText(cell));
    static const QList<std::pair<QString, QString>> meanings{
        {u"provisional"_s,
         u"provisional: kept; the provider may still add to that day, so it is asked again later."_s},
        {u"empty"_s, u"empty: the provider has nothing for that day. Missing is not zero."_s},
        {u"partial"_s, u"partial: some of that day is in; the next sync gets the rest."_s},
        {u"waits"_s, u"waits: the provider's limit is used up; the next sync gets it."_s},
    };
    QStringList lines;
    for (const auto &[state, meaning] : meanings) {
        if (seen.contains(state))
            lines.append(meaning);
    }
    return lines;
}

QStringList table(const QList<ReportCell> &cells)
{
    QSet<QString> participants;
    for (const ReportCell &cell : cells)
        participants.insert(cell.key.account.participant);
    QList<QStringList> rows{{u"Participant"_s, u"Date"_s, u"Data"_s, u"State"_s, u"Reason"_s}};
    for (const ReportCell &cell : cells)
        rows.append({cell.key.account.participant, cell.key.date.toString(Qt::ISODate), cell.key.dataType,
                     stateText(cell), reasonText(cell)});
    const bool anyReason = std::any_of(rows.begin() + 1, rows.end(),
                                       [](const QStringList &row) { return !row.last().isEmpty(); });
    if (!anyReason)
        rows.first().last().clear();

    QList<qsizetype> widths(rows.first().size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row.at(i).size());
    }
    QStringList lines;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = participants.size() > 1 ? 0 : 1; i < row.size(); ++i)
            line += row.at(i).leftJustified(widths.at(i) + 2);
        lines.append(line.trimmed());
    }
    return lines;
}

QString counts(const QList<ReportCell> &cells)
{
    QMap<QString, int> number;
    for (const ReportCell &cell : cells)
        ++number[stateText(cell)];
    QStringList parts;
    for (auto it = number.cbegin(); it != number.cend(); ++it)
        parts.append(u"%1 %2"_s.arg(it.value()).arg(it.key()));
    return parts.join(u", "_s);
}

/// The files by their folders: the names are short, the folder is the same for all of a person's.
QStringList fileLines(const QStringList &files)
{
    QStringList lines;
    QString folder;
    qsizetype shown = 0;
    for (const QString &file : files) {
        const QFileInfo info(file);
        if (info.path() != folder) {
            folder = info.path();
            lines += {QString(), u"Files written in %1:"_s.arg(folder)};
        }
        if (++shown > mostFiles) {
            lines.append(u"  … and %1 more"_s.arg(files.size() - mostFiles));
            break;
        }
        lines.append(u"  "_s + info.fileName());
    }
    return lines;
}

} // namespace

QString reportSummary(const SyncReport &report)
{
    const auto good = std::count_if(report.cells.begin(), report.cells.end(), cellIsGood);
    const QString of = u"%1 of %2"_s.arg(good).arg(report.cells.size());
    if (report.cancelled)
        return u"Stopped. %1 done; what is done stays."_s.arg(of);
    if (report.nextAtUtc)
        return u"%1 done. The provider's limit is used up: sync again from %2 on."_s.arg(
            of, instantText(double(*report.nextAtUtc)));
    if (report.cells.isEmpty())
        return u"There was nothing to ask for."_s;
    QStringList values;
    if (report.added > 0)
        values.append(report.added == 1 ? u"1 new value"_s : u"%1 new values"_s.arg(report.added));
    if (report.changed > 0)
        values.append(u"%1 changed"_s.arg(report.changed));
    if (report.withdrawn > 0)
        values.append(u"%1 withdrawn by the provider"_s.arg(report.withdrawn));
    if (values.isEmpty())
        values.append(u"nothing new"_s);
    return u"%1 done, %2."_s.arg(of, values.join(u", "_s));
}

QStringList reportLines(const SyncReport &report)
{
    QStringList lines;
    QList<ReportCell> shown = report.cells;
    if (shown.size() > longestTable) {
        lines.append(u"%1 days of data: %2."_s.arg(shown.size()).arg(counts(shown)));
        shown.erase(std::remove_if(shown.begin(), shown.end(), cellIsGood), shown.end());
        const qsizetype more = shown.size() - longestTable;
        shown = shown.mid(0, longestTable);
        if (!shown.isEmpty())
            lines += table(shown);
        if (more > 0)
            lines.append(u"… and %1 more."_s.arg(more));
    } else if (!shown.isEmpty()) {
        lines += table(shown);
    }
    const QStringList notes = footnotes(report.cells);
    if (!notes.isEmpty())
        lines += QStringList{QString()} + notes;
    return lines + fileLines(report.filesWritten);
}

QJsonObject reportObject(const SyncReport &report, ExitStatus status)
{
    QJsonArray cells;
    for (const ReportCell &cell : report.cells) {
        cells.append(
            QJsonObject{{u"participant"_s, cell.key.account.participant},
                        {u"provider"_s, cell.key.account.provider},
                        {u"data"_s, cell.key.dataType},
                        {u"date"_s, cell.key.date.toString(Qt::ISODate)},
                        {u"state"_s, cell.state ? QJsonValue(cellStateName(*cell.state)) : QJsonValue()},
                        {u"reason"_s, cell.reason}});
    }
    return {{u"type"_s, u"report"_s},
            {u"run"_s, report.run},
            {u"exit"_s, int(status)},
            {u"next_at"_s, report.nextAtUtc ? QJsonValue(*report.nextAtUtc) : QJsonValue()},
            {u"cells"_s, cells}};
}

} // namespace wristkeep
