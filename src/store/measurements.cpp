// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/measurements.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

bool isEarlier(const Sample &a, const Sample &b)
{
    return a.t < b.t;
}

/// Many rows a statement: SQLite spends more on opening and closing one than on a row (measured: a third of
/// the time). What is left over goes by smaller statements. SQLite's default limit is 32,766 bound values.
constexpr size_t ManyRows = 128;
constexpr size_t SomeRows = 8;

QByteArray insertSql(size_t rows)
{
    QByteArray text = "INSERT INTO samples (series, t, v) VALUES (?1, ?2, ?3)";
    for (size_t row = 1; row < rows; ++row)
        text += ",(?1, ?" + QByteArray::number(2 * row + 2) + ", ?" + QByteArray::number(2 * row + 3) + ')';
    return text;
}

const char *insertManySql()
{
    static const QByteArray sql = insertSql(ManyRows);
    return sql.constData();
}

const char *insertSomeSql()
{
    static const QByteArray sql = insertSql(SomeRows);
    return sql.constData();
}

bool isInOrder(const std::vector<Sample> &samples)
{
    return std::adjacent_find(samples.cbegin(), samples.cend(),
                              [](const Sample &a, const Sample &b) { return a.t >= b.t; }) == samples.cend();
}

/// Ascending, one a second, the last of a second wins.
std::vector<Sample> inOrder(std::vector<Sample> samples)
{
    if (isInOrder(samples))
        return samples;
    if (!std::is_sorted(samples.cbegin(), samples.cend(), isEarlier))
        std::stable_sort(samples.begin(), samples.end(), isEarlier);
    std::vector<Sample> result;
    result.reserve(samples.size());
    for (const Sample &sample : samples) {
        if (!result.empty() && result.back().t == sample.t)
            result.back() = sample;
        else
            result.push_back(sample);
    }
    return result;
}

