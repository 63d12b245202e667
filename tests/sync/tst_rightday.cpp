// SPDX-License-Identifier: GPL-3.0-or-later
// The right day: a table of hand-computed truth (tests/fixtures/rightday/README.md) against tables, ledger
// and files that the real parsers and the real store make of hand-made answers.

#include "store/accounts.h"
#include "sync/rebuildbench.h"
#include "sync/rightdaybench.h"

#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

/// Days on which each case and provider was lived, oldest first.
void addCases(const QString &leftOut)
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("provider");
    QStringList names;
    for (const Row &lived : readTable(u"lived.csv"_s)) {
        const QString name = lived[u"case"_s];
        if (name == leftOut || names.contains(name))
            continue;
        names << name;
        for (const QString &provider : {u"fitbit"_s, u"google-health"_s}) {
            if (lived[u"provider"_s] == provider || lived[u"provider"_s] == u"both"_s)
                QTest::newRow(qPrintable(name + u' ' + provider)) << name << provider;
        }
    }
}

QString range(const Row &truth)
{
    const qint64 start = utcOf(truth[u"start_utc"_s]);
    return u"utc >= %1 AND utc < %2"_s.arg(start).arg(start + truth[u"seconds"_s].toLongLong());
}

QString four(const Row &truth)
{
    return u"%1|%2|%3|%4"_s.arg(truth[u"minutes"_s], truth[u"min"_s], truth[u"mean"_s], truth[u"max"_s]);
}

} // namespace

class TestRightDay : public QObject
{
    Q_OBJECT

private:
    static void checkDay(const RightDayBench &bench, const Row &truth)
    {
        const QString day = truth[u"day"_s];
        QCOMPARE(bench.rows(u"SELECT start_utc, seconds FROM civil_days WHERE date = '%1'"_s.arg(day)),
                 {u"%1|%2"_s.arg(utcOf(truth[u"start_utc"_s])).arg(truth[u"seconds"_s])});
        // By the wall clock the view tells, not by the day's bounds: days of a flight overlap.
        QCOMPARE(bench.rows(
                     u"SELECT count(*), min(value), avg(value), max(value) FROM v_samples WHERE "
                     "data_type = 'heartrate_1min' AND date(utc + offset_s, 'unixepoch') = '%1'"_s.arg(day)),
                 {four(truth)});
        QCOMPARE(bench.rows(u"SELECT n, min, mean, max FROM v_levels WHERE data_type = 'heartrate_1min' AND "
                            "level = 86400 AND date = '%1'"_s.arg(day)),
                 {four(truth)});
    }

    static void checkStretch(const RightDayBench &bench, const Row &lived)
    {
        const qint64 first = utcOf(lived[u"utc"_s]);
        const qint64 last = first + 60 * (lived[u"minutes"_s].toLongLong() - 1);
        QCOMPARE(bench.rows(u"SELECT strftime('%Y-%m-%d %H:%M', utc + offset_s, 'unixepoch'), value "
                            "FROM v_samples WHERE data_type = 'heartrate_1min' AND utc = "_s +
                            QString::number(first)),
                 {u"%1 %2|%3"_s.arg(lived[u"day"_s], lived[u"wall"_s], lived[u"bpm"_s])});
        QCOMPARE(bench.rows(u"SELECT count(*), min(value), max(value) FROM v_samples WHERE data_type = "
                            "'heartrate_1min' AND utc BETWEEN %1 AND %2"_s.arg(first)
                                .arg(last)),
                 {u"%1|%2|%2"_s.arg(lived[u"minutes"_s], lived[u"bpm"_s])});
    }

private Q_SLOTS:
    void days_data() { addCases(u"wrong_zone"_s); }

