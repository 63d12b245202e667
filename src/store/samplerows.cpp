// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/samplerows.h"

#include "store/answerparts.h"

#include <QSet>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

using EntryState = SampleEntry::State;

/// Many rows a statement: SQLite spends more on opening and closing one than on a row (measured: a third of
/// the time). What is left over goes by smaller statements. SQLite's default limit is 32,766 bound values.
constexpr size_t ManyRows = 128;
constexpr size_t SomeRows = 8;

/// Looking for the stretch a sample came in, nobody has to look further back.
constexpr qint64 LongestStretch = 86400;

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

bool isFinerThanMinutes(const QString &resolution)
{
    return !resolution.endsWith("min"_L1);
}

/// What is kept and what came, ascending.
std::vector<SampleEntry> merged(const std::vector<Sample> &kept, const std::vector<Sample> &wanted,
                                WriteCounts &counts)
{
    std::vector<SampleEntry> entries;
    entries.reserve(kept.size() + wanted.size());
    auto old = kept.cbegin();
    const auto keepUntil = [&](qint64 t) {
        for (; old != kept.cend() && old->t < t; ++old)
            entries.push_back({old->t, old->v});
    };
    for (const Sample &sample : wanted) {
        keepUntil(sample.t);
        if (old == kept.cend() || old->t != sample.t) {
            entries.push_back({sample.t, sample.v, EntryState::Added});
            ++counts.added;
            continue;
        }
        const bool isSame = old->v == sample.v;
        ++(isSame ? counts.same : counts.changed);
        entries.push_back({sample.t, sample.v, isSame ? EntryState::Same : EntryState::Changed, old->v});
        ++old;
    }
    if (old != kept.cend())
        keepUntil(kept.back().t + 1);
    return entries;
}

std::vector<SampleEntry> entriesOf(const std::vector<SampleEntry> &entries, const CivilDay &day)
{
    const auto isBefore = [](const SampleEntry &entry, qint64 t) { return entry.t < t; };
    const auto first = std::lower_bound(entries.cbegin(), entries.cend(), day.startUtc, isBefore);
    return {first, std::lower_bound(first, entries.cend(), day.endUtc(), isBefore)};
}

const std::vector<Sample> &samplesOf(const DayContent &content, const SeriesName &name)
{
    static const std::vector<Sample> none;
    const auto found = content.samples.find(name);
    return found == content.samples.cend() ? none : found->second;
}

bool holds(const std::vector<Sample> &samples, qint64 t)
{
    return std::binary_search(samples.cbegin(), samples.cend(), Sample{t, 0},
                              [](const Sample &a, const Sample &b) { return a.t < b.t; });
}

} // namespace

DaySpans::DaySpans(QList<DaySpan> days, bool takesOutside)
    : m_days(std::move(days)), m_takesOutside(takesOutside)
{
}

const DaySpan *DaySpans::find(qint64 utc) const
{
    if (m_last < m_days.size() && isIn(m_days.at(m_last).day, utc))
        return &m_days.at(m_last);
    for (qsizetype i = 0; i < m_days.size(); ++i) {
        if (isIn(m_days.at(i).day, utc)) {
            m_last = i;
            return &m_days.at(i);
        }
    }
    return nullptr;
}

bool DaySpans::takes(qint64 utc) const
{
    const DaySpan *span = find(utc);
    return span ? span->isTaken : m_takesOutside;
}

QDate DaySpans::dateOf(qint64 utc) const
{
    const DaySpan *span = find(utc);
    return span ? span->day.date : QDate();
}

