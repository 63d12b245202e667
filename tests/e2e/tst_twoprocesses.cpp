// SPDX-License-Identifier: GPL-3.0-or-later
// Two processes at once on one installation: one refresh, one run at a time, and the rows of both.

#include "e2e/snapshot.h"

#include <QTest>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestTwoProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refreshingAndSyncingAtOnce()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        const CliRun connected = world.connect();
        QVERIFY2(connected.exitCode == 0, connected.all().constData());

        for (int round = 0; round < 5; ++round) {
            world.control(u"expire"_s);
            world.control(u"log"_s, {{u"clear"_s, true}});
            const QString day = QDate::currentDate().addDays(-20 - round).toString(Qt::ISODate);
            const auto first = world.launch({u"sync"_s, u"--date"_s, day});
            const auto second = world.launch({u"sync"_s, u"--date"_s, day});
            const CliRun a = World::finish(*first);
            const CliRun b = World::finish(*second);
            QVERIFY2(a.exitCode == 0, a.all().constData());
            QVERIFY2(b.exitCode == 0, b.all().constData());
            const QJsonObject counts = world.control(u"log"_s).value(u"counts"_s).toObject();
            QCOMPARE(counts.value(u"POST /oauth2/token"_s).toInt(), 1);
            QCOMPARE(
                world.value(u"SELECT count(*) FROM v_ledger WHERE date = ? AND state = 'complete'"_s, {day})
                    .toInt(),
                2);
        }
        QCOMPARE(world.value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
        QCOMPARE(world.value(u"SELECT count(*) FROM fitbit_tokens"_s).toInt(), 1);
        QCOMPARE(world.run({u"status"_s}).exitCode, 0);
    }

    void differentDaysAtOnceBothArrive()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        QCOMPARE(world.connect().exitCode, 0);
        const QDate base = QDate::currentDate().addDays(-40);
        std::vector<std::unique_ptr<QProcess>> running;
        for (int i = 0; i < 4; ++i)
            running.push_back(world.launch({u"sync"_s, u"--date"_s, base.addDays(i).toString(Qt::ISODate)}));
        for (const auto &process : running) {
            const CliRun run = World::finish(*process);
            QVERIFY2(run.exitCode == 0, run.all().constData());
        }
        QCOMPARE(world.value(u"SELECT count(*) FROM v_ledger WHERE state IN ('complete', 'empty')"_s).toInt(),
                 8);
    }
};

QTEST_GUILESS_MAIN(TestTwoProcesses)
#include "tst_twoprocesses.moc"
