// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rebuildcompare.h"

#include "store/statement.h"

#include <QDateTime>
#include <QLocale>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Kind = RebuildDifference::Kind;

/// "9,120" and "71.25", whatever the computer's language.
QString numberText(double value)
{
    const bool isWhole = value == double(qint64(value));
    return isWhole ? QLocale(QLocale::English).toString(qint64(value)) : QString::number(value, 'g', 10);
}

QString countText(qint64 count, const QString &one, const QString &many)
{
    return numberText(double(count)) + u' ' + (count == 1 ? one : many);
}

/// A table's rows in the order of their keys; `told` puts into words what is compared.
struct Side
{
    Side(sqlite3 *database, const char *sql, int keys) : rows(database, sql), keyColumns(keys) {}

    Outcome begin(const RebuildScope &scope)
    {
        rows.with(scope.participant, scope.provider);
        return next();
    }

    Outcome next()
    {
        const auto row = rows.step();
        if (!row)
            return failure(row.error());
        isThere = *row;
        key.clear();
        for (int i = 0; isThere && i < keyColumns; ++i)
            key.append(rows.text(i).toUtf8());
        return {};
    }

    [[nodiscard]] QString what(const std::function<QString(const Statement &)> &told) const
    {
        return told(rows);
    }

    Statement rows;
    int keyColumns;
    QByteArrayList key; ///< SQLite's order of texts is that of their bytes
    bool isThere = false;
};

struct Table
{
    Kind kind;
    const char *sql;
    int keyColumns;
    QString (*words)(const Statement &);
    /// Where the difference is: account, type and date out of a row.
    void (*place)(const Statement &, RebuildDifference &);
};

QString dayWords(const Statement &row)
{
    const qint64 seconds = row.integer(5);
    const auto offset = [](qint64 s) {
        return u"UTC%1%2"_s.arg(s < 0 ? u"-"_s : u"+"_s,
                                QTime(0, 0).addSecs(int(std::abs(s))).toString(u"hh:mm"_s));
    };
    QString text = u"%1 (%2), %3 h from %4"_s.arg(
        row.text(3), offset(row.integer(6)), numberText(double(seconds) / 3600.0),
        QDateTime::fromSecsSinceEpoch(row.integer(4), Qt::UTC).toString(u"yyyy-MM-dd hh:mm"_s) + u" UTC"_s);
    if (!row.isNull(7))
        text += u", %1 from %2"_s.arg(
            offset(row.integer(8)),
            QDateTime::fromSecsSinceEpoch(row.integer(7), Qt::UTC).toString(u"hh:mm"_s) + u" UTC"_s);
    return text;
}

QString stateWords(const Statement &row)
{
    const bool hasData = row.integer(5) != 0;
    return row.text(4) +
           (hasData ? u", "_s + countText(row.integer(6), u"reading"_s, u"readings"_s) : u", no data"_s);
}

QString valueWords(const Statement &row)
{
    return numberText(row.real(4)) + u' ' + row.text(5) +
           (row.integer(6) != 0 ? u", not shown until readings witness it"_s : QString());
}

QString sessionWords(const Statement &row)
{
    const auto instant = [&row](int column) {
        return QDateTime::fromSecsSinceEpoch(row.integer(column), Qt::UTC).toString(u"yyyy-MM-dd hh:mm:ss"_s);
    };
    const QString stages = row.text(7);
    return u"%1 to %2 UTC, %3, stages %4, details %5"_s.arg(
        instant(5), instant(6), row.text(4), stages.isEmpty() ? u"none"_s : stages, row.text(8));
}

void placeOf(const Statement &row, RebuildDifference &difference, int type, int date)
{
    difference.account = {row.text(0), row.text(1)};
    difference.type = type < 0 ? QString() : row.text(type);
    difference.date = row.date(date);
}