SampleRows::SampleRows(sqlite3 *database, HistoryRows &history, LevelRows &levels)
    : m_history(history), m_levels(levels),
      m_selectSeries(database, "SELECT id FROM series WHERE participant = ? AND provider = ? AND type = ? "
                               "AND resolution = ? AND unit = ?"),
      m_insertSeries(database, "INSERT INTO series (participant, provider, type, resolution, unit) "
                               "VALUES (?, ?, ?, ?, ?) RETURNING id"),
      m_seriesOfType(database, "SELECT id, resolution, unit FROM series WHERE participant = ? "
                               "AND provider = ? AND type = ?"),
      m_selectRange(database, "SELECT t, v FROM samples WHERE series = ? AND t >= ? AND t < ? ORDER BY t"),
      m_countRange(database, "SELECT count(*) FROM samples WHERE series = ? AND t >= ? AND t < ?"),
      m_insertMany(database, insertManySql()), m_insertSome(database, insertSomeSql()),
      m_upsert(database, "INSERT INTO samples (series, t, v) VALUES (?, ?, ?) "
                         "ON CONFLICT (series, t) DO UPDATE SET v = excluded.v"),
      m_delete(database, "DELETE FROM samples WHERE series = ? AND t = ?"),
      m_since(database, "SELECT max(fetched_at) FROM arrivals WHERE series = ?1 "
                        "AND first BETWEEN ?2 - 90000 AND ?2 AND last >= ?2"),
      m_forgetArrivals(database, "DELETE FROM arrivals WHERE series = ? AND first >= ? AND first < ?"),
      m_insertArrival(
          database, "INSERT OR REPLACE INTO arrivals (series, first, last, fetched_at) VALUES (?, ?, ?, ?)"),
      m_typesIn(database,
                "SELECT s.type FROM series s WHERE s.participant = ? AND s.provider = ? "
                "AND EXISTS (SELECT 1 FROM samples x WHERE x.series = s.id AND x.t >= ? AND x.t < ?)"),
      m_read(database, "SELECT x.t, x.v FROM series s JOIN samples x ON x.series = s.id "
                       "WHERE s.participant = ? AND s.provider = ? AND s.type = ? AND x.t >= ? AND x.t < ? "
                       "ORDER BY x.t")
{
}

Result<qint64> SampleRows::seriesId(const AccountKey &account, const SampleSeries &series)
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

Result<QList<SampleRows::KeptSeries>> SampleRows::seriesOf(const AccountKey &account, const QString &dataType,
                                                           const DayContent &content)
{
    QSet<QString> types{dataType};
    for (const auto &[name, samples] : content.samples)
        types.insert(std::get<0>(name));
    QList<KeptSeries> all;
    for (const QString &type : std::as_const(types)) {
        m_seriesOfType.with(account.participant, account.provider, type);
        for (;;) {
            const auto row = m_seriesOfType.step();
            if (!row)
                return failure(row.error());
            if (!*row)
                break;
            all.append({m_seriesOfType.integer(0), {type, m_seriesOfType.text(1), m_seriesOfType.text(2)}});
        }
    }
    return all;
}

Result<std::vector<Sample>> SampleRows::present(qint64 series, UtcRange range)
{
    std::vector<Sample> samples;
    m_selectRange.with(series, range.startUtc, range.endUtc);
    for (;;) {
        const auto row = m_selectRange.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return samples;
        samples.push_back({m_selectRange.integer(0), m_selectRange.real(1)});
    }
}

Outcome SampleRows::write(const Provenance &from, const SampleSeries &series, const DaySpans &days,
                          WriteCounts &counts)
{
    std::vector<Sample> wanted = inOrder(series.samples);
    wanted.erase(std::remove_if(wanted.begin(), wanted.end(),
                                [&days](const Sample &sample) { return !days.takes(sample.t); }),
                 wanted.end());
    if (wanted.empty())
        return {};
    const auto id = seriesId(from.account, series);
    if (!id)
        return failure(id.error());
    const auto range = m_levels.around(from.account, wanted.front().t, wanted.back().t);
    if (!range)
        return failure(range.error());
    const auto kept = present(*id, *range);
    if (!kept)
        return failure(kept.error());
    return writeEntries(from, {*id, {series.type, series.resolution, series.unit}}, days,
                        merged(*kept, wanted, counts));
}

