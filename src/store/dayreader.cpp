// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/dayreader.h"

#include "store/accounts.h"
#include "store/ledger.h"
#include "store/readonlyconnection.h"
#include "store/sql.h"

#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

// docs/DATA.md names the types; what a provider lacks is simply not there.
constexpr QLatin1StringView stepsType("steps");
constexpr QLatin1StringView heartType("heartrate_1min");
constexpr QLatin1StringView restingType("resting_heart_rate");
constexpr QLatin1StringView minuteStepsType("steps_1min");

Result<CivilDay> readCivilDay(QSqlDatabase &database, const AccountKey &account, QDate date)
{
    auto query = runSql(database,
                        u"SELECT zone, zone_source, start_utc, seconds, offset_s, change_utc, offset_after_s "
                        u"FROM civil_days WHERE participant = ? AND provider = ? AND date = ?"_s,
                        {account.participant, account.provider, date.toString(Qt::ISODate)});
    if (!query)
        return failure(query.error());
    if (!query->next()) {
        const auto profile = Accounts(database).profile(account);
        if (!profile)
            return failure(profile.error());
        return civilDay(date, *profile ? (*profile)->zone : computerZone());
    }
    CivilDay day;
    day.date = date;
    day.zone = query->value(0).toString();
    day.source = zoneSourceFromName(query->value(1).toString()).value_or(ZoneSource::Computer);
    day.startUtc = query->value(2).toLongLong();
    day.seconds = query->value(3).toInt();
    day.offsetS = query->value(4).toInt();
    if (!query->isNull(5))
        day.changeUtc = query->value(5).toLongLong();
    day.offsetAfterS = query->value(6).toInt();
    return day;
}

Outcome readCells(DayRecord &record, QSqlDatabase &database)
{
    const QDate date = record.day.date;
    const auto cells = Ledger(database).cells(record.account, {stepsType, heartType}, date, date);
    if (!cells)
        return failure(cells.error());
    for (const Cell &cell : *cells)
        (cell.key.dataType == stepsType ? record.stepsCell : record.heartCell) = cell;
    return {};
}

Outcome readDaily(DayRecord &record, QSqlDatabase &database)
{
    auto query = runSql(database,
                        u"SELECT data_type, value FROM v_daily WHERE participant = ? AND provider = ? "
                        u"AND date = ? AND data_type IN (?, ?)"_s,
                        {record.account.participant, record.account.provider,
                         record.day.date.toString(Qt::ISODate), stepsType, restingType});
    if (!query)
        return failure(query.error());
    while (query->next()) {
        const bool isSteps = query->value(0).toString() == stepsType;
        (isSteps ? record.steps : record.restingHeartRate) = query->value(1).toDouble();
    }
    return {};
}

Result<std::vector<Sample>> readSamples(const DayRecord &record, QSqlDatabase &database,
                                        QLatin1StringView type)
{
    auto query = runSql(database,
                        u"SELECT x.t, x.v FROM series s JOIN samples x ON x.series = s.id "
                        u"WHERE s.participant = ? AND s.provider = ? AND s.type = ? AND x.t >= ? AND x.t < ? "
                        u"ORDER BY x.t"_s,
                        {record.account.participant, record.account.provider, type, record.day.startUtc,
                         record.day.endUtc()});
    if (!query)
        return failure(query.error());
    std::vector<Sample> samples;
    while (query->next())
        samples.push_back({query->value(0).toLongLong(), query->value(1).toDouble()});
    return samples;
}

std::optional<int> minutesWith(const std::vector<Sample> &samples, qint64 startUtc)
{
    int minutes = 0;
    qint64 last = -1;
    for (const Sample &sample : samples) {
        const qint64 minute = (sample.t - startUtc) / 60;
        minutes += minute != last ? 1 : 0;
        last = minute;
    }
    return minutes > 0 ? std::optional(minutes) : std::nullopt;
}

std::vector<HourlySteps> byHour(const std::vector<Sample> &minutes, const CivilDay &day)
{
    std::vector<HourlySteps> hours;
    auto next = minutes.cbegin();
    for (const WallHour &hour : wallHours(day)) {
        const auto first = next;
        double sum = 0;
        for (; next != minutes.cend() && next->t < hour.startUtc + hour.seconds; ++next)
            sum += next->v;
        if (next != first)
            hours.push_back({hour, sum});
    }
    return hours;
}

