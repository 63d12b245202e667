// SPDX-License-Identifier: GPL-3.0-or-later
// Minutes, hours and days always say what the samples say, whatever came, changed, went or moved.

#include "store/levelreader.h"
#include "store/storebench.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

const QString heartRate = u"heartrate_1min"_s;

/// The levels as samples and civil days have them, said in SQL alone. Of two days that overlap, as after a
/// flight east, the later one has what lies in both.
const QString computed =
    u"SELECT x.series, 60, x.t / 60 * 60 AS at, count(*), min(x.v), max(x.v), sum(x.v) FROM samples x "
    u"JOIN series s ON s.id = x.series WHERE s.resolution <> '1min' GROUP BY x.series, at "
    u"UNION ALL SELECT series, 3600, t / 3600 * 3600 AS at, count(*), min(v), max(v), sum(v) FROM samples "
    u"GROUP BY series, at "
    u"UNION ALL SELECT x.series, 86400, 86400 * CAST(julianday(c.date) - julianday('1970-01-01') AS INTEGER) "
    u"AS at, "
    u"count(*), min(x.v), max(x.v), sum(x.v) FROM samples x JOIN series s ON s.id = x.series "
    u"JOIN civil_days c ON c.participant = s.participant AND c.provider = s.provider AND x.t >= c.start_utc "
    u"AND x.t < c.start_utc + c.seconds AND NOT EXISTS (SELECT 1 FROM civil_days n "
    u"WHERE n.participant = c.participant AND n.provider = c.provider AND n.date = date(c.date, '+1 day') "
    u"AND n.start_utc > c.start_utc AND n.start_utc <= x.t) GROUP BY x.series, at"_s;
const QString kept = u"SELECT series, level, t, n, min, max, sum FROM levels"_s;

QStringList differences(const StorePlace &place)
{
    return rowsOf(place.databaseFile(),
                  u"SELECT * FROM (%1) EXCEPT SELECT * FROM (%2)"_s.arg(kept, computed)) +
           rowsOf(place.databaseFile(),
                  u"SELECT * FROM (%2) EXCEPT SELECT * FROM (%1)"_s.arg(kept, computed));
}

/// Answers at random about a few neighbouring days, each a change of the one before it.
class RandomAnswers
{
public:
    RandomAnswers(quint32 seed, const char *zone, QDate first, int step)
        : m_random(seed), m_zone(zoneOf(zone)), m_first(first), m_step(step)
    {
    }

    CommitRequest next()
    {
        Fetch fetch;
        fetch.date = m_first.addDays(m_random.bounded(3));
        fetch.fetchedOn = QDate(2026, 11, 1).addDays(m_count++);
        fetch.zone = m_random.bounded(12) == 0 ? zoneOf("America/New_York") : m_zone; // to be put right later
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        std::map<qint64, double> &samples = m_samples[fetch.date];
        const int news = samples.empty() ? 300 : m_random.bounded(30);
        for (int i = 0; i < news; ++i)
            samples[day.startUtc + m_step * qint64(m_random.bounded(day.seconds / m_step))] =
                50 + m_random.bounded(100);
        std::vector<Sample> all;
        for (auto it = samples.begin(); it != samples.end();) {
            const bool isGone = m_random.bounded(40) == 0 || !isWithin(day, it->first);
            if (!isGone)
                all.push_back({it->first, m_random.bounded(40) == 0 ? 49 : it->second});
            it = isGone ? samples.erase(it) : std::next(it);
        }
        // A second reading now and then lies outside of the day that was asked for.
        if (m_random.bounded(6) == 0)
            all.push_back({day.endUtc() + m_step * qint64(m_random.bounded(100)), 120});
        return fetch.mixed(all, {}, {}, m_step < 60 ? u"1sec"_s : u"1min"_s);
    }

private:
    static bool isWithin(const CivilDay &day, qint64 t) { return t >= day.startUtc && t < day.endUtc(); }

    QRandomGenerator m_random;
    Zone m_zone;
    QDate m_first;
    int m_step;
    int m_count = 0;
    std::map<QDate, std::map<qint64, double>> m_samples;
};

std::vector<LevelPoint> read(const StorePlace &place, LevelWidth width, const CivilDay &day)
{
    const auto points =
        LevelReader(place.databaseFile()).points(fitbit(), heartRate, width, day.startUtc, day.endUtc());
    if (!points)
        qFatal("%s", qUtf8Printable(points.error().detail));
    return *points;
}

} // namespace

