// SPDX-License-Identifier: GPL-3.0-or-later
// "As known on": what a question would have been answered with at an earlier time.

#include "store/storebench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

qint64 at(QDate date)
{
    return noon(date).toSecsSinceEpoch();
}

/// The condition docs/DATA.md gives for a moment.
QString then(qint64 moment)
{
    return u" WHERE known_from <= %1 AND (known_until IS NULL OR known_until > %1) "_s.arg(moment);
}

QString samplesKnown(const StorePlace &place, qint64 moment)
{
    return rowsOf(place.databaseFile(),
                  u"SELECT group_concat(value, ' ') FROM (SELECT value FROM v_samples_known"_s +
                      then(moment) + u"ORDER BY utc)"_s)
        .first();
}

QString dailyKnown(const StorePlace &place, qint64 moment)
{
    return rowsOf(place.databaseFile(), u"SELECT max(value), count(*) FROM v_daily_known"_s + then(moment))
        .first();
}

QString nightsKnown(const StorePlace &place, qint64 moment)
{
    return rowsOf(place.databaseFile(),
                  u"SELECT key, date, start_utc, end_utc, details, stages FROM v_sessions_known"_s +
                      then(moment))
        .join(u' ');
}

} // namespace

class TestStoreKnown : public QObject
{
    Q_OBJECT

    static constexpr qint64 Second = 1;
    const QDate m_first{2026, 3, 12};
    const QDate m_second{2026, 3, 14};
    const QDate m_third{2026, 3, 19};

    [[nodiscard]] Fetch on(QDate date) const
    {
        Fetch fetch;
        fetch.fetchedOn = date;
        return fetch;
    }

    [[nodiscard]] CommitRequest readings(QDate fetchedOn, const QList<double> &values,
                                         std::optional<double> resting = {},
                                         const QList<Session> &nights = {}) const
    {
        const Fetch fetch = on(fetchedOn);
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        std::vector<Sample> samples;
        for (qsizetype i = 0; i < values.size(); ++i) {
            if (values.at(i) > 0) // 0 stands for: none
                samples.push_back({day.startUtc + 60 * qint64(i), values.at(i)});
        }
        return fetch.mixed(samples, resting, nights, u"1min"_s);
    }

private Q_SLOTS:
    void answersAsOfEachOfThreeFetches()
    {
        const StorePlace place;
        auto store = place.open();
        const QDate date = Fetch().date;
        Session night{u"sleep"_s, u"42"_s, date, 1000, 5000, {{1000, 60, u"awake"_s}}, u"{\"e\":93}"_s};
        keep(*store, readings(m_first, {60, 61, 0, 63, 64}, 58, {night}));
        night.endUtc = 6000;
        night.stages.append({1060, 90, u"deep"_s});
        keep(*store, readings(m_second, {60, 71, 72, 63, 64}, 57, {night}));
        keep(*store, readings(m_third, {60, 81, 72, 63, 64, 65}, 57, {night}));

        QCOMPARE(samplesKnown(place, at(m_first) - Second), u"NULL"_s);
        QCOMPARE(samplesKnown(place, at(m_first)), u"60.0 61.0 63.0 64.0"_s);
        QCOMPARE(samplesKnown(place, at(m_second) - Second), u"60.0 61.0 63.0 64.0"_s);
        QCOMPARE(samplesKnown(place, at(m_second)), u"60.0 71.0 72.0 63.0 64.0"_s);
        QCOMPARE(samplesKnown(place, at(m_third)), u"60.0 81.0 72.0 63.0 64.0 65.0"_s);
        QCOMPARE(dailyKnown(place, at(m_first) - Second), u"NULL|0"_s);
        QCOMPARE(dailyKnown(place, at(m_first)), u"58|1"_s);
        QCOMPARE(dailyKnown(place, at(m_second)), u"57|1"_s);
        QCOMPARE(dailyKnown(place, at(m_third)), u"57|1"_s);
        const QString early = u"42|2026-03-10|1000|5000|{\"e\":93}|[[1000,60,\"awake\"]]"_s;
        const QString late = u"42|2026-03-10|1000|6000|{\"e\":93}|[[1000,60,\"awake\"],[1060,90,\"deep\"]]"_s;
        QCOMPARE(nightsKnown(place, at(m_first) - Second), QString());
        QCOMPARE(nightsKnown(place, at(m_first)), early);
        QCOMPARE(nightsKnown(place, at(m_second)), late);
        QCOMPARE(nightsKnown(place, at(m_third)), late);
    }