Outcome readAll(DayRecord &record, QSqlDatabase &database)
{
    if (auto read = readCells(record, database); !read)
        return read;
    if (auto read = readDaily(record, database); !read)
        return read;
    auto heartRate = readSamples(record, database, heartType);
    if (!heartRate)
        return failure(heartRate.error());
    record.heartRate = std::move(*heartRate);
    record.heartMinutes = minutesWith(record.heartRate, record.day.startUtc);
    const auto steps = readSamples(record, database, minuteStepsType);
    if (!steps)
        return failure(steps.error());
    record.hourlySteps = byHour(*steps, record.day);
    return {};
}

Result<DayRecord> readDay(QSqlDatabase &database, const AccountKey &account, QDate date)
{
    const Result<CivilDay> day = readCivilDay(database, account, date);
    if (!day)
        return failure(day.error());
    DayRecord record;
    record.account = account;
    record.day = *day;
    if (const Outcome read = readAll(record, database); !read)
        return failure(read.error());
    return record;
}

bool hasData(const DayRecord &record)
{
    return (record.stepsCell && record.stepsCell->hasData) || (record.heartCell && record.heartCell->hasData);
}

/// The day as one thing where two providers have kept it, the account's own before its predecessor's.
Result<DayRecord> joined(DayRecord own, QSqlDatabase &database, const AccountKey &before)
{
    if (hasData(own)) {
        DayRecord earlier;
        earlier.account = before;
        earlier.day = own.day;
        if (const Outcome read = readDaily(earlier, database); !read)
            return failure(read.error());
        own.predecessorSteps = earlier.steps;
        return own;
    }
    Result<DayRecord> earlier = readDay(database, before, own.day.date);
    if (!earlier || !hasData(*earlier))
        return earlier ? Result<DayRecord>(std::move(own)) : earlier;
    earlier->keptFrom = before.provider;
    earlier->account = own.account;
    return earlier;
}

} // namespace

DayReader::DayReader(QString databaseFile, QHash<QString, QString> predecessors)
    : m_file(std::move(databaseFile)), m_predecessors(std::move(predecessors))
{
}

Result<SyncedDays> DayReader::syncedDays(const AccountKey &account) const
{
    SyncedDays synced{account, {}, {}};
    ReadOnlyConnection connection;
    const Result<bool> opened = connection.open(m_file);
    if (!opened)
        return failure(readable(opened.error()));
    if (!*opened)
        return synced;
    auto query = runSql(
        connection.database(),
        u"SELECT date, max(provider = ?) FROM ledger WHERE participant = ? AND (provider = ? OR (provider = "
        u"? AND "
        u"has_data = 1)) GROUP BY date ORDER BY date"_s,
        {account.provider, account.participant, account.provider, m_predecessors.value(account.provider)});
    if (!query)
        return failure(readable(query.error()));
    bool isOwn = false;
    while (query->next()) {
        const QDate date = QDate::fromString(query->value(0).toString(), Qt::ISODate);
        if (date.isValid())
            synced.days.append(date);
        isOwn = isOwn || query->value(1).toBool();
    }
    if (!isOwn && !synced.days.isEmpty())
        synced.goesOnFrom = synced.days.last();
    return synced;
}

Result<DayRecord> DayReader::day(const AccountKey &account, QDate date) const
{
    ReadOnlyConnection connection;
    const Result<bool> opened = connection.open(m_file);
    if (!opened)
        return failure(readable(opened.error()));
    if (!*opened) {
        DayRecord nothing;
        nothing.account = account;
        nothing.day = civilDay(date, computerZone());
        return nothing;
    }
    Result<DayRecord> own = readDay(connection.database(), account, date);
    if (!own)
        return failure(readable(own.error()));
    const QString predecessor = m_predecessors.value(account.provider);
    if (predecessor.isEmpty())
        return own;
    Result<DayRecord> day =
        joined(std::move(*own), connection.database(), {account.participant, predecessor});
    return day ? day : failure(readable(day.error()));
}

Error DayReader::readable(Error error) const
{
    // A person knows the path, not the address SQLite was given.
    QUrl url = QUrl::fromLocalFile(m_file);
    const QString plain = url.toString(QUrl::FullyEncoded);
    url.setQuery(u"immutable=1"_s);
    error.detail.replace(url.toString(QUrl::FullyEncoded), m_file).replace(plain, m_file);
    return error;
}

} // namespace wristkeep
