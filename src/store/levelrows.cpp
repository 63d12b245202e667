// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/levelrows.h"

#include <algorithm>

namespace wristkeep {

namespace {

constexpr qint64 MinuteLevel = 60;
constexpr qint64 HourLevel = 3600;
constexpr qint64 DayLevel = 86400;
constexpr qint64 LongestDay = 90000; ///< 25 hours

/// As with samples, many rows a statement cost far less than one.
constexpr size_t LevelsAtOnce = 24;

QByteArray levelSql(size_t rows)
{
    QByteArray text = "INSERT OR REPLACE INTO levels (series, level, t, n, min, max, sum) VALUES ";
    for (size_t row = 0; row < rows; ++row) {
        text += row == 0 ? "(?1" : ",(?1";
        for (size_t i = 2; i <= 7; ++i)
            text += ", ?" + QByteArray::number(6 * row + i);
        text += ')';
    }
    return text;
}

const char *someLevelsSql()
{
    static const QByteArray sql = levelSql(LevelsAtOnce);
    return sql.constData();
}

const char *oneLevelSql()
{
    static const QByteArray sql = levelSql(1);
    return sql.constData();
}

/// A civil day is filed under midnight UTC of its date, which stays when its zone is put right.
qint64 dayKey(QDate date)
{
    return QDate(1970, 1, 1).daysTo(date) * DayLevel;
}

qint64 bucketOf(qint64 t, qint64 width)
{
    return t - t % width;
}

} // namespace

void LevelRows::Row::take(double v)
{
    least = n == 0 ? v : std::min(least, v);
    most = n == 0 ? v : std::max(most, v);
    sum += v;
    ++n;
}

LevelRows::LevelRows(sqlite3 *database)
    : m_selectDays(database, "SELECT date, start_utc, seconds FROM civil_days WHERE participant = ? "
                             "AND provider = ? AND start_utc > ? AND start_utc <= ?"),
      m_upsertSome(database, someLevelsSql()), m_upsertOne(database, oneLevelSql()),
      m_delete(database, "DELETE FROM levels WHERE series = ? AND level = ? AND t = ?"),
      m_deleteDay(database, "DELETE FROM levels WHERE level = 86400 AND t = ? AND series IN "
                            "(SELECT id FROM series WHERE participant = ? AND provider = ?)"),
      m_insertDay(database, "INSERT INTO levels "
                            "SELECT x.series, 86400, ?, count(*), min(x.v), max(x.v), sum(x.v) FROM series s "
                            "JOIN samples x ON x.series = s.id AND x.t >= ? AND x.t < ? "
                            "WHERE s.participant = ? AND s.provider = ? GROUP BY x.series")
{
}

Result<QList<CivilDay>> LevelRows::daysAround(const AccountKey &account, qint64 firstUtc, qint64 lastUtc)
{
    QList<CivilDay> days;
    m_selectDays.with(account.participant, account.provider, firstUtc - LongestDay, lastUtc);
    for (;;) {
        const auto row = m_selectDays.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return days;
        CivilDay day;
        day.date = m_selectDays.date(0);
        day.startUtc = m_selectDays.integer(1);
        day.seconds = int(m_selectDays.integer(2));
        if (day.endUtc() > firstUtc)
            days.append(day);
    }
}

Result<UtcRange> LevelRows::around(const AccountKey &account, qint64 firstUtc, qint64 lastUtc)
{
    const auto days = daysAround(account, firstUtc, lastUtc);
    if (!days)
        return failure(days.error());
    UtcRange range{bucketOf(firstUtc, HourLevel), bucketOf(lastUtc, HourLevel) + HourLevel};
    for (const CivilDay &day : *days) {
        range.startUtc = std::min(range.startUtc, day.startUtc);
        range.endUtc = std::max(range.endUtc, day.endUtc());
    }
    return range;
}

void LevelRows::addBuckets(qint64 width, const std::vector<SampleEntry> &entries, std::vector<Row> &rows)
{
    for (auto at = entries.cbegin(); at != entries.cend();) {
        Row row{width, bucketOf(at->t, width)};
        bool isNews = false;
        for (; at != entries.cend() && at->t < row.t + width; ++at) {
            isNews = isNews || at->isNews();
            if (at->state != SampleEntry::State::Gone)
                row.take(at->v);
        }
        if (isNews)
            rows.push_back(row);
    }
}

void LevelRows::addDay(const CivilDay &day, const std::vector<SampleEntry> &entries, std::vector<Row> &rows)
{
    Row row{DayLevel, dayKey(day.date)};
    bool isNews = false;
    auto at = std::lower_bound(entries.cbegin(), entries.cend(), day.startUtc,
                               [](const SampleEntry &entry, qint64 t) { return entry.t < t; });
    for (; at != entries.cend() && at->t < day.endUtc(); ++at) {
        isNews = isNews || at->isNews();
        if (at->state != SampleEntry::State::Gone)
            row.take(at->v);
    }
    if (isNews)
        rows.push_back(row);
}

Outcome LevelRows::write(const AccountKey &account, qint64 series, bool isFinerThanMinutes,
                         const std::vector<SampleEntry> &entries)
{
    const auto isNews = [](const SampleEntry &entry) { return entry.isNews(); };
    const auto first = std::find_if(entries.cbegin(), entries.cend(), isNews);
    if (first == entries.cend())
        return {};
    const auto last = std::find_if(entries.crbegin(), entries.crend(), isNews);
    std::vector<Row> rows;
    if (isFinerThanMinutes)
        addBuckets(MinuteLevel, entries, rows);
    addBuckets(HourLevel, entries, rows);
    const auto days = daysAround(account, first->t, last->t);
    if (!days)
        return failure(days.error());
    for (const CivilDay &day : *days)
        addDay(day, entries, rows);
    return writeRows(series, rows);
}

Outcome LevelRows::writeRows(qint64 series, const std::vector<Row> &rows)
{
    std::vector<Row> present;
    present.reserve(rows.size());
    for (const Row &row : rows) {
        if (row.n > 0) {
            present.push_back(row);
            continue;
        }
        if (auto gone = m_delete.with(series, row.level, row.t).run(); !gone)
            return gone;
    }
    for (size_t next = 0; next < present.size();) {
        const bool isMany = present.size() - next >= LevelsAtOnce;
        Statement &upsert = isMany ? m_upsertSome : m_upsertOne;
        const size_t end = next + (isMany ? LevelsAtOnce : 1);
        upsert.with(series);
        for (; next < end; ++next) {
            const Row &row = present[next];
            upsert.also(row.level, row.t, row.n, row.least, row.most, row.sum);
        }
        if (auto written = upsert.run(); !written)
            return written;
    }
    return {};
}

Outcome LevelRows::placeDay(const AccountKey &account, const CivilDay &day, bool isNew)
{
    const qint64 key = dayKey(day.date);
    if (!isNew) {
        if (auto gone = m_deleteDay.with(key, account.participant, account.provider).run(); !gone)
            return gone;
    }
    return m_insertDay.with(key, day.startUtc, day.endUtc(), account.participant, account.provider).run();
}

} // namespace wristkeep