QString sessionText(const Session &session)
{
    QJsonArray stages;
    for (const Session::Stage &stage : session.stages)
        stages.append(QJsonArray{stage.startUtc, stage.seconds, stage.stage});
    const QJsonObject object{{u"date"_s, session.date.toString(Qt::ISODate)},
                             {u"start_utc"_s, session.startUtc},
                             {u"end_utc"_s, session.endUtc},
                             {u"details"_s, session.details},
                             {u"stages"_s, stages}};
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

Measurements::Measurements(sqlite3 *database)
    : m_selectDay(database,
                  "SELECT zone, zone_source, start_utc, seconds, offset_s, change_utc, offset_after_s "
                  "FROM civil_days WHERE participant = ? AND provider = ? AND date = ?"),
      m_upsertDay(database,
                  "INSERT OR REPLACE INTO civil_days (participant, provider, date, zone, zone_source, "
                  "start_utc, seconds, offset_s, change_utc, offset_after_s) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_selectSeries(database, "SELECT id FROM series WHERE participant = ? AND provider = ? AND type = ? "
                               "AND resolution = ? AND unit = ?"),
      m_insertSeries(database, "INSERT INTO series (participant, provider, type, resolution, unit) "
                               "VALUES (?, ?, ?, ?, ?) RETURNING id"),
      m_selectRange(database, "SELECT t, v FROM samples WHERE series = ? AND t BETWEEN ? AND ? ORDER BY t"),
      m_insertMany(database, insertManySql()), m_insertSome(database, insertSomeSql()),
      m_upsertSample(database, "INSERT INTO samples (series, t, v) VALUES (?, ?, ?) "
                               "ON CONFLICT (series, t) DO UPDATE SET v = excluded.v"),
      m_selectDaily(database, "SELECT value, unit, data_type, withheld FROM daily_values "
                              "WHERE participant = ? AND provider = ? AND type = ? AND date = ?"),
      m_upsertDaily(database,
                    "INSERT INTO daily_values (participant, provider, type, date, value, unit, data_type, "
                    "zero_witness, withheld, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT (participant, provider, type, date) DO UPDATE SET "
                    "value = excluded.value, unit = excluded.unit, data_type = excluded.data_type, "
                    "zero_witness = excluded.zero_witness, withheld = excluded.withheld, "
                    "document = excluded.document"),
      m_selectSession(database, "SELECT id, date, start_utc, end_utc, details FROM sessions "
                                "WHERE participant = ? AND provider = ? AND type = ? AND key = ?"),
      m_upsertSession(database,
                      "INSERT INTO sessions (participant, provider, type, key, date, start_utc, end_utc, "
                      "details, data_type, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                      "ON CONFLICT (participant, provider, type, key) DO UPDATE SET "
                      "date = excluded.date, start_utc = excluded.start_utc, end_utc = excluded.end_utc, "
                      "details = excluded.details, data_type = excluded.data_type, "
                      "document = excluded.document RETURNING id"),
      m_selectStages(database, "SELECT start_utc, seconds, stage FROM stages WHERE session = ? ORDER BY n"),
      m_deleteStages(database, "DELETE FROM stages WHERE session = ?"),
      m_insertStage(database,
                    "INSERT INTO stages (session, n, start_utc, seconds, stage) VALUES (?, ?, ?, ?, ?)"),
      m_hasSamples(database,
                   "SELECT 1 FROM series s WHERE s.participant = ? AND s.provider = ? AND s.type = ? "
                   "AND EXISTS (SELECT 1 FROM samples x WHERE x.series = s.id AND x.t >= ? AND x.t < ?)"),
      m_samples(database,
                "SELECT x.t, x.v FROM series s JOIN samples x ON x.series = s.id "
                "WHERE s.participant = ? AND s.provider = ? AND s.type = ? AND x.t >= ? AND x.t < ? "
                "ORDER BY x.t"),
      m_selectWithheld(database, "SELECT data_type, count(*) FROM daily_values "
                                 "INDEXED BY ix_daily_values_withheld WHERE participant = ? AND provider = ? "
                                 "AND date = ? AND withheld = 1 AND zero_witness = ? "
                                 "GROUP BY data_type"),
      m_release(database, "UPDATE daily_values INDEXED BY ix_daily_values_withheld SET withheld = 0 WHERE "
                          "participant = ? AND provider = ? "
                          "AND date = ? AND withheld = 1 AND zero_witness = ?"),
      m_insertHistory(database,
                      "INSERT INTO history (kind, participant, provider, type, key, old_value, old_text, "
                      "old_fetched_at, new_fetched_at, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
{
}

Outcome Measurements::writeDay(const AccountKey &account, const CivilDay &day)
{
    auto present = this->day(account, day.date);
    if (!present)
        return failure(present.error());
    if (*present == day)
        return {};
    return m_upsertDay
        .with(account.participant, account.provider, day.date, day.zone, zoneSourceName(day.source),
              day.startUtc, day.seconds, day.offsetS, day.changeUtc, day.offsetAfterS)
        .run();
}

Result<std::optional<CivilDay>> Measurements::day(const AccountKey &account, QDate date)
{
    auto found = m_selectDay.with(account.participant, account.provider, date).step();
    if (!found)
        return failure(found.error());
    if (!*found)
        return std::nullopt;
    CivilDay day;
    day.date = date;
    day.zone = m_selectDay.text(0);
    day.source = zoneSourceFromName(m_selectDay.text(1)).value_or(ZoneSource::Computer);
    day.startUtc = m_selectDay.integer(2);
    day.seconds = int(m_selectDay.integer(3));
    day.offsetS = int(m_selectDay.integer(4));
    if (!m_selectDay.isNull(5))
        day.changeUtc = m_selectDay.integer(5);
    day.offsetAfterS = int(m_selectDay.integer(6));
    m_selectDay.reset();
    return day;
}

Result<qint64> Measurements::seriesId(const AccountKey &account, const SampleSeries &series)
{
    for (Statement *statement : {&m_selectSeries, &m_insertSeries}) {
        auto found =
            statement
                ->with(account.participant, account.provider, series.type, series.resolution, series.unit)
                .step();
        if (!found)
            return failure(found.error());
        if (*found) {
            const qint64 id = statement->integer(0);
            statement->reset();
            return id;
        }
    }
    return failure(ErrorKind::Internal, u"A new series got no number."_s);
}

Outcome Measurements::writeSamples(const Provenance &from, const SampleSeries &series,
                                   const std::function<std::optional<QDate>(qint64)> &dateOf,
                                   WriteCounts &counts)
{
    if (series.samples.empty())
        return {};
    const std::vector<Sample> wanted = inOrder(series.samples);
    const auto id = seriesId(from.account, series);
    if (!id)
        return failure(id.error());
    std::vector<Sample> present;
    m_selectRange.with(*id, wanted.front().t, wanted.back().t);
    for (;;) {
        const auto row = m_selectRange.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            break;
        present.push_back({m_selectRange.integer(0), m_selectRange.real(1)});
    }
    if (present.empty()) {
        std::vector<Sample> all;
        all.reserve(wanted.size());
        std::copy_if(wanted.cbegin(), wanted.cend(), std::back_inserter(all),
                     [&dateOf](const Sample &sample) { return dateOf(sample.t).has_value(); });
        counts.added += int(all.size());
        return insertSamples(*id, all);
    }
    auto old = present.cbegin();
    for (const Sample &sample : wanted) {
        const std::optional<QDate> date = dateOf(sample.t);
        if (!date)
            continue;
        while (old != present.cend() && old->t < sample.t)
            ++old;
        const bool isPresent = old != present.cend() && old->t == sample.t;
        if (isPresent && old->v == sample.v) {
            ++counts.same;
            continue;
        }
        if (isPresent) {
            auto kept = remember(from, u"sample"_s, series.type, QString::number(sample.t), old->v,
                                 series.unit, *date);
            if (!kept)
                return kept;
        }
        ++(isPresent ? counts.changed : counts.added);
        if (auto written = m_upsertSample.with(*id, sample.t, sample.v).run(); !written)
            return written;
    }
    return {};
}

Outcome Measurements::insertSamples(qint64 series, const std::vector<Sample> &samples)
{
    size_t next = 0;
    const auto insert = [&](Statement &statement, size_t rows) -> Outcome {
        for (; samples.size() - next >= rows; next += rows) {
            statement.with(series);
            for (size_t i = next; i < next + rows; ++i)
                statement.also(samples[i].t, samples[i].v);
            if (auto written = statement.run(); !written)
                return written;
        }
        return {};
    };
    return insert(m_insertMany, ManyRows)
        .and_then([&] { return insert(m_insertSome, SomeRows); })
        .and_then([&] { return insert(m_upsertSample, 1); });
}

Outcome Measurements::writeDaily(const Provenance &from, const DailyValue &value, bool withheld,
                                 WriteCounts &counts)
{
    const AccountKey &account = from.account;
    auto found = m_selectDaily.with(account.participant, account.provider, value.type, value.date).step();
    if (!found)
        return failure(found.error());
    if (*found) {
        const double oldValue = m_selectDaily.real(0);
        const QString oldUnit = m_selectDaily.text(1);
        const QString oldType = m_selectDaily.text(2);
        const bool wasWithheld = m_selectDaily.integer(3) != 0;
        m_selectDaily.reset();
        if (withheld && !wasWithheld)
            return {}; // A zero nobody believes says nothing about the value that is kept.
        const bool sameValue = oldValue == value.value && oldUnit == value.unit && wasWithheld == withheld;
        if (sameValue && oldType == from.dataType) {
            counts.same += withheld ? 0 : 1;
            return {};
        }
        if (!wasWithheld && !sameValue) {
            auto kept = remember(from, u"daily"_s, value.type, value.date.toString(Qt::ISODate), oldValue,
                                 oldUnit, value.date);
            if (!kept)
                return kept;
        }
        if (sameValue)
            ++counts.same;
        else
            ++(wasWithheld ? counts.added : counts.changed);
    } else if (!withheld) {
        ++counts.added;
    }
    return m_upsertDaily
        .with(account.participant, account.provider, value.type, value.date, value.value, value.unit,
              from.dataType, value.zeroWitness, withheld, from.document)
        .run();
}

Outcome Measurements::writeSession(const Provenance &from, const Session &session, WriteCounts &counts)
{
    const AccountKey &account = from.account;
    auto found =
        m_selectSession.with(account.participant, account.provider, session.type, session.key).step();
    if (!found)
        return failure(found.error());
    if (*found) {
        const qint64 oldId = m_selectSession.integer(0);
        Session old{session.type,
                    session.key,
                    m_selectSession.date(1),
                    m_selectSession.integer(2),
                    m_selectSession.integer(3),
                    {},
                    m_selectSession.text(4)};
        m_selectSession.reset();
        m_selectStages.with(oldId);
        for (;;) {
            const auto row = m_selectStages.step();
            if (!row)
                return failure(row.error());
            if (!*row)
                break;
            old.stages.append(
                {m_selectStages.integer(0), int(m_selectStages.integer(1)), m_selectStages.text(2)});
        }
        if (old == session) {
            ++counts.same;
            return {};
        }
        auto kept =
            remember(from, u"session"_s, session.type, session.key, std::nullopt, sessionText(old), old.date);
        if (!kept)
            return kept;
        if (auto cleared = m_deleteStages.with(oldId).run(); !cleared)
            return cleared;
        ++counts.changed;
    } else {
        ++counts.added;
    }
    auto written = m_upsertSession
                       .with(account.participant, account.provider, session.type, session.key, session.date,
                             session.startUtc, session.endUtc, session.details, from.dataType, from.document)
                       .step();
    if (!written)
        return failure(written.error());
    const qint64 id = m_upsertSession.integer(0);
    m_upsertSession.reset();
    int n = 0;
    for (const Session::Stage &stage : session.stages) {
        auto added = m_insertStage.with(id, n++, stage.startUtc, stage.seconds, stage.stage).run();
        if (!added)
            return added;
    }
    return {};
}

Result<bool> Measurements::hasSamples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                      qint64 endUtc)
{
    auto found = m_hasSamples.with(account.participant, account.provider, type, firstUtc, endUtc).step();
    m_hasSamples.reset();
    return found;
}

Result<QList<Sample>> Measurements::samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                            qint64 endUtc)
{
    QList<Sample> result;
    m_samples.with(account.participant, account.provider, type, firstUtc, endUtc);
    for (;;) {
        const auto row = m_samples.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return result;
        result.append({m_samples.integer(0), m_samples.real(1)});
    }
}