Outcome SampleRows::remember(const Provenance &from, const KeptSeries &series, const Sample &old, bool isGone)
{
    const auto &[type, resolution, unit] = series.name;
    auto arrived = m_since.with(series.id, old.t).step();
    if (!arrived)
        return failure(arrived.error());
    const qint64 since = m_since.integer(0);
    m_since.reset();
    const auto changed = m_history.lastChange(from.account, type, series.id, old.t);
    if (!changed)
        return failure(changed.error());
    return m_history.remember(from, {u"sample"_s, type, QString::number(old.t), old.v, unit, series.id,
                                     std::max(since, *changed), isGone});
}

Outcome SampleRows::writeEntries(const Provenance &from, const KeptSeries &series, const DaySpans &days,
                                 const std::vector<SampleEntry> &entries)
{
    std::vector<Sample> added;
    bool isNews = false;
    for (const SampleEntry &entry : entries) {
        isNews = isNews || entry.isNews();
        if (entry.state == EntryState::Added)
            added.push_back({entry.t, entry.v});
        if (entry.state != EntryState::Changed && entry.state != EntryState::Gone)
            continue;
        const bool isGone = entry.state == EntryState::Gone;
        if (!from.isInterim(days.dateOf(entry.t))) {
            const Sample old{entry.t, isGone ? entry.v : entry.oldV};
            if (auto kept = remember(from, series, old, isGone); !kept)
                return kept;
        }
        const auto written = isGone ? m_delete.with(series.id, entry.t).run()
                                    : m_upsert.with(series.id, entry.t, entry.v).run();
        if (!written)
            return written;
    }
    if (!isNews)
        return {};
    if (auto inserted = insert(series.id, added); !inserted)
        return inserted;
    if (auto noted = noteArrivals(from, series.id, days, entries); !noted)
        return noted;
    return m_levels.write(from.account, series.id, isFinerThanMinutes(std::get<1>(series.name)), entries);
}

Outcome SampleRows::insert(qint64 series, const std::vector<Sample> &samples)
{
    size_t next = 0;
    const auto insertBy = [&](Statement &statement, size_t rows) -> Outcome {
        for (; samples.size() - next >= rows; next += rows) {
            statement.with(series);
            for (size_t i = next; i < next + rows; ++i)
                statement.also(samples[i].t, samples[i].v);
            if (auto written = statement.run(); !written)
                return written;
        }
        return {};
    };
    return insertBy(m_insertMany, ManyRows)
        .and_then([&] { return insertBy(m_insertSome, SomeRows); })
        .and_then([&] { return insertBy(m_upsert, 1); });
}

Outcome SampleRows::noteArrivals(const Provenance &from, qint64 series, const DaySpans &days,
                                 const std::vector<SampleEntry> &entries)
{
    for (const DaySpan &span : days.days()) {
        if (auto noted = noteArrivalsOf(from, series, span, entriesOf(entries, span.day)); !noted)
            return noted;
    }
    std::vector<SampleEntry> outside;
    std::copy_if(entries.cbegin(), entries.cend(), std::back_inserter(outside),
                 [&days](const SampleEntry &entry) { return !days.dateOf(entry.t).isValid(); });
    return noteRuns(series, from.fetchedAtUtc, outside);
}

Outcome SampleRows::noteArrivalsOf(const Provenance &from, qint64 series, const DaySpan &span,
                                   const std::vector<SampleEntry> &entries)
{
    const CivilDay &day = span.day;
    if (std::none_of(entries.cbegin(), entries.cend(), [](const SampleEntry &e) { return e.isNews(); }))
        return {};
    const bool isInterim = from.isInterim(day.date);
    const bool isAllNew = std::all_of(entries.cbegin(), entries.cend(),
                                      [](const SampleEntry &e) { return e.state == EntryState::Added; });
    if (!isInterim && !isAllNew)
        return noteRuns(series, from.fetchedAtUtc, entries);
    if (isInterim) {
        if (auto forgot = m_forgetArrivals.with(series, day.startUtc, day.endUtc()).run(); !forgot)
            return forgot;
    }
    return noteArrival(series, day.startUtc, day.endUtc() - 1, from.fetchedAtUtc);
}