const QList<Table> &tables()
{
    static const QList<Table> all{
        {Kind::Day,
         "SELECT participant, provider, date, zone, start_utc, seconds, offset_s, change_utc, offset_after_s "
         "FROM civil_days WHERE (?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2) "
         "ORDER BY participant, provider, date",
         3, dayWords, [](const Statement &row, RebuildDifference &to) { placeOf(row, to, -1, 2); }},
        {Kind::State,
         "SELECT participant, provider, data_type, date, state, has_data, points FROM ledger "
         "WHERE (?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2) "
         "ORDER BY participant, provider, data_type, date",
         4, stateWords, [](const Statement &row, RebuildDifference &to) { placeOf(row, to, 2, 3); }},
        {Kind::Value,
         "SELECT participant, provider, type, date, value, unit, withheld FROM daily_values "
         "WHERE (?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2) "
         "ORDER BY participant, provider, type, date",
         4, valueWords, [](const Statement &row, RebuildDifference &to) { placeOf(row, to, 2, 3); }},
        {Kind::Session,
         "SELECT participant, provider, type, key, date, start_utc, end_utc, "
         "(SELECT group_concat(part, '; ') FROM (SELECT stage || ' ' || seconds || ' s from ' || start_utc "
         "AS part FROM stages WHERE session = s.id ORDER BY n)), details FROM sessions s "
         "WHERE (?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2) "
         "ORDER BY participant, provider, type, key",
         4, sessionWords, [](const Statement &row, RebuildDifference &to) { placeOf(row, to, 2, 4); }},
    };
    return all;
}

class Comparison
{
public:
    Comparison(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope, const DifferenceSink &sink,
               const std::function<bool()> &stop)
        : m_kept(kept), m_rebuilt(rebuilt), m_scope(scope), m_sink(sink), m_stop(stop)
    {
    }

    Outcome compare(const Table &table);
    Outcome compareReadings();

private:
    struct Day;
    struct Series
    {
        qint64 id = 0;
        AccountKey account;
        QString type;
        QString unit;
    };

    Outcome tell(const RebuildDifference &difference)
    {
        return m_sink(difference) ? Outcome() : Outcome(failure(ErrorKind::Cancelled));
    }

    Outcome rest()
    {
        return ++m_looks % 4096 == 0 && m_stop() ? Outcome(failure(ErrorKind::Cancelled)) : Outcome();
    }

    Result<QList<Series>> allSeries();
    Outcome compareSeries(const Series &series);
    Outcome note(const Series &series, qint64 t, std::optional<double> kept, std::optional<double> rebuilt);
    Outcome tellOpen();
    Outcome placeReading(const Series &series, qint64 t, RebuildDifference &difference);

    sqlite3 *m_kept;
    sqlite3 *m_rebuilt;
    const RebuildScope &m_scope;
    const DifferenceSink &m_sink;
    const std::function<bool()> &m_stop;
    std::optional<RebuildDifference> m_open; ///< readings of one series and day, counted together
    qint64 m_openUntil = 0;
    int m_looks = 0;
};

Outcome Comparison::compare(const Table &table)
{
    Side kept(m_kept, table.sql, table.keyColumns);
    Side rebuilt(m_rebuilt, table.sql, table.keyColumns);
    auto moved = kept.begin(m_scope).and_then([&] { return rebuilt.begin(m_scope); });
    while (moved && (kept.isThere || rebuilt.isThere)) {
        const bool takesKept = kept.isThere && (!rebuilt.isThere || kept.key <= rebuilt.key);
        const bool takesRebuilt = rebuilt.isThere && (!kept.isThere || rebuilt.key <= kept.key);
        RebuildDifference difference;
        difference.kind = table.kind;
        if (takesKept)
            difference.kept = kept.what(table.words);
        if (takesRebuilt)
            difference.rebuilt = rebuilt.what(table.words);
        if (difference.kept != difference.rebuilt) {
            table.place(takesRebuilt ? rebuilt.rows : kept.rows, difference);
            moved = tell(difference);
        }
        if (moved)
            moved = rest();
        if (moved && takesKept)
            moved = kept.next();
        if (moved && takesRebuilt)
            moved = rebuilt.next();
    }
    return moved;
}

Result<QList<Comparison::Series>> Comparison::allSeries()
{
    QList<Series> all;
    Statement rows(m_rebuilt, "SELECT id, participant, provider, type, unit FROM series "
                              "WHERE (?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2) "
                              "ORDER BY participant, provider, type, id");
    rows.with(m_scope.participant, m_scope.provider);
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return all;
        all.append({rows.integer(0), {rows.text(1), rows.text(2)}, rows.text(3), rows.text(4)});
    }
}

