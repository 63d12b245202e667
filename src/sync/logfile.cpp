// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/logfile.h"

#include "store/durablefile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array levels{LogLevel::Info, LogLevel::Warning, LogLevel::Problem};

QString olderPath(const QString &path)
{
    return path + u".1"_s;
}

void put(QJsonObject &object, QLatin1StringView name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(name, text);
}

/// The same few names stand in every line: kept once, they take no room in the others.
class Words
{
public:
    void share(QString &text)
    {
        if (!text.isEmpty())
            text = *m_known.insert(text);
    }

private:
    QSet<QString> m_known;
};

Outcome makeRoom(const QString &path, qint64 share)
{
    if (QFileInfo(path).size() < share)
        return {};
    QFile::remove(olderPath(path));
    if (!QFile::rename(path, olderPath(path)))
        return failure(ErrorKind::Storage, u"The sync log %1 cannot be put aside."_s.arg(path));
    return {};
}

/// The lines of one file, newest last.
Result<QList<QByteArray>> linesOf(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QList<QByteArray>();
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage,
                       u"The sync log %1 cannot be read: %2."_s.arg(path, file.errorString()));
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeAll(QByteArray());
    return lines;
}

} // namespace

QByteArray logLine(const LogEntry &entry)
{
    QJsonObject object{{"time"_L1, entry.timeUtc}, {"level"_L1, logLevelName(entry.level)}};
    put(object, "participant"_L1, entry.participant);
    put(object, "provider"_L1, entry.provider);
    put(object, "data"_L1, entry.dataType);
    put(object, "date"_L1, entry.date.toString(Qt::ISODate));
    put(object, "result"_L1, entry.result);
    put(object, "text"_L1, entry.text);
    put(object, "request"_L1, entry.request);
    put(object, "next"_L1, entry.nextStep);
    if (entry.durationMs >= 0)
        object.insert("ms"_L1, entry.durationMs);
    if (entry.bytes >= 0)
        object.insert("bytes"_L1, entry.bytes);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<LogEntry> parseLogLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QJsonValue time = object.value("time"_L1);
    const QString level = object.value("level"_L1).toString();
    const auto *const known = std::find_if(levels.begin(), levels.end(),
                                           [&level](LogLevel each) { return logLevelName(each) == level; });
    if (!time.isDouble() || known == levels.end())
        return std::nullopt;
    const auto text = [&object](QLatin1StringView name) { return object.value(name).toString(); };
    LogEntry entry;
    entry.timeUtc = time.toInteger();
    entry.level = *known;
    entry.participant = text("participant"_L1);
    entry.provider = text("provider"_L1);
    entry.dataType = text("data"_L1);
    entry.date = QDate::fromString(text("date"_L1), Qt::ISODate);
    entry.result = text("result"_L1);
    entry.text = text("text"_L1);
    entry.request = text("request"_L1);
    entry.nextStep = text("next"_L1);
    entry.durationMs = object.value("ms"_L1).toInteger(-1);
    entry.bytes = object.value("bytes"_L1).toInteger(-1);
    return entry;
}

Outcome appendLog(const QString &path, const QList<LogEntry> &entries, qint64 share)
{
    if (const Outcome made = makeFolder(QFileInfo(path).absolutePath()); !made)
        return made;
    if (const Outcome room = makeRoom(path, share); !room)
        return room;
    QList<QByteArray> lines;
    for (const LogEntry &entry : entries)
        lines << logLine(entry);
    return appendLines(path, lines);
}

Result<QList<LogEntry>> readLog(const QString &path, qsizetype most, qsizetype skip)
{
    Result<QList<QByteArray>> lines = linesOf(path);
    if (!lines)
        return failure(lines.error());
    if (lines->size() < most + skip) {
        const Result<QList<QByteArray>> older = linesOf(olderPath(path));
        if (!older)
            return failure(older.error());
        *lines = *older + *lines;
    }
    lines->resize(std::max<qsizetype>(0, lines->size() - skip));
    QList<LogEntry> entries;
    Words words;
    for (const QByteArray &line : lines->mid(std::max<qsizetype>(0, lines->size() - most))) {
        std::optional<LogEntry> entry = parseLogLine(line);
        if (!entry)
            continue;
        for (QString *each :
             {&entry->participant, &entry->provider, &entry->dataType, &entry->result, &entry->nextStep})
            words.share(*each);
        entries << *entry;
    }
    return entries;
}

} // namespace wristkeep