Result<std::optional<double>> Measurements::dailyValue(const AccountKey &account, const QString &type,
                                                       QDate date)
{
    auto found = m_selectDaily.with(account.participant, account.provider, type, date).step();
    if (!found)
        return failure(found.error());
    std::optional<double> value;
    if (*found && m_selectDaily.integer(3) == 0)
        value = m_selectDaily.real(0);
    m_selectDaily.reset();
    return value;
}

Result<QHash<QString, int>> Measurements::release(const AccountKey &account, QDate date,
                                                  const QString &witness)
{
    QHash<QString, int> released;
    m_selectWithheld.with(account.participant, account.provider, date, witness);
    for (;;) {
        const auto row = m_selectWithheld.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            break;
        released.insert(m_selectWithheld.text(0), int(m_selectWithheld.integer(1)));
    }
    if (released.isEmpty())
        return released;
    if (auto done = m_release.with(account.participant, account.provider, date, witness).run(); !done)
        return failure(done.error());
    return released;
}

Outcome Measurements::remember(const Provenance &from, const QString &kind, const QString &type,
                               const QString &key, std::optional<double> oldValue, const QString &oldText,
                               QDate date)
{
    const std::optional<qint64> before = from.fetchedBefore ? from.fetchedBefore(date) : std::nullopt;
    return m_insertHistory
        .with(kind, from.account.participant, from.account.provider, type, key, oldValue, oldText, before,
              from.fetchedAtUtc, from.document)
        .run();
}

} // namespace wristkeep
