// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/dayfilehealer.h"

#include "core/failpoint.h"
#include "core/logging.h"
#include "store/archive.h"
#include "store/durablefile.h"
#include "store/sql.h"

#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr auto shownCells =
    "SELECT l.participant, l.provider, l.data_type, l.date, l.has_data, d.sha256, d.bytes, l.day_pages, "
    "l.day_bytes, d.first, d.last, d.zone, d.zone_source, d.id "
    "FROM ledger l JOIN documents d ON d.id = l.day_document WHERE (l.has_data = 1 OR l.day_bytes = 0) "_L1;

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
};

DayFileHealer::DayFileHealer(const QSqlDatabase &database, const Archive &archive)
    : m_database(database), m_archive(archive),
      m_hash(sqliteHandle(database), "SELECT sha256 FROM documents WHERE id = ?")
{
}

DayFileHealer::Row DayFileHealer::rowOf(const QSqlQuery &query)
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
    return row;
}

Outcome DayFileHealer::readBodies(const Row &row)
{
    if (row.documents == m_readFrom)
        return {};
    m_readFrom.clear();
    m_bodies.clear();
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
        m_bodies.append(std::move(*body));
    }
    m_readFrom = row.documents;
    return {};
}

Result<QByteArray> DayFileHealer::dayBytes(const Row &row, const DaySlicer &slicer)
{
    if (!row.isShare)
        return m_archive.body(row.task.account.provider, row.task.account.participant, row.sha256);
    if (!slicer)
        return failure(ErrorKind::Internal, u"Nobody knows how to cut the answer."_s);
    if (auto read = readBodies(row); !read)
        return failure(read.error());
    return slicer({m_bodies, row.date, row.task, row.zone});
}

Result<bool> DayFileHealer::healOne(const Row &row, const DayFile &file, const DaySlicer &slicer)
{
    if (isDayFileSound(file, row.bytes))
        return false;
    const auto bytes = dayBytes(row, slicer);
    if (!bytes) {
        qCWarning(lcStore).noquote() << "Cannot rebuild" << file.path() + u':' << bytes.error().detail;
        return false;
    }
    const auto written = showDayFiles({{file, *bytes, {row.hasData, {}}}});
    if (!written)
        return failure(written.error());
    WRISTKEEP_FAIL_POINT("store.heal.file");
    return !written->isEmpty();
}

Result<int> DayFileHealer::heal(const DaySlicer &slicer)
{
    auto query = runSql(m_database, QString(shownCells) + "ORDER BY l.participant, l.provider, d.id"_L1);
    if (!query)
        return failure(query.error());
    const auto healed = healAll(std::move(*query), slicer, Sweep::Yes);
    m_readFrom.clear();
    m_bodies.clear();
    return healed;
}

Result<int> DayFileHealer::heal(const DaySlicer &slicer, const QList<CellKey> &cells)
{
    int all = 0;
    for (const CellKey &cell : cells) {
        auto query =
            runSql(m_database,
                   QString(shownCells) +
                       "AND l.participant = ? AND l.provider = ? AND l.data_type = ? AND l.date = ?"_L1,
                   {cell.account.participant, cell.account.provider, cell.dataType,
                    cell.date.toString(Qt::ISODate)});
        if (!query)
            return failure(query.error());
        const auto healed = healAll(std::move(*query), slicer, Sweep::No);
        if (!healed)
            return healed;
        all += *healed;
    }
    m_readFrom.clear();
    m_bodies.clear();
    return all;
}

Result<int> DayFileHealer::healAll(QSqlQuery query, const DaySlicer &slicer, Sweep sweep)
{
    int healed = 0;
    QString sweptFolder;
    while (query.next()) {
        const Row row = rowOf(query);
        const auto folder = m_archive.participantDir(row.task.account.provider, row.task.account.participant);
        if (!folder)
            continue; // A provider without a folder in these settings: nothing to show there.
        if (sweep == Sweep::Yes && *folder != sweptFolder) {
            sweepTemporaries(*folder);
            sweptFolder = *folder;
        }
        const auto done = healOne(row, {*folder, row.task.dataType, row.date}, slicer);
        if (!done)
            return failure(done.error());
        healed += *done ? 1 : 0;
    }
    return healed;
}

} // namespace wristkeep
