// SPDX-License-Identifier: GPL-3.0-or-later
// The main promise as a property, for Google Health: whatever person and day, tables and files hold what the
// person did, of every data type.

#include "truthbench.h"

#include <QTest>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Persons = 50;
constexpr int DaysEach = 4;

const QString Daily =
    u"steps,distance,floors,elevation,calories,active_zone_minutes,active_minutes,"
    "sedentary_minutes,heart_rate_zone_minutes,heart_rate_zones,resting_heart_rate,steps_1min,"
    "heartrate_1min,sleep,weight,body_fat"_s;

/// A daily sum: the object and the number of a window, and how many of its units make one of ours.
Figure sum(const QString &type, const QString &member, double perUnit, const QString &field,
           double filePerUnit = 1)
{
    return {type, member, perUnit, Lack::Unworn, type, u"rollupDataPoints/0/"_s + field, filePerUnit};
}

QList<Figure> figures()
{
    QList<Figure> all{
        sum(u"steps"_s, u"steps"_s, 1, u"steps/countSum"_s),
        sum(u"distance"_s, u"distance"_s, 1000, u"distance/millimetersSum"_s, 1'000'000),
        sum(u"floors"_s, u"floors"_s, 1, u"floors/countSum"_s),
        sum(u"elevation"_s, u"elevation"_s, 1, u"altitude/gainMillimetersSum"_s, 1000),
        sum(u"calories"_s, u"kcal"_s, 1, u"totalCalories/kcalSum"_s), // unrounded
        sum(u"sedentary_minutes"_s, u"sedentarySecondsWorn"_s, 60, u"sedentaryPeriod/durationSum"_s, 60),
        {u"active_minutes/light"_s, u"minutesLightlyActive"_s},
        {u"active_minutes/moderate"_s, u"minutesFairlyActive"_s},
        {u"active_minutes/vigorous"_s, u"minutesVeryActive"_s},
        {u"heart_rate_zone_minutes/Light"_s, u"zoneMinutes/0"_s},
        {u"heart_rate_zone_minutes/Fat Burn"_s, u"zoneMinutes/1"_s},
        {u"heart_rate_zone_minutes/Cardio"_s, u"zoneMinutes/2"_s},
        {u"heart_rate_zone_minutes/Peak"_s, u"zoneMinutes/3"_s},
        {u"active_zone_minutes"_s, u"activeZoneMinutes"_s},
        {u"resting_heart_rate"_s, u"restingRate"_s, 1, Lack::Zero, u"resting_heart_rate"_s,
         u"dataPoints/0/dailyRestingHeartRate/beatsPerMinute"_s},
    };
    return all;
}

/// A part that is left out beside others is 0; without any there is no value.
QStringList compareParts(TruthBench &bench, const LivedDay &day)
{
    const QString window = u"rollupDataPoints/0/activeZoneMinutes/"_s;
    const bool isAny = day.figure(u"activeZoneMinutes"_s) > 0;
    QStringList wrong;
    for (const auto &[part, member, field] :
         {std::tuple(u"fat_burn"_s, u"fatBurnActiveZoneMinutes"_s, u"sumInFatBurnHeartZone"_s),
          {u"cardio"_s, u"cardioActiveZoneMinutes"_s, u"sumInCardioHeartZone"_s},
          {u"peak"_s, u"peakActiveZoneMinutes"_s, u"sumInPeakHeartZone"_s}}) {
        const Figure figure{
            u"active_zone_minutes/"_s + part, member,        1, isAny ? Lack::Unworn : Lack::Zero,
            u"active_zone_minutes"_s,         window + field};
        wrong += bench.compareFigure(day, figure);
    }
    return wrong;
}

} // namespace

class TestTruthGoogle : public QObject
{
    Q_OBJECT

private:
    TruthBench m_bench;

private Q_SLOTS:
    void tablesAndFilesHoldWhatThePersonDid()
    {
        QVERIFY2(m_bench.start(u"google-health"_s, Persons, DaysEach), qPrintable(m_bench.world.problem));
        const QString problem = m_bench.sync(Daily);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const QList<Figure> all = figures();
        const QList<LivedDay> days = m_bench.days();
        QCOMPARE(days.size(), Persons * DaysEach);
        for (const LivedDay &day : days) {
            QStringList wrong = m_bench.compareCells(day, Daily.split(u','));
            for (const Figure &figure : all)
                wrong += m_bench.compareFigure(day, figure);
            wrong += compareParts(m_bench, day);
            wrong += m_bench.compareSamples(day, u"heartrate_1min"_s, u"rates"_s);
            wrong += m_bench.compareStepMinutes(day);
            wrong += m_bench.compareZoneBounds(day);
            for (const QString &type :
                 {u"heart_rate_zones"_s, u"heart_rate_zone_minutes"_s, u"active_zone_minutes"_s})
                wrong += m_bench.compareZones(day, type);
            wrong += m_bench.compareNights(day);
            wrong += m_bench.compareWeighings(day, u"weight"_s, 1, 0);
            wrong += m_bench.compareWeighings(day, u"body_fat"_s, 2, 0);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        }
        QCOMPARE(m_bench.neverSeen(all).join(u' '), QString());
    }

    void everyReadingIsThere()
    {
        const QString problem = m_bench.syncFew(u"heartrate_raw"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        int worn = 0;
        for (const LivedDay &day : m_bench.fewDays()) {
            const QStringList wrong = m_bench.compareReadings(day, u"heartrate_raw"_s, 0);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            worn += day.isWorn() ? 1 : 0;
        }
        QVERIFY(worn > 5);
    }
};

QTEST_GUILESS_MAIN(TestTruthGoogle)
#include "tst_truth_google.moc"