    void bothFetchTimesStandBesideAPredecessor()
    {
        const StorePlace place;
        auto store = place.open();
        keep(*store, readings(m_first, {60, 61}, 58));
        // The other value changes: the first one is known since the first fetch all the same.
        keep(*store, readings(m_second, {60, 71}, 58));
        keep(*store, readings(m_third, {70, 81}, 59));
        QCOMPARE(rowsOf(place.databaseFile(),
                        u"SELECT kind, old_value, old_fetched_at, new_fetched_at, withdrawn FROM history "
                        u"ORDER BY id"_s),
                 (QStringList{u"sample|61|%1|%2|0"_s.arg(at(m_first)).arg(at(m_second)),
                              u"sample|60|%1|%2|0"_s.arg(at(m_first)).arg(at(m_third)),
                              u"sample|71|%1|%2|0"_s.arg(at(m_second)).arg(at(m_third)),
                              u"daily|58|%1|%2|0"_s.arg(at(m_first)).arg(at(m_third))}));
    }

    void anUnfinishedDayKeepsItsLastAnswerOnly()
    {
        const StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        const CivilDay day = civilDay(fetch.date, fetch.zone);
        QList<double> values;
        for (int hour = 1; hour <= 23; ++hour) {
            values.append(60 + hour);
            values.first() = 100 + hour; // a running figure
            CommitRequest request = readings(fetch.date, values, 50 + hour);
            request.answer.fetchedAtUtc = day.startUtc + 3600 * qint64(hour);
            request.today = fetch.date;
            keep(*store, request);
        }
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM history"_s), {u"0"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM arrivals"_s), {u"1"_s});
        QCOMPARE(dailyKnown(place, day.startUtc + 23 * 3600), u"73|1"_s);
        // The first answer after its end takes its place as quietly, those after that do not.
        values.first() = 200;
        keep(*store, readings(m_first, values, 80));
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM history"_s), {u"0"_s});
        values.first() = 201;
        keep(*store, readings(m_second, values, 81));
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT kind, old_value, old_fetched_at FROM history"_s),
                 (QStringList{u"sample|200|%1"_s.arg(at(m_first)), u"daily|80|%1"_s.arg(at(m_first))}));
    }

    void theSameAnswerAfterTheDaysEndIsNoInterimOne()
    {
        const StorePlace place;
        auto store = place.open();
        CommitRequest evening = readings(Fetch().date, {60, 61});
        evening.today = Fetch().date;
        keep(*store, evening);
        keep(*store, readings(m_first, {60, 61}));
        keep(*store, readings(m_second, {60, 62}));
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT old_value FROM history"_s), {u"61"_s});
    }

    void aZeroIsKnownFromItsWitnessOn()
    {
        const StorePlace place;
        auto store = place.open();
        keep(*store, on(m_first).steps(0));
        keep(*store, on(m_second).heart(3));
        QCOMPARE(dailyKnown(place, at(m_first)), u"NULL|0"_s);
        QCOMPARE(dailyKnown(place, at(m_second)), u"0|1"_s);
    }

    void findsAPredecessorByItsKey()
    {
        const StorePlace place;
        const auto store = place.open();
        const QString plan =
            rowsOf(place.databaseFile(),
                   u"EXPLAIN QUERY PLAN SELECT value FROM v_samples_known WHERE participant = 'default' AND "
                   u"provider = 'fitbit' AND data_type = 'heartrate_1min' AND utc BETWEEN 1 AND 9"_s)
                .join(u'\n');
        QVERIFY2(plan.count(u"ix_history_value"_s) == 2 && !plan.contains(u"SCAN history"_s),
                 qPrintable(plan));
    }

    void aDatabaseOfTheFormBeforeIsTakenOver()
    {
        const StorePlace place;
        {
            auto store = place.open();
            keep(*store, readings(m_first, {60, 61}, 58));
            keep(*store, readings(m_second, {60, 71}, 59));
        }
        const auto levels = [&place] {
            return rowsOf(place.databaseFile(), u"SELECT level, t, n, min, max, sum FROM levels"_s);
        };
        const QStringList before = levels();
        makeSecondSchema(place);
        const auto store = place.open();
        QCOMPARE(levels(), before);
        QCOMPARE(samplesKnown(place, at(m_second)), u"60.0 71.0"_s);
        QCOMPARE(dailyKnown(place, at(m_first)), u"58|1"_s);
        QCOMPARE(dailyKnown(place, at(m_second)), u"59|1"_s);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM history WHERE series IS NOT NULL"_s),
                 {u"1"_s});
    }
};

QTEST_GUILESS_MAIN(TestStoreKnown)
#include "tst_store_known.moc"
