// SPDX-License-Identifier: GPL-3.0-or-later
// The generator of fault schedules: repeatable, and nothing forgotten.

#include "soak/generator.h"

#include <QSet>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 everyTest = 60;

} // namespace

class TestSoakGenerator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameSeedIsTheSameSchedule()
    {
        QSet<QString> texts;
        for (quint32 seed = 1; seed <= everyTest; ++seed) {
            QCOMPARE(scheduleOf(seed).text(), scheduleOf(seed).text());
            texts.insert(scheduleOf(seed).text());
        }
        QCOMPARE(texts.size(), qsizetype(everyTest));
        // What is printed of an old failure must play the same today.
        QCOMPARE(
            scheduleOf(1).text(),
            u"seed 1: fitbit, person 289776, Africa/Casablanca, 2026-03-21…2026-03-24, steps sleep, now 2026-03-25T05:26:00Z | sync [interrupt after 187 ms] | sync [truncation longer-length after 1, 1×; locked for 1057 ms]"_s);
    }

    void everyKindComesUpSeveralTimes()
    {
        QHash<SoakFaultKind, int> kinds;
        for (quint32 seed = 1; seed <= everyTest; ++seed) {
            for (const SoakStep &step : scheduleOf(seed).steps) {
                for (const SoakFault &fault : step.faults)
                    ++kinds[fault.kind];
            }
        }
        QCOMPARE(kinds.size(), qsizetype(soakFaultKinds));
        for (auto it = kinds.cbegin(); it != kinds.cend(); ++it)
            QVERIFY2(it.value() >= 4, qPrintable(soakFaultName(it.key())));
    }

    void bothProvidersAndAllWaysOfAskingComeUp()
    {
        int google = 0;
        int backfills = 0;
        int days = 0;
        int pages = 0;
        int changes = 0;
        for (quint32 seed = 1; seed <= everyTest; ++seed) {
            const SoakSchedule schedule = scheduleOf(seed);
            google += schedule.google ? 1 : 0;
            backfills += schedule.backfill ? 1 : 0;
            pages += schedule.pageSize > 0 ? 1 : 0;
            for (const SoakStep &step : schedule.steps)
                days += step.action == SoakAction::SyncDay ? 1 : 0;
            const Zone zone{QTimeZone(schedule.zone), ZoneSource::Profile};
            bool changed = false;
            for (QDate date = schedule.first; date <= schedule.last; date = date.addDays(1))
                changed = changed || civilDay(date, zone).changeUtc;
            changes += changed ? 1 : 0;
        }
        QVERIFY2(google >= 20 && google <= 45, qPrintable(QString::number(google)));
        QVERIFY2(backfills >= 8 && backfills <= 25, qPrintable(QString::number(backfills)));
        QVERIFY2(days >= 8, qPrintable(QString::number(days)));
        QVERIFY2(pages >= 6, qPrintable(QString::number(pages)));
        QVERIFY2(changes >= 12, qPrintable(QString::number(changes)));
    }

    void schedulesCanBePlayed()
    {
        for (quint32 seed = 1; seed <= 2'000; ++seed) {
            const SoakSchedule schedule = scheduleOf(seed);
            const QByteArray name = schedule.text().toUtf8();
            const Zone zone{QTimeZone(schedule.zone), ZoneSource::Profile};
            QVERIFY2(zone.zone.isValid(), name.constData());
            QVERIFY2(!schedule.types.isEmpty() && schedule.first <= schedule.last, name.constData());
            QVERIFY2(schedule.first.daysTo(schedule.last) < 6, name.constData());
            QVERIFY2(schedule.last <= civilDate(schedule.nowUtc, zone), name.constData());
            QVERIFY2(schedule.first > QDate(2024, 5, 1), name.constData());
            // A poorer answer needs a good one before it.
            const bool isGoodFirst = schedule.steps.at(1).has(SoakFaultKind::Poorer);
            QVERIFY2(schedule.steps.size() >= 2 && !schedule.steps.at(isGoodFirst ? 1 : 0).faults.isEmpty(),
                     name.constData());
            QCOMPARE(schedule.nowUtc, awayFromMidnight(schedule.nowUtc, zone));
            int poorer = 0;
            for (const SoakStep &step : schedule.steps) {
                QVERIFY2((step.action == SoakAction::SyncDay) == step.day.isValid(), name.constData());
                QVERIFY2(step.has(SoakFaultKind::LateData) == (step.phoneBehindSeconds > 0),
                         name.constData());
                poorer += step.has(SoakFaultKind::Poorer) ? 1 : 0;
            }
            QVERIFY2(poorer <= 1, name.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestSoakGenerator)
#include "tst_soakgenerator.moc"
