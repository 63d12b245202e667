// SPDX-License-Identifier: GPL-3.0-or-later
// A sync never lies: under each fault of the service the cell says so, the exit status says so, older data
// and files stay, and a healthy sync afterwards completes the rest.

#include "e2e/snapshot.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <csignal>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestFaults : public QObject
{
    Q_OBJECT

private:
    World m_world;
    QDate m_next = QDate::currentDate().addDays(-200);

    /// A settled day nobody asked for yet.
    QString freshDay()
    {
        m_next = m_next.addDays(1);
        return m_next.toString(Qt::ISODate);
    }

    QString state(const QString &day, const QString &type)
    {
        return m_world.value(u"SELECT state FROM v_ledger WHERE date = ? AND data_type = ?"_s, {day, type})
            .toString();
    }

    QString reason(const QString &day, const QString &type)
    {
        return m_world.value(u"SELECT reason FROM v_ledger WHERE date = ? AND data_type = ?"_s, {day, type})
            .toString();
    }

    void fault(QJsonObject rule)
    {
        if (!rule.contains(u"path"_s))
            rule.insert(u"path"_s, u"/1/user/-/activities/"_s);
        QVERIFY(m_world.control(u"fault"_s, rule).contains(u"id"_s));
    }

    CliRun sync(const QString &day, const QStringList &more = {})
    {
        return m_world.run(QStringList{u"--json"_s, u"sync"_s, u"--date"_s, day} + more);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_world.start({u"--quota"_s, u"100000"_s}), qPrintable(m_world.problem));
        const CliRun run = m_world.connect();
        QVERIFY2(run.exitCode == 0, run.all().constData());
        // A day without data may honestly become "failed"; these tests are about days that have some.
        m_world.control(u"wear"_s, {{u"date"_s, m_next.toString(Qt::ISODate)},
                                    {u"to"_s, QDate::currentDate().toString(Qt::ISODate)},
                                    {u"state"_s, u"worn"_s}});
    }

    void cleanup() { m_world.control(u"clear-faults"_s); }

    void aLastingFaultFailsTheCellAndSaysWhy_data()
    {
        QTest::addColumn<QJsonObject>("rule");
        const auto row = [](const char *name, const QJsonObject &rule) {
            QJsonObject always = rule;
            always.insert(u"times"_s, -1);
            QTest::newRow(name) << always;
        };
        row("500 with a web page", {{u"kind"_s, u"server-error"_s}});
        row("503", {{u"status"_s, 503}});
        row("404", {{u"status"_s, 404}});
        row("redirect",
            {{u"status"_s, 302}, {u"headers"_s, QJsonObject{{u"Location"_s, u"http://127.0.0.1:1/"_s}}}});
        row("closed before an answer", {{u"kind"_s, u"drop"_s}});
        row("closed in the middle", {{u"kind"_s, u"drop-body"_s}});
        row("half the JSON", {{u"kind"_s, u"truncated-json"_s}});
        row("malformed JSON", {{u"kind"_s, u"malformed-json"_s}});
        row("HTML for JSON", {{u"kind"_s, u"html"_s}});
        row("length too long", {{u"kind"_s, u"longer-length"_s}});
        row("length too short", {{u"kind"_s, u"shorter-length"_s}});
        row("half the gzip", {{u"kind"_s, u"truncated-gzip"_s}});
        row("front end's 403", {{u"kind"_s, u"front-end-403"_s}});
        row("empty object", {{u"status"_s, 200}, {u"body"_s, u"{}"_s}});
        row("another day's answer",
            {{u"status"_s, 200},
             {u"body"_s,
              uR"({"activities-steps":[{"dateTime":"2001-01-01","value":"5"}],"activities-heart":[{"dateTime":"2001-01-01","value":{}}],"activities-heart-intraday":{"dataset":[]}})"_s}});
    }

    void aLastingFaultFailsTheCellAndSaysWhy()
    {
        QFETCH(QJsonObject, rule);
        const QString day = freshDay();
        const QString healthyDay = freshDay();
        QCOMPARE(sync(healthyDay).exitCode, 0);
        const QString healthy = ownedData(m_world);

        fault(rule);
        QElapsedTimer watch;
        watch.start();
        const CliRun run = sync(day);
        QVERIFY2(watch.elapsed() < 120'000, "a failing service must not hold a run for longer than this");
        QVERIFY2(run.exitCode == 1, run.all().constData());
        for (const QString &type : {u"steps"_s, u"heartrate_1min"_s}) {
            QCOMPARE(state(day, type), u"failed"_s);
            QVERIFY(!reason(day, type).isEmpty());
            QVERIFY(m_world.dayFile(QDate::fromString(day, Qt::ISODate), type).isEmpty());
        }
        QCOMPARE(m_world.value(u"SELECT count(*) FROM v_daily WHERE date = ?"_s, {day}).toInt(), 0);
        for (const QJsonValue &cell : run.object(u"report"_s).value(u"cells"_s).toArray()) {
            QCOMPARE(cell[u"state"_s].toString(), u"failed"_s);
            QVERIFY(!cell[u"reason"_s].toString().isEmpty());
        }

        // A failed re-read leaves what is there, byte for byte, and is still said.
        const CliRun again = sync(healthyDay);
        QVERIFY2(again.exitCode == 1, again.all().constData());
        for (const QString &type : {u"steps"_s, u"heartrate_1min"_s})
            QVERIFY2(QStringList({u"complete"_s, u"empty"_s}).contains(state(healthyDay, type)),
                     qPrintable(type));
        m_world.control(u"clear-faults"_s);
        QCOMPARE(sync(healthyDay).exitCode, 0);
        const QString after = ownedData(m_world);
        QCOMPARE(after.section(u"# samples"_s, 1).section(u"# files"_s, 0, 0),
                 healthy.section(u"# samples"_s, 1).section(u"# files"_s, 0, 0));

        const CliRun cured = sync(day);
        QVERIFY2(cured.exitCode == 0, cured.all().constData());
        QVERIFY(state(day, u"steps"_s) != u"failed"_s);
    }

    void aPassingFaultIsTriedAgain_data()
    {
        QTest::addColumn<QJsonObject>("rule");
        QTest::newRow("one 502") << QJsonObject{{u"status"_s, 502}};
        QTest::newRow("one drop") << QJsonObject{{u"kind"_s, u"drop"_s}};
        QTest::newRow("one half body") << QJsonObject{{u"kind"_s, u"drop-body"_s}};
        QTest::newRow("one malformed") << QJsonObject{{u"kind"_s, u"malformed-json"_s}};
        QTest::newRow("split header") << QJsonObject{{u"kind"_s, u"split-header"_s}, {u"times"_s, -1}};
        QTest::newRow("a slow answer") << QJsonObject{{u"delayMs"_s, 1500}};
    }

    void aPassingFaultIsTriedAgain()
    {
        QFETCH(QJsonObject, rule);
        fault(rule);
        const QString day = freshDay();
        const CliRun run = sync(day);
        QVERIFY2(run.exitCode == 0, run.all().constData());
    }

    void usedUpQuotaStopsAtOnceAndSaysWhenToGoOn()
    {
        const QString day = freshDay();
        fault({{u"kind"_s, u"quota"_s}, {u"times"_s, 1}});
        m_world.control(u"log"_s, {{u"clear"_s, true}});
        const CliRun run = sync(day);
        QVERIFY2(run.exitCode == 4, run.all().constData());
        const QJsonObject report = run.object(u"report"_s);
        QVERIFY2(!report.value(u"next_at"_s).isNull(), run.out.constData());
        QVERIFY2(state(day, u"steps"_s).isEmpty() || state(day, u"heartrate_1min"_s).isEmpty(),
                 "quota leaves a cell as it was");
        const int asked = m_world.control(u"log"_s).value(u"total"_s).toInt();
        QVERIFY2(asked <= 6, qPrintable(QString::number(asked)));
        m_world.control(u"quota"_s, {{u"used"_s, 0}});
        const CliRun again = sync(day);
        QVERIFY2(again.exitCode == 0, again.all().constData());
    }

    void noPermissionForHeartRateKeepsTheSteps()
    {
        const QString day = freshDay();
        fault(
            {{u"kind"_s, u"no-intraday"_s}, {u"path"_s, u"/1/user/-/activities/heart"_s}, {u"times"_s, -1}});
        const CliRun run = m_world.run({u"sync"_s, u"--date"_s, day});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QCOMPARE(state(day, u"heartrate_1min"_s), u"not permitted"_s);
        QVERIFY(QStringList({u"complete"_s, u"empty"_s}).contains(state(day, u"steps"_s)));
        QVERIFY2(run.all().contains("Personal"), run.all().constData());
    }

    void aServiceThatIsGoneIsNeitherRetriedNorRefreshed()
    {
        const QString day = freshDay();
        m_world.control(u"log"_s, {{u"clear"_s, true}});
        fault({{u"kind"_s, u"gone"_s},
               {u"path"_s, u"/"_s},
               {u"regex"_s, u"^/(1|oauth2)/"_s},
               {u"times"_s, -1}});
        const CliRun run = m_world.run({u"sync"_s, u"--date"_s, day});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY2(run.all().contains("2 November 2026"), run.all().constData());
        QVERIFY2(run.all().contains("Google Health"), run.all().constData());
        const QJsonObject counts = m_world.control(u"log"_s);
        QVERIFY2(counts.value(u"total"_s).toInt() <= 4, "410 must not be retried");
        m_world.control(u"clear-faults"_s);
        QCOMPARE(m_world.run({u"status"_s}).exitCode, 0);
    }

    void anExpiredTokenIsRefreshedOnce()
    {
        m_world.control(u"expire"_s);
        const QString day = freshDay();
        const CliRun run = sync(day);
        QVERIFY2(run.exitCode == 0, run.all().constData());
    }

    void anInterruptWaitsForThePermissionThatIsOut()
    {
        m_world.control(u"expire"_s);
        m_world.control(u"log"_s, {{u"clear"_s, true}});
        m_world.control(u"fault"_s,
                        {{u"kind"_s, u"none"_s}, {u"path"_s, u"/oauth2/token"_s}, {u"delayMs"_s, 1'500}});
        const QString day = freshDay();
        const auto process = m_world.launch({u"sync"_s, u"--date"_s, day});
        QTRY_COMPARE_WITH_TIMEOUT(m_world.control(u"log"_s)[u"counts"_s][u"POST /oauth2/token"_s].toInt(), 1,
                                  20'000);
        ::kill(pid_t(process->processId()), SIGINT);
        const CliRun run = World::finish(*process);
        QVERIFY2(run.exitCode == 5, run.all().constData());
        // The old permission is worth nothing any more after the service's two minutes of grace.
        m_world.control(u"clear-faults"_s);
        m_world.control(u"clock"_s, {{u"advance"_s, 300}});
        const CliRun next = sync(day);
        m_world.control(u"clock"_s, {{u"advance"_s, -300}});
        QVERIFY2(next.exitCode == 0, next.all().constData());
    }

    void offlineIsNeverTakenForRefused()
    {
        const QString day = freshDay();
        m_world.stopService();
        const CliRun run = m_world.run({u"sync"_s, u"--date"_s, day});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY2(!run.all().contains("econnect"), run.all().constData());
        QVERIFY(m_world.restartService());
        QCOMPARE(m_world.run({u"status"_s}).exitCode, 0);
        QCOMPARE(sync(day).exitCode, 0);
    }

    void unchangedDataWritesNoFileAndNoRow()
    {
        const QString day = freshDay();
        QCOMPARE(sync(day).exitCode, 0);
        const auto counts = [this] {
            return m_world
                .query(u"SELECT (SELECT count(*) FROM samples), (SELECT count(*) FROM daily_values), (SELECT "
                       u"count(*) FROM "
                       "documents), (SELECT count(*) FROM history)"_s)
                .first();
        };
        const auto before = counts();
        const QString owned = ownedData(m_world);
        QCOMPARE(sync(day).exitCode, 0);
        QCOMPARE(counts(), before);
        QCOMPARE(ownedData(m_world), owned);
    }

    void aDayThatTurnsEmptyKeepsItsData()
    {
        const QString day = freshDay();
        QCOMPARE(sync(day).exitCode, 0);
        const QString owned = ownedData(m_world);
        fault(
            {{u"status"_s, 200},
             {u"times"_s, -1},
             {u"path"_s, u"/1/user/-/activities/heart"_s},
             {u"body"_s,
              u"{\"activities-heart\":[{\"dateTime\":\"%1\",\"value\":{\"customHeartRateZones\":[],\"heartRateZones\":[]}}],\"activities-heart-intraday\":{\"dataset\":[],\"datasetInterval\":1,\"datasetType\":\"minute\"}}"_s
                  .arg(day)}});
        sync(day, {u"--data"_s, u"heartrate"_s});
        m_world.control(u"clear-faults"_s);
        const QString after = ownedData(m_world);
        QCOMPARE(after.section(u"# samples"_s, 1).section(u"# files"_s, 0, 0),
                 owned.section(u"# samples"_s, 1).section(u"# files"_s, 0, 0));
        QCOMPARE(state(day, u"heartrate_1min"_s), u"complete"_s);
    }

    void cancelKeepsCommittedWork()
    {
        fault({{u"delayMs"_s, 400}, {u"times"_s, -1}});
        const auto process =
            m_world.launch({u"sync"_s, u"--from"_s, QDate::currentDate().addDays(-400).toString(Qt::ISODate),
                            u"--to"_s, QDate::currentDate().addDays(-370).toString(Qt::ISODate)});
        QTRY_VERIFY_WITH_TIMEOUT(m_world.value(u"SELECT count(*) FROM v_ledger WHERE date < ?"_s,
                                               {QDate::currentDate().addDays(-369).toString(Qt::ISODate)})
                                         .toInt() >= 3,
                                 30'000);
        process->terminate();
        const CliRun run = World::finish(*process, 5'000);
        QVERIFY2(run.exitCode == 5, run.all().constData());
        QVERIFY2(run.all().contains("Stopped"), run.all().constData());
        QCOMPARE(m_world
                     .value(u"SELECT count(*) FROM v_ledger WHERE state = 'failed' AND date < ?"_s,
                            {QDate::currentDate().addDays(-369).toString(Qt::ISODate)})
                     .toInt(),
                 0);
    }

    void aRevokedGrantSaysReconnectAndKeepsEverything()
    {
        const int rows = m_world.value(u"SELECT count(*) FROM samples"_s).toInt();
        m_world.control(u"revoke"_s);
        const CliRun run = m_world.run({u"sync"_s, u"--date"_s, freshDay()});
        QVERIFY2(run.exitCode == 3, run.all().constData());
        QVERIFY2(run.all().contains("econnect"), run.all().constData());
        QCOMPARE(m_world.value(u"SELECT count(*) FROM samples"_s).toInt(), rows);
        QCOMPARE(m_world.value(u"SELECT count(*) FROM fitbit_tokens"_s).toInt(), 1);
        QCOMPARE(m_world.run({u"status"_s}).exitCode, 3);
        const CliRun back = m_world.connect();
        QVERIFY2(back.exitCode == 0, back.all().constData());
        QCOMPARE(m_world.run({u"sync"_s, u"--date"_s, freshDay()}).exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