Outcome SampleRows::noteRuns(qint64 series, qint64 fetchedAtUtc, const std::vector<SampleEntry> &entries)
{
    for (auto at = entries.cbegin(); at != entries.cend();) {
        if (at->state != EntryState::Added) {
            ++at;
            continue;
        }
        const qint64 first = at->t;
        qint64 last = first;
        for (; at != entries.cend() && at->state == EntryState::Added && at->t - first < LongestStretch; ++at)
            last = at->t;
        if (auto noted = noteArrival(series, first, last, fetchedAtUtc); !noted)
            return noted;
    }
    return {};
}

Outcome SampleRows::noteArrival(qint64 series, qint64 first, qint64 last, qint64 fetchedAtUtc)
{
    return m_insertArrival.with(series, first, last, fetchedAtUtc).run();
}

Outcome SampleRows::withdraw(const Provenance &from, const DayContent &content, WriteCounts &counts)
{
    const CivilDay &day = content.day;
    const auto all = seriesOf(from.account, from.dataType, content);
    if (!all)
        return failure(all.error());
    for (const KeptSeries &series : *all) {
        const std::vector<Sample> &wanted = samplesOf(content, series.name);
        auto counted = m_countRange.with(series.id, day.startUtc, day.endUtc()).step();
        if (!counted)
            return failure(counted.error());
        const qint64 kept = m_countRange.integer(0);
        m_countRange.reset();
        if (kept == qint64(wanted.size()))
            continue; // All of the answer is in, so nothing else can be.
        const auto range = m_levels.around(from.account, day.startUtc, day.endUtc() - 1);
        if (!range)
            return failure(range.error());
        const auto samples = present(series.id, *range);
        if (!samples)
            return failure(samples.error());
        std::vector<SampleEntry> entries;
        entries.reserve(samples->size());
        for (const Sample &sample : *samples) {
            const bool isGone = isIn(day, sample.t) && !holds(wanted, sample.t);
            entries.push_back({sample.t, sample.v, isGone ? EntryState::Gone : EntryState::Same});
            counts.withdrawn += isGone ? 1 : 0;
        }
        if (auto written = writeEntries(from, series, DaySpans({{day}}, false), entries); !written)
            return written;
    }
    return {};
}

Outcome SampleRows::confirm(const AccountKey &account, const QString &dataType, const DayContent &content,
                            Confirmation &sum)
{
    const auto all = seriesOf(account, dataType, content);
    if (!all)
        return failure(all.error());
    for (const KeptSeries &series : *all) {
        const auto kept = present(series.id, {content.day.startUtc, content.day.endUtc()});
        if (!kept)
            return failure(kept.error());
        WriteCounts counts;
        merged(*kept, samplesOf(content, series.name), counts);
        sum.kept += qint64(kept->size());
        sum.confirmed += counts.same;
    }
    return {};
}

Result<bool> SampleRows::hasKind(const AccountKey &account, const QString &kind, UtcRange range)
{
    m_typesIn.with(account.participant, account.provider, range.startUtc, range.endUtc);
    for (;;) {
        const auto row = m_typesIn.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return false;
        if (kindOf(m_typesIn.text(0)) == kind) {
            m_typesIn.reset();
            return true;
        }
    }
}

Result<QList<Sample>> SampleRows::read(const AccountKey &account, const QString &type, UtcRange range)
{
    QList<Sample> result;
    m_read.with(account.participant, account.provider, type, range.startUtc, range.endUtc);
    for (;;) {
        const auto row = m_read.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return result;
        result.append({m_read.integer(0), m_read.real(1)});
    }
}

} // namespace wristkeep
