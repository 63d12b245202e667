// SPDX-License-Identifier: GPL-3.0-or-later
// The main promise as a property, for Fitbit: whatever person and day, tables and files hold what the person
// did, of every data type.

#include "truthbench.h"

#include <QTest>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Persons = 50;
constexpr int DaysEach = 4;

const QString Daily = u"steps,distance,floors,elevation,calories,sedentary_minutes,lightly_active_minutes,"
                      "fairly_active_minutes,very_active_minutes,active_zone_minutes,heartrate_daily,"
                      "heartrate_1min,sleep,weight,body_fat"_s;

/// A series of daily values, as Fitbit calls it.
Figure series(const QString &type, const QString &resource, const QString &member, Lack lack,
              double perUnit = 1)
{
    return {type, member, perUnit, lack, type, u"activities-%1/0/value"_s.arg(resource)};
}

QList<Figure> figures()
{
    const Lack zero = Lack::ZeroUnmeasured;
    QList<Figure> all{
        series(u"steps"_s, u"steps"_s, u"steps"_s, zero),
        series(u"distance"_s, u"distance"_s, u"distance"_s, zero, 1000),
        series(u"floors"_s, u"floors"_s, u"floors"_s, zero),
        series(u"elevation"_s, u"elevation"_s, u"elevation"_s, zero),
        series(u"calories"_s, u"calories"_s, u"calories"_s,
               Lack::Zero), // in whole kcal, as Fitbit rounds them
        series(u"sedentary_minutes"_s, u"minutesSedentary"_s, u"minutesSedentary"_s, Lack::WholeDay),
        series(u"lightly_active_minutes"_s, u"minutesLightlyActive"_s, u"minutesLightlyActive"_s, zero),
        series(u"fairly_active_minutes"_s, u"minutesFairlyActive"_s, u"minutesFairlyActive"_s, zero),
        series(u"very_active_minutes"_s, u"minutesVeryActive"_s, u"minutesVeryActive"_s, zero),
        {u"resting_heart_rate"_s, u"restingRate"_s, 1, Lack::Zero, u"heartrate_1min"_s,
         u"activities-heart/0/value/restingHeartRate"_s},
    };
    const QString zones = u"activities-active-zone-minutes/0/value/"_s;
    for (const auto &[part, member] : {std::pair(QString(), u"activeZoneMinutes"_s),
                                       {u"/fat_burn"_s, u"fatBurnActiveZoneMinutes"_s},
                                       {u"/cardio"_s, u"cardioActiveZoneMinutes"_s},
                                       {u"/peak"_s, u"peakActiveZoneMinutes"_s}})
        all << Figure{u"active_zone_minutes"_s + part, member,        1, Lack::Zero,
                      u"active_zone_minutes"_s,        zones + member};
    return all;
}

/// Fitbit writes wall times and serves the hour of a clock that goes back once: what it never says cannot be
/// kept.
qint64 unsaidMinutes(const LivedDay &day)
{
    return std::max<qint64>(0, (day.endUtc() - day.startUtc() - 86'400) / 60);
}

} // namespace

class TestTruth : public QObject
{
    Q_OBJECT

private:
    TruthBench m_bench;

private Q_SLOTS:
    void tablesAndFilesHoldWhatThePersonDid()
    {
        QVERIFY2(m_bench.start(u"fitbit"_s, Persons, DaysEach), qPrintable(m_bench.world.problem));
        const QString problem = m_bench.sync(Daily);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        const QList<Figure> all = figures();
        const QList<LivedDay> days = m_bench.days();
        QCOMPARE(days.size(), Persons * DaysEach);
        for (const LivedDay &day : days) {
            QStringList wrong = m_bench.compareCells(day, Daily.split(u','));
            for (const Figure &figure : all)
                wrong += m_bench.compareFigure(day, figure);
            wrong += m_bench.compareSamples(day, u"heartrate_1min"_s, u"rates"_s, unsaidMinutes(day));
            wrong += m_bench.compareZones(day, u"heartrate_1min"_s);
            wrong += m_bench.compareZones(day, u"active_zone_minutes"_s);
            if (unsaidMinutes(day) == 0)
                wrong += m_bench.compareZoneBounds(day);
            wrong += m_bench.compareNights(day);
            // The service tells kilograms to a tenth.
            wrong += m_bench.compareWeighings(day, u"weight"_s, 1, 0.05);
            wrong += m_bench.compareWeighings(day, u"body_fat"_s, 2, 0);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        }
        QCOMPARE(m_bench.neverSeen(all).join(u' '), QString());
    }

    void readingsBySecondsAreAllThere()
    {
        const QString problem = m_bench.syncFew(u"heartrate_1s"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        int worn = 0;
        for (const LivedDay &day : m_bench.fewDays()) {
            const QStringList wrong = m_bench.compareReadings(day, u"heartrate_1s"_s, unsaidMinutes(day));
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            worn += day.isWorn() ? 1 : 0;
        }
        QVERIFY(worn > 5);
    }
};

QTEST_GUILESS_MAIN(TestTruth)
#include "tst_truth.moc"
