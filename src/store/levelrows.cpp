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
    : m_selectDays(
          database,
          "SELECT c.date, c.start_utc, coalesce(min(c.seconds, n.start_utc - c.start_utc), c.seconds) "
          "FROM civil_days c LEFT JOIN civil_days n ON n.participant = c.participant "
          "AND n.provider = c.provider AND n.date = date(c.date, '+1 day') "
          "AND n.start_utc > c.start_utc "
          "WHERE c.participant = ? AND c.provider = ? AND c.start_utc > ? AND c.start_utc <= ?"),
      m_selectDate(database, "SELECT start_utc, start_utc + seconds FROM civil_days "
                             "WHERE participant = ? AND provider = ? AND date = ?"),
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

// Whoever flies east begins a day while the one before it goes on: an instant of both is the later one's, as
// in v_samples.
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
    const auto next = placeOf(account, day.date.addDays(1));
    const auto before = placeOf(account, day.date.addDays(-1));
    if (!next || !before)
        return failure((next ? before : next).error());
    UtcRange own{day.startUtc, day.endUtc()};
    if (*next && (*next)->startUtc > own.startUtc)
        own.endUtc = std::min(own.endUtc, (*next)->startUtc);
    if (auto summed = sumUp(account, day.date, own, isNew); !summed)
        return summed;
    // A day that was elsewhere may have given back what it took from the one before.
    if (!*before || (*before)->startUtc >= day.startUtc || (isNew && (*before)->endUtc <= day.startUtc))
        return {};
    const UtcRange rest{(*before)->startUtc, std::min((*before)->endUtc, day.startUtc)};
    return sumUp(account, day.date.addDays(-1), rest, false);
}

Result<std::optional<UtcRange>> LevelRows::placeOf(const AccountKey &account, QDate date)
{
    auto found = m_selectDate.with(account.participant, account.provider, date).step();
    if (!found)
        return failure(found.error());
    std::optional<UtcRange> place;
    if (*found)
        place = UtcRange{m_selectDate.integer(0), m_selectDate.integer(1)};
    m_selectDate.reset();
    return place;
}

Outcome LevelRows::sumUp(const AccountKey &account, QDate date, UtcRange range, bool isNew)
{
    const qint64 key = dayKey(date);
    if (!isNew) {
        if (auto gone = m_deleteDay.with(key, account.participant, account.provider).run(); !gone)
            return gone;
    }
    return m_insertDay.with(key, range.startUtc, range.endUtc, account.participant, account.provider).run();
}

} // namespace wristkeep