class TestStoreLevels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void alwaysSayWhatTheSamplesSay_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QDate>("first");
        QTest::addColumn<int>("step");
        QTest::newRow("23 hours") << QByteArray("Europe/Berlin") << QDate(2026, 3, 28) << 60;
        QTest::newRow("25 hours") << QByteArray("Europe/Berlin") << QDate(2025, 10, 25) << 5;
        QTest::newRow("half an hour off") << QByteArray("Asia/Kolkata") << QDate(2026, 5, 1) << 5;
        QTest::newRow("half an hour's change")
            << QByteArray("Australia/Lord_Howe") << QDate(2026, 4, 4) << 60;
    }

    void alwaysSayWhatTheSamplesSay()
    {
        QFETCH(QByteArray, zone);
        QFETCH(QDate, first);
        QFETCH(int, step);
        int withdrawn = 0;
        int changed = 0;
        for (quint32 seed = 1; seed <= 3; ++seed) {
            const StorePlace place;
            auto store = place.open();
            RandomAnswers answers(seed, zone.constData(), first, step);
            for (int i = 0; i < 20; ++i) {
                // Without archive and day files, which would cost most of the time.
                const auto committed = store->ingest().commitRows({answers.next()});
                QVERIFY(committed);
                const WriteStats &stats = committed->first().stats;
                withdrawn += stats.withdrawn;
                changed += stats.changed;
                const QStringList wrong = differences(place);
                QVERIFY2(wrong.isEmpty(), qPrintable(u"seed %1, answer %2: %3"_s.arg(seed).arg(i).arg(
                                              wrong.mid(0, 5).join(u' '))));
            }
        }
        QVERIFY(withdrawn > 30 && changed > 30); // or it would have shown little
    }

    void aDayIsTheCivilDay_data()
    {
        QTest::addColumn<QDate>("date");
        QTest::addColumn<int>("hours");
        QTest::newRow("23") << QDate(2026, 3, 29) << 23;
        QTest::newRow("24") << QDate(2026, 3, 30) << 24;
        QTest::newRow("25") << QDate(2025, 10, 26) << 25;
    }

    void aDayIsTheCivilDay()
    {
        QFETCH(QDate, date);
        QFETCH(int, hours);
        const StorePlace place;
        auto store = place.open();
        Fetch fetch;
        for (const int offset : {-1, 0, 1}) {
            fetch.date = date.addDays(offset);
            keep(*store, fetch.heart(civilDay(fetch.date, fetch.zone).seconds / 60, 60 + offset));
        }
        const CivilDay day = civilDay(date, fetch.zone);
        const std::vector<LevelPoint> days = read(place, LevelWidth::Day, day);
        QCOMPARE(days.size(), size_t(1));
        QCOMPARE(days.front(), (LevelPoint{day.startUtc, date, 60 * hours, 60, 60, 60}));
        QCOMPARE(read(place, LevelWidth::Hour, day).size(), size_t(hours));
        QCOMPARE(rowsOf(place.databaseFile(),
                        u"SELECT utc, n, mean FROM v_levels WHERE level = 86400 AND date = '%1'"_s.arg(
                            date.toString(Qt::ISODate))),
                 {u"%1|%2|60"_s.arg(day.startUtc).arg(60 * hours)});
    }

    void aZonePutRightMovesItsDay()
    {
        const StorePlace place;
        auto store = place.open();
        Fetch fetch;
        const CommitRequest wrong = fetch.heart(1440, 61);
        keep(*store, wrong);
        fetch.zone = zoneOf("Europe/London");
        fetch.fetchedOn = fetch.fetchedOn.addDays(1);
        const CommitRequest right =
            fetch.mixed(wrong.batch.series.first().samples, {}, {}, u"1min"_s); // the same readings
        QCOMPARE(keep(*store, right).same, 1440);
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        QCOMPARE(read(place, LevelWidth::Day, day),
                 (std::vector<LevelPoint>{{day.startUtc, fetch.date, 1380, 61, 61, 61}}));
        QCOMPARE(differences(place), QStringList());
    }

    void aDayThatIsAskedLaterCountsWhatIsThere()
    {
        const StorePlace place;
        auto store = place.open();
        Fetch fetch;
        const qint64 end = civilDay(fetch.date, fetch.zone).endUtc();
        keep(*store, fetch.mixed({{end - 60, 60}, {end, 61}}, {}, {}, u"1min"_s)); // one reading too many
        fetch.date = fetch.date.addDays(1);
        QCOMPARE(keep(*store, fetch.mixed({{end, 61}}, {}, {}, u"1min"_s)).same, 1);
        QCOMPARE(read(place, LevelWidth::Day, civilDay(fetch.date, fetch.zone)).size(), size_t(1));
        QCOMPARE(differences(place), QStringList());
    }

    void readingsByTheMinuteAreTheirOwnMinutes()
    {
        const StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        keep(*store, fetch.heart(3, 61));
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        const std::vector<LevelPoint> minutes = read(place, LevelWidth::Minute, day);
        QCOMPARE(minutes.size(), size_t(3));
        QCOMPARE(minutes.back(), (LevelPoint{day.startUtc + 120, {}, 1, 61, 61, 61}));
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM levels WHERE level = 60"_s), {u"0"_s});
    }

    void readingsBySecondsAreSummedUpByTheMinute()
    {
        const StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        const qint64 start = day.startUtc;
        keep(*store, fetch.mixed({{start + 50, 60}, {start + 55, 90}, {start + 60, 70}}, {}, {}, u"1sec"_s));
        const std::vector<LevelPoint> minutes = read(place, LevelWidth::Minute, day);
        QCOMPARE(minutes,
                 (std::vector<LevelPoint>{{start, {}, 2, 60, 75, 90}, {start + 60, {}, 1, 70, 70, 70}}));
    }

    void thereIsNothingWithoutADatabase()
    {
        const StorePlace place;
        QVERIFY(read(place, LevelWidth::Hour, civilDay(Fetch().date, Fetch().zone)).empty());
        QVERIFY(!QFile::exists(place.databaseFile()));
    }
};

QTEST_GUILESS_MAIN(TestStoreLevels)
#include "tst_store_levels.moc"