Outcome Comparison::compareReadings()
{
    const auto all = allSeries();
    if (!all)
        return failure(all.error());
    for (const Series &series : *all) {
        if (auto done = compareSeries(series).and_then([this] { return tellOpen(); }); !done)
            return done;
    }
    return {};
}

Outcome Comparison::compareSeries(const Series &series)
{
    Statement kept(m_kept, "SELECT t, v FROM samples WHERE series = ? ORDER BY t");
    Statement rebuilt(m_rebuilt, "SELECT t, v FROM samples WHERE series = ? ORDER BY t");
    auto hasKept = kept.with(series.id).step();
    auto hasRebuilt = rebuilt.with(series.id).step();
    while (hasKept && hasRebuilt && (*hasKept || *hasRebuilt)) {
        if (auto on = rest(); !on)
            return on;
        const qint64 t = !*hasRebuilt || (*hasKept && kept.integer(0) < rebuilt.integer(0))
                             ? kept.integer(0)
                             : rebuilt.integer(0);
        const bool inKept = *hasKept && kept.integer(0) == t;
        const bool inRebuilt = *hasRebuilt && rebuilt.integer(0) == t;
        if (!inKept || !inRebuilt || kept.real(1) != rebuilt.real(1)) {
            auto noted = note(series, t, inKept ? std::optional(kept.real(1)) : std::nullopt,
                              inRebuilt ? std::optional(rebuilt.real(1)) : std::nullopt);
            if (!noted)
                return noted;
        }
        if (inKept)
            hasKept = kept.step();
        if (inRebuilt)
            hasRebuilt = rebuilt.step();
    }
    if (!hasKept || !hasRebuilt)
        return failure(hasKept ? hasRebuilt.error() : hasKept.error());
    return {};
}

Outcome Comparison::note(const Series &series, qint64 t, std::optional<double> kept,
                         std::optional<double> rebuilt)
{
    if (m_open && t < m_openUntil) {
        ++m_open->count;
        return {};
    }
    if (auto told = tellOpen(); !told)
        return told;
    const auto words = [&series](const std::optional<double> &value) {
        return value ? numberText(*value) + u' ' + series.unit : QString();
    };
    m_open.emplace();
    m_open->kind = Kind::Reading;
    m_open->account = series.account;
    m_open->type = series.type;
    m_open->kept = words(kept);
    m_open->rebuilt = words(rebuilt);
    return placeReading(series, t, *m_open);
}

Outcome Comparison::placeReading(const Series &series, qint64 t, RebuildDifference &difference)
{
    for (sqlite3 *database : {m_rebuilt, m_kept}) {
        Statement day(database,
                      "SELECT date, start_utc + seconds, CASE WHEN change_utc IS NOT NULL AND ?3 >= "
                      "change_utc THEN offset_after_s ELSE offset_s END FROM civil_days "
                      "WHERE participant = ?1 AND provider = ?2 AND start_utc <= ?3 "
                      "ORDER BY start_utc DESC LIMIT 1");
        const auto found = day.with(series.account.participant, series.account.provider, t).step();
        if (!found)
            return failure(found.error());
        if (*found && t < day.integer(1)) {
            difference.date = day.date(0);
            difference.time =
                QDateTime::fromSecsSinceEpoch(t + day.integer(2), Qt::UTC).toString(u"hh:mm:ss"_s);
            m_openUntil = day.integer(1);
            return {};
        }
    }
    const QDateTime utc = QDateTime::fromSecsSinceEpoch(t, Qt::UTC);
    difference.date = utc.date();
    difference.time = utc.toString(u"hh:mm:ss 'UTC'"_s);
    m_openUntil = utc.date().addDays(1).startOfDay(Qt::UTC).toSecsSinceEpoch();
    return {};
}

Outcome Comparison::tellOpen()
{
    if (!m_open)
        return {};
    const RebuildDifference difference = *std::exchange(m_open, std::nullopt);
    return tell(difference);
}

} // namespace

Outcome compareTables(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope, const DifferenceSink &sink,
                      const std::function<bool()> &stop)
{
    Comparison comparison(kept, rebuilt, scope, sink, stop);
    for (const Table &table : tables()) {
        if (auto done = comparison.compare(table); !done)
            return done;
    }
    return comparison.compareReadings();
}

} // namespace wristkeep
