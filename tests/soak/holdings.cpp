// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/holdings.h"

#include "support/world.h"

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

QDate dateOf(const QVariant &text)
{
    return QDate::fromString(text.toString(), Qt::ISODate);
}

void readCells(World &world, Holdings &held)
{
    for (const QVariantList &row :
         world.query(u"SELECT data_type, date, state, has_data, suspicious, fetched_at FROM ledger"_s)) {
        HeldCell cell{row.at(2).toString(), row.at(3).toBool(), row.at(4).toBool(), std::nullopt};
        if (!row.at(5).isNull())
            cell.fetchedAt = row.at(5).toLongLong();
        held.cells.insert({row.at(0).toString(), dateOf(row.at(1))}, cell);
    }
}

void readValues(World &world, Holdings &held)
{
    for (const QVariantList &row :
         world.query(u"SELECT type, date, data_type, value FROM daily_values WHERE withheld = 0"_s))
        held.daily.insert({row.at(0).toString(), dateOf(row.at(1))},
                          {row.at(2).toString(), row.at(3).toDouble()});
    for (
        const QVariantList &row : world.query(
            u"SELECT s.type, x.t, x.v FROM series s JOIN samples x ON x.series = s.id ORDER BY s.id, x.t"_s)) {
        std::map<qint64, double> &samples = held.samples[row.at(0).toString()];
        samples.emplace_hint(samples.end(), row.at(1).toLongLong(), row.at(2).toDouble());
    }
    const QList<Night> nights = keptNights(world, u"type = 'sleep'"_s);
    for (const Night &night : nights)
        held.nights.insert(night.key, night);
}

} // namespace

bool HeldCell::isGood() const
{
    return isSettled() || state == u"provisional"_s;
}

bool HeldCell::isSettled() const
{
    return state == u"complete"_s || state == u"empty"_s;
}

CellContent Holdings::content(const CellPlace &place, const SoakDay &day) const
{
    CellContent content;
    for (auto it = daily.begin(); it != daily.end(); ++it) {
        if (it->dataType == place.first && it.key().second == place.second)
            content.daily.insert(it.key().first, it->value);
    }
    if (const auto series = samples.constFind(place.first); series != samples.constEnd())
        content.samples.insert(series->lower_bound(day.startUtc), series->lower_bound(day.endUtc));
    for (auto it = nights.begin(); it != nights.end() && place.first == u"sleep"_s; ++it) {
        if (it->date == place.second)
            content.nights.insert(it.key(), *it);
    }
    return content;
}

QString historyLine(const QString &kind, const QString &type, const QString &key)
{
    return kind + u'|' + type + u'|' + key;
}

Holdings readHoldings(World &world)
{
    Holdings held;
    readCells(world, held);
    readValues(world, held);
    for (const QVariantList &row : world.query(u"SELECT kind, type, key FROM history"_s))
        held.history.insert(historyLine(row.at(0).toString(), row.at(1).toString(), row.at(2).toString()));
    for (const QString &table : {u"samples"_s, u"daily_values"_s, u"sessions"_s, u"stages"_s, u"documents"_s,
                                 u"history"_s, u"arrivals"_s})
        held.counts[table] = world.value(u"SELECT count(*) FROM "_s + table).toLongLong();
    const QString hours =
        u"SELECT series, t - t % 3600, count(*), min(v), max(v) FROM samples GROUP BY 1, 2"_s;
    const QString levels = u"SELECT series, t, n, min, max FROM levels WHERE level = 3600"_s;
    for (const auto &[one, other] : {std::pair(hours, levels), {levels, hours}})
        held.wrongLevels +=
            world
                .value(
                    u"SELECT count(*) FROM (SELECT * FROM (%1) EXCEPT SELECT * FROM (%2))"_s.arg(one, other))
                .toInt();
    held.integrity = world.value(u"PRAGMA integrity_check"_s).toString();
    return held;
}

} // namespace wristkeep::test