    void days()
    {
        QFETCH(QString, name);
        QFETCH(QString, provider);
        const RightDayBench bench(provider);
        {
            const auto store = bench.open();
            bench.keepLived(*store, name);
        }
        int compared = 0;
        for (const Row &truth : readTable(u"days.csv"_s)) {
            if (truth[u"case"_s] != name)
                continue;
            ++compared;
            checkDay(bench, truth);
            const QString day = truth[u"day"_s];
            QCOMPARE(bench.rows(u"SELECT value, state FROM v_daily WHERE data_type = 'steps' AND date = "
                                "'%1'"_s.arg(day)),
                     {truth[u"steps"_s] + u"|complete"_s});
            QCOMPARE(bench.rows(u"SELECT state FROM v_ledger WHERE data_type = 'heartrate_1min' AND date = "
                                "'%1'"_s.arg(day)),
                     {u"complete"_s});
            if (provider == "google-health"_L1) {
                QCOMPARE(bench.rows(u"SELECT count(*), sum(value) FROM v_samples WHERE data_type = "
                                    "'steps_1min' AND "_s +
                                    range(truth)),
                         {truth[u"minutes"_s] + u'|' + truth[u"steps"_s]});
            }
            QCOMPARE(bench.readingsInFile(truth[u"file"_s]), truth[u"minutes"_s].toInt());
        }
        QVERIFY(compared > 0);
        QCOMPARE(bench.rows(u"SELECT count(*) FROM civil_days"_s), {QString::number(compared)});
        for (const Row &lived : livedOf(name))
            checkStretch(bench, lived);
        for (const Row &truth : readTable(u"hours.csv"_s)) {
            if (truth[u"case"_s] != name)
                continue;
            const QStringList expected =
                truth[u"minutes"_s] == u"0"_s ? QStringList() : QStringList{four(truth)};
            QCOMPARE(bench.rows(u"SELECT n, min, mean, max FROM v_levels WHERE data_type = 'heartrate_1min' "
                                "AND level = 3600 AND utc = "_s +
                                QString::number(utcOf(truth[u"utc"_s]))),
                     expected);
        }
    }

