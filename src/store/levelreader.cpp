// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/levelreader.h"

#include "store/readonlyconnection.h"
#include "store/sqlerror.h"

#include <QSqlError>
#include <QSqlQuery>

#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

QString pointsSql(LevelWidth width)
{
    const auto bucketsSql = [](int level) {
        return u"SELECT l.t AS utc, NULL AS date, l.n, l.min, l.sum / l.n, l.max FROM series s "
               u"JOIN levels l ON l.series = s.id AND l.level = %1 AND l.t >= :first AND l.t < :end "
               u"WHERE s.participant = :participant AND s.provider = :provider AND s.type = :type"_s.arg(
                   level);
    };
    switch (width) {
    case LevelWidth::Minute:
        return bucketsSql(60) +
               u" UNION ALL SELECT x.t, NULL, 1, x.v, x.v, x.v FROM series s "
               u"JOIN samples x ON x.series = s.id AND x.t >= :first AND x.t < :end "
               u"WHERE s.participant = :participant AND s.provider = :provider AND s.type = :type "
               u"AND s.resolution LIKE '%min' ORDER BY utc"_s;
    case LevelWidth::Hour:
        return bucketsSql(3600) + u" ORDER BY utc"_s;
    case LevelWidth::Day:
        break;
    }
    return u"SELECT c.start_utc AS utc, c.date, l.n, l.min, l.sum / l.n, l.max FROM series s "
           u"JOIN civil_days c ON c.participant = s.participant AND c.provider = s.provider "
           u"AND c.start_utc >= :first AND c.start_utc < :end "
           u"JOIN levels l ON l.series = s.id AND l.level = 86400 "
           u"AND l.t = CAST(strftime('%s', c.date) AS INTEGER) "
           u"WHERE s.participant = :participant AND s.provider = :provider AND s.type = :type "
           u"ORDER BY utc"_s;
}

} // namespace

LevelReader::LevelReader(QString databaseFile) : m_file(std::move(databaseFile)) {}

Result<std::vector<LevelPoint>> LevelReader::points(const AccountKey &account, const QString &type,
                                                    LevelWidth width, qint64 firstUtc, qint64 endUtc) const
{
    std::vector<LevelPoint> points;
    ReadOnlyConnection connection;
    const Result<bool> opened = connection.open(m_file);
    if (!opened)
        return failure(opened.error());
    if (!*opened)
        return points;
    QSqlQuery query(connection.database());
    query.setForwardOnly(true);
    if (!query.prepare(pointsSql(width)))
        return failure(sqlError(query.lastError(), connection.database()));
    query.bindValue(u":participant"_s, account.participant);
    query.bindValue(u":provider"_s, account.provider);
    query.bindValue(u":type"_s, type);
    query.bindValue(u":first"_s, firstUtc);
    query.bindValue(u":end"_s, endUtc);
    if (!query.exec())
        return failure(sqlError(query.lastError(), connection.database()));
    while (query.next()) {
        points.push_back({query.value(0).toLongLong(),
                          QDate::fromString(query.value(1).toString(), Qt::ISODate), query.value(2).toInt(),
                          query.value(3).toDouble(), query.value(4).toDouble(), query.value(5).toDouble()});
    }
    return points;
}

} // namespace wristkeep
