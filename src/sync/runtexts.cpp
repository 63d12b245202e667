// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/runtexts.h"

#include "core/errortexts.h"
#include "providers/provider.h"
#include "store/ingest.h"

#include <QDateTime>
#include <QMap>

#include <algorithm>
#include <utility>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString wordOf(const Provider &provider, const QString &dataType)
{
    const DataType *type = provider.findType(dataType);
    return type ? dataWord(*type) : dataType;
}

QString daysText(const FetchTask &task)
{
    const QString first = task.first.toString(Qt::ISODate);
    return task.first == task.last ? first : u"%1 to %2"_s.arg(first, task.last.toString(Qt::ISODate));
}

/// "79 new, 1 changed, 2 withdrawn", of which what is none is left out.
QString newsText(const WriteStats &stats)
{
    QStringList parts;
    for (const auto &[count, text] : {std::pair(stats.added, u"%1 new"_s),
                                      {stats.changed, u"%1 changed"_s},
                                      {stats.withdrawn, u"%1 withdrawn"_s}}) {
        if (count > 0)
            parts << text.arg(count);
    }
    return parts.isEmpty() ? u"nothing new"_s : parts.join(u", "_s);
}

bool isOfTask(const Cell &cell, const FetchTask &task)
{
    return cell.key.dataType == task.dataType && cell.key.date >= task.first && cell.key.date <= task.last;
}

} // namespace

QString dataWord(const DataType &type)
{
    QString word = type.title.section(u',', 0, 0).trimmed();
    if (!word.isEmpty())
        word[0] = word.at(0).toLower();
    return word.isEmpty() ? type.id : word;
}

QString taskText(const Provider &provider, const FetchTask &task)
{
    return u"%1, %2, %3"_s.arg(provider.title(), wordOf(provider, task.dataType), daysText(task));
}

QString requestLine(const Provider &provider, const FetchTask &task, const Settings &settings,
                    const Zone &zone)
{
    const Result<HttpRequest> request = provider.request(task, settings, zone);
    if (!request)
        return {};
    // A query may hold a page token, which is of no use to a person.
    const QUrl::FormattingOptions bare = QUrl::RemoveQuery | QUrl::RemoveUserInfo | QUrl::RemoveFragment;
    return QString::fromLatin1(request->method) + u' ' + request->url.toString(bare);
}

QString scopeMissingText(const DataType &type)
{
    return u"No permission for %1 (scope %2). Reconnect to grant it."_s.arg(dataWord(type), type.scope);
}

QString failureText(const Provider &provider, const QString &dataType, const Error &error)
{
    const DataType *type = provider.findType(dataType);
    if (error.kind == ErrorKind::ScopeMissing && type)
        return scopeMissingText(*type);
    if (error.kind == ErrorKind::PermissionDenied) {
        const QStringList hints = provider.permissionHints(dataType);
        if (!hints.isEmpty())
            return errorText(error, provider.title()).sentence + u' ' + hints.join(u' ');
    }
    return errorLine(error, provider.title());
}

QList<Cell> cellsOfTask(const FetchTask &task, const QList<Cell> &settled)
{
    QList<Cell> cells;
    for (const Cell &cell : settled) {
        if (isOfTask(cell, task))
            cells << cell;
    }
    std::sort(cells.begin(), cells.end(),
              [](const Cell &a, const Cell &b) { return a.key.date < b.key.date; });
    return cells;
}

QString provenText(const Provider &provider, const FetchTask &task, const QList<Cell> &settled)
{
    QMap<QString, int> days;
    for (const Cell &cell : settled) {
        if (!isOfTask(cell, task))
            ++days[wordOf(provider, cell.key.dataType)];
    }
    QStringList parts;
    for (auto it = days.cbegin(); it != days.cend(); ++it)
        parts << u"%1 on %2 %3"_s.arg(it.key()).arg(it.value()).arg(it.value() == 1 ? u"day"_s : u"days"_s);
    return parts.isEmpty() ? QString() : u"The readings prove these zeros: %1."_s.arg(parts.join(u", "_s));
}

QString momentText(qint64 utc, qint64 nowUtc)
{
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(utc);
    const bool today = moment.date() == QDateTime::fromSecsSinceEpoch(nowUtc).date();
    return moment.toString(today ? u"HH:mm"_s : u"yyyy-MM-dd HH:mm"_s);
}

QString committedText(const Provider &provider, const FetchTask &task, const QList<Cell> &cells,
                      const WriteStats &stats)
{
    const QString head = u"%1, %2: "_s.arg(wordOf(provider, task.dataType), daysText(task));
    const QString news = newsText(stats);
    const qsizetype withData =
        std::count_if(cells.begin(), cells.end(), [](const Cell &cell) { return cell.hasData; });
    if (cells.size() != 1)
        return head + u"%1 %2 with data, %3 without; %4."_s.arg(withData)
                          .arg(withData == 1 ? u"day"_s : u"days"_s)
                          .arg(cells.size() - withData)
                          .arg(news);
    const Cell &cell = cells.first();
    if (!cell.hasData)
        return head + u"%1, no data."_s.arg(cellStateName(cell.state));
    return head + u"%1, %2 %3; %4."_s.arg(cellStateName(cell.state))
                      .arg(cell.points)
                      .arg(cell.points == 1 ? u"value"_s : u"values"_s, news);
}

} // namespace wristkeep