    void nights_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("provider");
        for (const QString &name :
             {u"nights"_s, u"spring_night"_s, u"autumn_night"_s, u"computers_gap"_s, u"revised_night"_s}) {
            for (const QString &provider : {u"fitbit"_s, u"google-health"_s})
                QTest::newRow(qPrintable(name + u' ' + provider)) << name << provider;
        }
    }

    void nights()
    {
        QFETCH(QString, name);
        QFETCH(QString, provider);
        const RightDayBench bench(provider);
        {
            const auto store = bench.open();
            bench.keepAnswers(*store, name);
        }
        int compared = 0;
        for (const Row &truth : readTable(u"nights.csv"_s)) {
            if (truth[u"case"_s] != name || truth[u"provider"_s] != provider)
                continue;
            ++compared;
            QCOMPARE(
                bench.rows(u"SELECT date, start_utc, end_utc, coalesce((SELECT sum(seconds) / 60 FROM "
                           "stages WHERE session = sessions.id), 0) FROM sessions WHERE key = '%1'"_s.arg(
                               truth[u"key"_s])),
                {u"%1|%2|%3|%4"_s.arg(truth[u"day"_s])
                     .arg(utcOf(truth[u"start_utc"_s]))
                     .arg(utcOf(truth[u"end_utc"_s]))
                     .arg(truth[u"stage_minutes"_s])});
            QCOMPARE(bench.filesWith(truth[u"key"_s]), {truth[u"file"_s]});
        }
        QVERIFY(compared > 0);
        QCOMPARE(bench.rows(u"SELECT count(*) FROM sessions"_s), {QString::number(compared)});
    }

    /// First it ended at 06:00 of the 10th, as was known from the 11th to the 13th at noon.
    void theNightBeforeItWasRevisedIsStillKnown_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::newRow("fitbit") << u"fitbit"_s;
        QTest::newRow("google-health") << u"google-health"_s;
    }

    void theNightBeforeItWasRevisedIsStillKnown()
    {
        QFETCH(QString, provider);
        const RightDayBench bench(provider);
        const auto store = bench.open();
        bench.keepAnswers(*store, u"revised_night"_s);
        const qint64 first = utcOf(u"2026-05-11T12:00Z"_s);
        const qint64 revised = utcOf(u"2026-05-13T12:00Z"_s);
        QCOMPARE(
            bench.rows(u"SELECT date, end_utc, known_from, known_until FROM v_sessions_known "
                       "ORDER BY known_from"_s),
            (QStringList{u"2026-05-10|%1|%2|%3"_s.arg(utcOf(u"2026-05-10T04:00Z"_s)).arg(first).arg(revised),
                         u"2026-05-10|%1|%2|NULL"_s.arg(utcOf(u"2026-05-10T04:40Z"_s)).arg(revised)}));
    }

    void readingsOfAJourney_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::newRow("fitbit") << u"fitbit"_s;
        QTest::newRow("google-health") << u"google-health"_s;
    }

    void readingsOfAJourney()
    {
        QFETCH(QString, provider);
        const RightDayBench bench(provider);
        {
            const auto store = bench.open();
            bench.keepAnswers(*store, u"readings"_s);
        }
        int compared = 0;
        QHash<QString, int> inFiles;
        for (const Row &truth : readTable(u"readings.csv"_s)) {
            if (truth[u"provider"_s] != provider)
                continue;
            ++compared;
            ++inFiles[truth[u"file"_s]];
            QCOMPARE(bench.rows(u"SELECT date(utc + offset_s, 'unixepoch'), value FROM v_samples WHERE "
                                "data_type = '%1' AND utc = %2"_s.arg(truth[u"type"_s])
                                    .arg(utcOf(truth[u"utc"_s]))),
                     {truth[u"day"_s] + u'|' + truth[u"value"_s]});
        }
        QVERIFY(compared > 0);
        QCOMPARE(bench.rows(u"SELECT count(*) FROM v_samples"_s), {QString::number(compared)});
        for (auto file = inFiles.cbegin(); file != inFiles.cend(); ++file)
            QCOMPARE(bench.readingsInFile(file.key()), file.value());
    }

    void aZoneThatIsPutRightMovesTheDays_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("then");
        QTest::addColumn<QString>("source");
        QTest::addColumn<bool>("keepZones");
        QStringList seen;
        for (const Row &truth : readTable(u"zones.csv"_s)) {
            const QStringList key{truth[u"provider"_s], truth[u"then"_s], truth[u"source"_s],
                                  truth[u"keep_zones"_s]};
            if (seen.contains(key.join(u' ')))
                continue;
            seen << key.join(u' ');
            QTest::newRow(qPrintable(seen.last()))
                << key.at(0) << key.at(1) << key.at(2) << (key.at(3) == u"yes");
        }
    }

    void aZoneThatIsPutRightMovesTheDays()
    {
        QFETCH(QString, provider);
        QFETCH(QString, then);
        QFETCH(QString, source);
        QFETCH(bool, keepZones);
        const RightDayBench bench(provider);
        {
            const auto store = bench.open();
            bench.keepLivedAs(*store, u"wrong_zone"_s,
                              {QTimeZone(then.toLatin1()), zoneSourceFromName(source).value()});
            QVERIFY(
                store->accounts().saveProfile(bench.account(), {u"me"_s, zoneOf("America/New_York"), {}, 2}));
        }
        RebuildRequest request;
        request.swap = true;
        request.keepZones = keepZones;
        const auto report = bench.rebuild(request);
        QVERIFY2(report.has_value(), report ? "" : qPrintable(report.error().detail));
        int compared = 0;
        for (const Row &truth : readTable(u"zones.csv"_s)) {
            if (truth[u"provider"_s] != provider || truth[u"then"_s] != then ||
                truth[u"source"_s] != source || (truth[u"keep_zones"_s] == u"yes") != keepZones)
                continue;
            ++compared;
            checkDay(bench, truth);
            QCOMPARE(bench.rows(u"SELECT zone FROM civil_days WHERE date = '%1'"_s.arg(truth[u"day"_s])),
                     {truth[u"zone"_s]});
        }
        QVERIFY(compared > 0);
        // The readings of the day after the last one asked for in UTC begin at New York's midnight.
        if (truthMoves(then, source, keepZones)) {
            for (const Row &lived : livedOf(u"wrong_zone"_s))
                checkStretch(bench, lived);
        }
    }

private:
    static bool truthMoves(const QString &then, const QString &source, bool keepZones)
    {
        return then != u"America/New_York"_s && (source == u"computer"_s || !keepZones);
    }
};

QTEST_GUILESS_MAIN(TestRightDay)
#include "tst_rightday.moc"
