// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logtext.h"

#include <QCoreApplication>
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct SyncLogTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::SyncLog)
};

QString withoutBreaks(QString text)
{
    for (const QChar each : {u'\t', u'\n', u'\r'})
        text.replace(each, u' ');
    return text;
}

QString quoted(QString text)
{
    // A spreadsheet would run a text that begins like this as a formula.
    if (!text.isEmpty() && u"=+-@"_s.contains(text.front()))
        text.prepend(u'\'');
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

QByteArray joined(const QStringList &cells, LogFormat format)
{
    QStringList line;
    for (const QString &cell : cells)
        line << (format == LogFormat::Tabs ? withoutBreaks(cell) : quoted(cell));
    return format == LogFormat::Tabs ? line.join(u'\t').toUtf8() + '\n' : line.join(u',').toUtf8() + "\r\n";
}

} // namespace

QString logColumnTitle(int column)
{
    switch (column) {
    case LogTime:
        return SyncLogTr::tr("Time");
    case LogParticipant:
        return SyncLogTr::tr("Participant");
    case LogData:
        return SyncLogTr::tr("Data");
    case LogDay:
        return SyncLogTr::tr("Day");
    case LogResult:
        return SyncLogTr::tr("Result");
    case LogMessage:
        return SyncLogTr::tr("Message");
    case LogDuration:
        return SyncLogTr::tr("Duration");
    case LogSize:
        return SyncLogTr::tr("Size");
    default:
        return {};
    }
}

QString logCell(const LogEntry &entry, int column, const DataTitles &titles)
{
    switch (column) {
    case LogTime:
        return QDateTime::fromMSecsSinceEpoch(entry.timeUtc).toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    case LogParticipant:
        return entry.participant;
    case LogData:
        return titles.value(entry.dataType, entry.dataType);
    case LogDay:
        return entry.date.toString(Qt::ISODate);
    case LogResult:
        // Every row carries a word beside its symbol, also a line that is not about a cell.
        return entry.result.isEmpty() ? logLevelName(entry.level) : entry.result;
    case LogMessage:
        return entry.text;
    case LogDuration:
        return durationInWords(entry.durationMs);
    case LogSize:
        return sizeInWords(entry.bytes);
    default:
        return {};
    }
}

Tone logTone(const LogEntry &entry)
{
    switch (entry.level) {
    case LogLevel::Problem:
        return Tone::Problem;
    case LogLevel::Warning:
        return Tone::Attention;
    case LogLevel::Info:
        break;
    }
    const std::optional<CellState> state = cellStateFromName(entry.result);
    return state && isGood(*state) && *state != CellState::Empty ? Tone::Good : Tone::Neutral;
}

QByteArray logAsText(const QList<LogEntry> &entries, const DataTitles &titles, LogFormat format)
{
    QStringList head;
    for (int column = 0; column < logColumnCount; ++column)
        head << logColumnTitle(column);
    if (format == LogFormat::Commas)
        head << SyncLogTr::tr("Request") << SyncLogTr::tr("Next step");
    QByteArray text = joined(head, format);
    for (const LogEntry &entry : entries) {
        QStringList cells;
        for (int column = 0; column < logColumnCount; ++column)
            cells << logCell(entry, column, titles);
        if (format == LogFormat::Commas)
            cells << entry.request << entry.nextStep;
        text += joined(cells, format);
    }
    return text;
}

} // namespace wristkeep
