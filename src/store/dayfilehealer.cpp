// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/dayfilehealer.h"

#include "core/failpoint.h"
#include "core/logging.h"
#include "store/archive.h"
#include "store/durablefile.h"
#include "store/sql.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr auto shownCells =
    "SELECT l.participant, l.provider, l.data_type, l.date, l.has_data, d.sha256, d.bytes, l.day_pages, "
    "l.day_bytes, d.first, d.last, d.zone, d.zone_source, d.id "
    "FROM ledger l JOIN documents d ON d.id = l.day_document WHERE (l.has_data = 1 OR l.day_bytes = 0) "_L1;

/// Bounds the memory that answers waiting to be written take.
constexpr qsizetype MadeTogether = 128;

} // namespace

/// A cell that has a day file, with the document it was made from.
struct DayFileHealer::Row
{
    FetchTask task;
    QDate date;
    bool hasData = false;
    QString documents; ///< in page order, joined by spaces
    QByteArray sha256; ///< of the last of them
    bool isShare = false;
    qint64 bytes = 0;
    Zone zone;
    DayFile file;

    [[nodiscard]] bool sharesAnswerWith(const Row &other) const
    {
        return isShare && other.isShare && documents == other.documents;
    }
};

DayFileHealer::DayFileHealer(const QSqlDatabase &database, const Archive &archive)
    : m_database(database), m_archive(archive),
      m_hash(sqliteHandle(database), "SELECT sha256 FROM documents WHERE id = ?")
{
}

std::optional<DayFileHealer::Row> DayFileHealer::rowOf(const QSqlQuery &query) const
{
    const auto dateAt = [&query](int column) {
        return QDate::fromString(query.value(column).toString(), Qt::ISODate);
    };
    Row row;
    row.task = {{query.value(0).toString(), query.value(1).toString()},
                query.value(2).toString(),
                dateAt(9),
                dateAt(10),
                {}};
    row.date = dateAt(3);
    row.hasData = query.value(4).toBool();
    row.sha256 = query.value(5).toByteArray();
    row.isShare = query.value(8).toLongLong() > 0;
    row.bytes = query.value(row.isShare ? 8 : 6).toLongLong();
    row.documents = (query.value(7).toString() + u' ' + query.value(13).toString()).trimmed();
    row.zone = {QTimeZone(query.value(11).toByteArray()),
                zoneSourceFromName(query.value(12).toString()).value_or(ZoneSource::Computer)};
    const auto folder = m_archive.participantDir(row.task.account.provider, row.task.account.participant);
    if (!folder)
        return std::nullopt;
    row.file = {*folder, row.task.dataType, row.date};
    return row;
}

Result<QList<QByteArray>> DayFileHealer::pagesOf(const Row &row)
{
    QList<QByteArray> bodies;
    const QStringList documents = row.documents.split(u' ');
    for (const QString &document : documents) {
        auto found = m_hash.with(document.toLongLong()).step();
        if (!found)
            return failure(found.error());
        const QByteArray sha256 = *found ? m_hash.text(0).toLatin1() : QByteArray();
        m_hash.reset();
        auto body = m_archive.body(row.task.account.provider, row.task.account.participant, sha256);
        if (!body)
            return failure(body.error());
        bodies.append(std::move(*body));
    }
    return bodies;
}

Result<DayShares> DayFileHealer::sharesOf(const QList<Row> &rows, const DaySlicer &slicer)
{
    const Row &first = rows.first();
    if (!first.isShare) {
        return m_archive.body(first.task.account.provider, first.task.account.participant, first.sha256)
            .map([&first](const QByteArray &body) {
                return DayShares{{first.date, body}};
            });
    }
    if (!slicer)
        return failure(ErrorKind::Internal, u"Nobody knows how to cut the answer."_s);
    auto bodies = pagesOf(first);
    if (!bodies)
        return failure(bodies.error());
    QList<QDate> dates;
    for (const Row &row : rows)
        dates.append(row.date);
    return slicer({*bodies, dates, first.task, first.zone});
}

Result<int> DayFileHealer::makeAgain(const QList<Row> &rows, const DaySlicer &slicer)
{
    QList<DayFileWish> wishes;
    for (qsizetype from = 0, to = 0; from < rows.size(); from = to) {
        const Row &first = rows.at(from);
        // Days of one answer come one after the other, so that it is divided once.
        for (to = from + 1; to < rows.size() && first.sharesAnswerWith(rows.at(to)); ++to)
            continue;
        const QList<Row> together = rows.mid(from, to - from);
        const auto shares = sharesOf(together, slicer);
        for (const Row &row : together) {
            if (shares && shares->contains(row.date)) {
                wishes.append({row.file, shares->value(row.date), {row.hasData, {}}});
                continue;
            }
            qCWarning(lcStore).noquote()
                << "Cannot rebuild" << row.file.path() + u':'
                << (shares ? u"The answer does not tell of this day."_s : shares.error().detail);
        }
    }
    const auto written = showDayFiles(wishes);
    if (!written)
        return failure(written.error());
    for (qsizetype i = 0; i < written->size(); ++i)
        WRISTKEEP_FAIL_POINT("store.heal.file");
    return int(written->size());
}

Result<int> DayFileHealer::heal(const DaySlicer &slicer)
{
    auto query = runSql(m_database, QString(shownCells) + "ORDER BY l.participant, l.provider, d.id"_L1);
    if (!query)
        return failure(query.error());
    int healed = 0;
    QString sweptFolder;
    QList<Row> waiting;
    const auto makeWaiting = [&]() -> Outcome {
        const auto made = makeAgain(std::exchange(waiting, {}), slicer);
        healed += made.value_or(0);
        return made ? Outcome() : failure(made.error());
    };
    while (query->next()) {
        std::optional<Row> row = rowOf(*query);
        if (!row)
            continue;
        if (row->file.folder != sweptFolder) {
            sweptFolder = row->file.folder;
            sweepTemporaries(sweptFolder);
        }
        if (isDayFileSound(row->file, row->bytes))
            continue;
        waiting.append(std::move(*row));
        if (waiting.size() < MadeTogether)
            continue;
        if (const Outcome made = makeWaiting(); !made)
            return failure(made.error());
    }
    if (const Outcome made = makeWaiting(); !made)
        return failure(made.error());
    return healed;
}

Result<int> DayFileHealer::heal(const DaySlicer &slicer, const QList<CellKey> &cells)
{
    QList<Row> missing;
    for (const CellKey &cell : cells) {
        auto query =
            runSql(m_database,
                   QString(shownCells) +
                       "AND l.participant = ? AND l.provider = ? AND l.data_type = ? AND l.date = ?"_L1,
                   {cell.account.participant, cell.account.provider, cell.dataType,
                    cell.date.toString(Qt::ISODate)});
        if (!query)
            return failure(query.error());
        if (!query->next())
            continue;
        const std::optional<Row> row = rowOf(*query);
        if (row && !isDayFileSound(row->file, row->bytes))
            missing.append(*row);
    }
    int healed = 0;
    for (qsizetype from = 0; from < missing.size(); from += MadeTogether) {
        const auto made = makeAgain(missing.mid(from, MadeTogether), slicer);
        if (!made)
            return made;
        healed += *made;
    }
    return healed;
}

} // namespace wristkeep
