// SPDX-License-Identifier: GPL-3.0-or-later
// The table of errors by kind, over real sockets: what each fault does to the run, the cells, the files, and
// what the person reads.

#include "sync/syncbench.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

const QDate Yesterday(2026, 3, 14);
const QString Heart = u"heartrate_1min"_s;
const QString Steps = u"steps"_s;

} // namespace

class TestSyncErrors : public QObject
{
    Q_OBJECT

private:
    static void ready(SyncBench &bench, const Consenting &consenting = {})
    {
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const ConnectReport report = bench.connect(consenting);
        QVERIFY2(report.connected, qPrintable(report.error.detail));
        bench.forgetAsked();
    }

    static QString said(const SyncBench &bench)
    {
        QStringList lines;
        for (const LogEntry &entry : bench.logged)
            lines << entry.text;
        return lines.join(u'\n');
    }

private Q_SLOTS:
    void faults_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("5xx") << u"server-error"_s;
        QTest::newRow("dropped before the answer") << u"drop"_s;
        QTest::newRow("dropped in the body") << u"drop-body"_s;
        QTest::newRow("silent") << u"hang"_s;
        QTest::newRow("truncated") << u"truncated-json"_s;
        QTest::newRow("malformed") << u"malformed-json"_s;
        QTest::newRow("HTML") << u"html"_s;
        QTest::newRow("wrong length") << u"longer-length"_s;
        QTest::newRow("cut gzip") << u"truncated-gzip"_s;
    }

    /// Two bad answers are cured by the third try; what stays bad fails that cell alone.
    void faults()
    {
        QFETCH(QString, kind);
        SyncBench bench;
        ready(bench);
        bench.sync(SyncBench::days(QDate(2026, 3, 12), QDate(2026, 3, 12)));
        const QByteArray before = bench.dayFileBytes(QDate(2026, 3, 12), Steps);
        QVERIFY(!before.isEmpty());

        bench.control(u"fault"_s,
                      {{u"kind"_s, kind}, {u"regex"_s, u"/activities/steps/"_s}, {u"times"_s, 2}});
        bench.forgetAsked();
        SyncReport report = bench.sync();
        QVERIFY(!report.stopped);
        QVERIFY2(cellOf(report, Steps, Yesterday).state == CellState::Provisional, qPrintable(said(bench)));
        const qsizetype cured = bench.asked().filter(u"/steps/"_s).size();
        QCOMPARE(cured, 3); // nothing is sent again behind our back
        QVERIFY(said(bench).contains(u"Trying again in"_s));

        bench.control(u"fault"_s,
                      {{u"kind"_s, kind}, {u"regex"_s, u"/activities/steps/"_s}, {u"times"_s, -1}});
        bench.forgetAsked();
        SyncRequest request = SyncBench::days(QDate(2026, 3, 12), QDate(2026, 3, 13));
        request.askSettledAgain = true;
        const qsizetype retriesBefore = said(bench).count(u"Trying again in"_s);
        report = bench.sync(request);
        const qsizetype sent = bench.asked().filter(u"/steps/"_s).size();
        // Both days are one request: it waits twice, for its second and third try.
        QCOMPARE(said(bench).count(u"Trying again in"_s) - retriesBefore, 2);
        QCOMPARE(sent, 3);
        // A day never in: failed, with its reason. A day that is in: its data stays, the try is told.
        const ReportCell failed = cellOf(report, Steps, QDate(2026, 3, 13));
        QCOMPARE(failed.state, CellState::Failed);
        QVERIFY(failed.triedAndFailed && !failed.reason.isEmpty());
        QVERIFY(failed.error.has_value());
        for (const LogEntry &entry : bench.logged) {
            if (entry.result.isEmpty())
                continue;
            QVERIFY2(entry.request.startsWith(u"GET http://127.0.0.1:"_s), qPrintable(entry.request));
            QVERIFY(entry.request.contains(u"/1/user/-/activities/"_s));
            QVERIFY(entry.result != u"failed"_s || !entry.nextStep.isEmpty());
        }
        const ReportCell kept = cellOf(report, Steps, QDate(2026, 3, 12));
        QVERIFY(kept.state && *kept.state != CellState::Failed);
        QVERIFY(kept.triedAndFailed && !kept.reason.isEmpty());
        QCOMPARE(bench.dayFileBytes(QDate(2026, 3, 12), Steps), before);
        QVERIFY(!QFile::exists(bench.dayFile(QDate(2026, 3, 13), Steps)));
        QVERIFY(isGood(cellOf(report, Heart, QDate(2026, 3, 13)).state.value()));
    }

    void anAnswerOfAnotherShapeIsSavedButNotAskedAgain()
    {
        SyncBench bench;
        ready(bench);
        bench.control(u"body"_s, {{u"path"_s, u"/1/user/-/activities/steps/date/2026-03-14/1d.json"_s},
                                  {u"body"_s, u"{\"activities-steps\":[{\"dateTime\":7}]}"_s}});
        const SyncReport report = bench.sync();
        QCOMPARE(cellOf(report, Steps, Yesterday).state, CellState::Failed);
        QVERIFY(cellOf(report, Steps, Yesterday).reason.startsWith(u"Saved but not understood"_s));
        QCOMPARE(bench.asked().filter(u"/steps/"_s).size(), 1);
        QCOMPARE(cellOf(report, Heart, Yesterday).state, CellState::Provisional);
        QVERIFY(!QFile::exists(bench.dayFile(Yesterday, Steps)));
    }

    /// Well-formed and understood, and yet no night: the service says itself that it takes a moment.
    void aNightThatIsNotReadyIsAskedForAgain()
    {
        SyncBench bench;
        ready(bench);
        SyncRequest request = SyncBench::yesterday();
        request.dataTypes = {u"sleep"_s, Heart};
        QJsonObject pending{{u"status"_s, 200},
                            {u"regex"_s, u"/sleep/"_s},
                            {u"times"_s, 1},
                            {u"body"_s, u"{\"meta\":{\"retryDuration\":3000,\"state\":\"pending\"}}"_s}};
        bench.control(u"fault"_s, pending);
        SyncReport report = bench.sync(request);
        QVERIFY2(!cellOf(report, u"sleep"_s, Yesterday).triedAndFailed, qPrintable(said(bench)));
        QCOMPARE(cellOf(report, u"sleep"_s, Yesterday).state, CellState::Provisional);
        QCOMPARE(bench.asked().filter(u"/sleep/"_s).size(), 2);

        pending[u"times"_s] = -1;
        bench.control(u"fault"_s, pending);
        bench.forgetAsked();
        request.first = request.last = Yesterday.addDays(-1);
        report = bench.sync(request);
        const ReportCell night = cellOf(report, u"sleep"_s, Yesterday.addDays(-1));
        QCOMPARE(night.state, CellState::Failed);
        QCOMPARE(night.error, ErrorKind::ServiceFailing);
        QVERIFY2(night.reason.contains(u"still being worked out"_s), qPrintable(night.reason));
        QCOMPARE(bench.asked().filter(u"/sleep/"_s).size(), 3);
        QVERIFY(isGood(cellOf(report, Heart, Yesterday.addDays(-1)).state.value()));
        QVERIFY(!report.stopped);
    }

    void aServiceThatKeepsFailingEndsTheRun()
    {
        SyncBench bench;
        bench.limits.runBudget = std::chrono::milliseconds(1'200);
        ready(bench);
        bench.control(u"fault"_s,
                      {{u"kind"_s, u"hang"_s}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}});
        const SyncReport report = bench.sync(SyncBench::days(QDate(2026, 2, 1), QDate(2026, 2, 28)));
        QCOMPARE(report.cells.size(), 56);
        for (const ReportCell &cell : report.cells) {
            QCOMPARE(cell.state, CellState::Failed);
            QVERIFY(cell.triedAndFailed);
        }
        QVERIFY(bench.asked().size() < 40);
    }

    void offlineIsNotRefused()
    {
        SyncBench bench;
        ready(bench);
        bench.simulator->close();
        bench.clock->advance(9 * 3600); // the access token has run out: the refresh cannot be reached either
        const SyncReport report = bench.sync();
        QVERIFY(!report.noUsableToken);
        QCOMPARE(cellOf(report, Steps, Yesterday).state, CellState::Failed);
        QVERIFY(cellOf(report, Steps, Yesterday).reason.contains(u"Could not reach Fitbit"_s));
        QCOMPARE(cellOf(report, Steps, Yesterday).error, ErrorKind::Network);
        QCOMPARE(bench.status().first().state, ConnectionState::Connected);
    }

    void quotaStopsAtOnceKeepsWhatIsInAndSaysWhen()
    {
        SyncBench bench;
        ready(bench);
        bench.control(u"quota"_s, {{u"perHour"_s, 150}, {u"used"_s, 145}});
        const SyncReport report = bench.sync(SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 10)));
        QVERIFY(!report.stopped);
        QVERIFY(report.nextAtUtc);
        QVERIFY(*report.nextAtUtc > bench.clock->nowUtc());
        QVERIFY(*report.nextAtUtc <= bench.clock->nowUtc() + 3600 + 600);
        int in = 0;
        for (const ReportCell &cell : report.cells) {
            in += cell.state ? 1 : 0;
            QCOMPARE(cell.waitsForQuota, !cell.state);
            QVERIFY(!cell.triedAndFailed);
        }
        QCOMPARE(in, 10 + 4); // ten days of steps are one request of the five, heart rate takes one a day
        QVERIFY(bench.asked().size() <= 8);
        const AccountStatus status = bench.status().first();
        QVERIFY(status.quota.exhausted);
        QCOMPARE(status.quota.resetAtUtc, report.nextAtUtc);

        // The schedule keeps to the stored time; a person's sync asks once.
        bench.forgetAsked();
        SyncRequest scheduled = SyncBench::yesterday();
        scheduled.trigger = SyncTrigger::Schedule;
        const SyncReport waited = bench.sync(scheduled);
        QCOMPARE(bench.asked(), QStringList());
        QCOMPARE(waited.nextAtUtc, report.nextAtUtc);
        QVERIFY(cellOf(waited, Steps, Yesterday).waitsForQuota);
        QVERIFY(bench.sync().nextAtUtc);
        QCOMPARE(bench.asked().size(), 1);

        bench.clock->set(QDateTime::fromSecsSinceEpoch(*report.nextAtUtc + 1, Qt::UTC));
        QVERIFY(!bench.sync(scheduled).nextAtUtc);
        QVERIFY(!bench.status().first().quota.exhausted);
    }

    void theLimitEndsARunWhoseTokenIsBeingRenewed()
    {
        SyncBench bench;
        ready(bench);
        // One request is refused for its old token; the limit is told while the new one is on its way.
        bench.control(u"fault"_s, {{u"kind"_s, u"status"_s},
                                   {u"status"_s, 401},
                                   {u"body"_s, u"{\"errors\":[{\"errorType\":\"expired_token\"}]}"_s},
                                   {u"regex"_s, u"/activities/heart/"_s},
                                   {u"times"_s, 1}});
        bench.control(u"fault"_s, {{u"kind"_s, u"quota"_s},
                                   {u"regex"_s, u"/activities/steps/"_s},
                                   {u"times"_s, 1},
                                   {u"delayMs"_s, 100}});
        bench.control(u"fault"_s,
                      {{u"kind"_s, u"none"_s}, {u"path"_s, u"/oauth2/token"_s}, {u"delayMs"_s, 400}});
        const SyncReport report = bench.sync();
        QVERIFY2(report.nextAtUtc, "the run did not end");
        QVERIFY(cellOf(report, Steps, Yesterday).waitsForQuota);
        QVERIFY(cellOf(report, Heart, Yesterday).waitsForQuota);
        QVERIFY(!bench.asked().filter(u"/oauth2/token"_s).isEmpty()); // it was renewed, and is kept
        bench.control(u"quota"_s, {{u"used"_s, 0}});
        bench.forgetAsked();
        QVERIFY(!bench.sync().nextAtUtc);
        QCOMPARE(bench.asked().filter(u"/oauth2/token"_s).size(), 0);
    }

    void aScopeLeftOutIsRespected()
    {
        SyncBench bench;
        ready(bench, {{u"heartrate"_s}, true});
        const SyncReport usual = bench.sync();
        QCOMPARE(usual.cells.size(), 1);
        QCOMPARE(usual.cells.first().key.dataType, Steps);
        QVERIFY(isGood(usual.cells.first().state.value()));
        bench.forgetAsked();
        SyncRequest named = SyncBench::yesterday();
        named.dataTypes = {Heart};
        const SyncReport report = bench.sync(named);
        QCOMPARE(bench.asked(), QStringList());
        const ReportCell cell = cellOf(report, Heart, Yesterday);
        QCOMPARE(cell.state, CellState::NotPermitted);
        QCOMPARE(cell.reason, u"No permission for heart rate (scope heartrate). Reconnect to grant it."_s);
        QCOMPARE(bench.status().first().missing, QStringList{u"heartrate"_s});
    }

    void withoutTheProfileScopeTheComputersZoneIsUsedWithAWarning()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const ConnectReport report = bench.connect({{u"profile"_s}, true});
        QVERIFY(report.connected);
        QVERIFY(report.warning.contains(u"Pacific/Chatham"_s));
        QCOMPARE(report.missing, QStringList{u"profile"_s});
        QCOMPARE(bench.status().first().zoneSource, u"computer"_s);
        bench.forgetAsked();
        QVERIFY(bench.sync().cells.first().state);
        QVERIFY(!bench.asked().contains(u"/1/user/-/profile.json"_s));
    }

    void stepsAreKeptWhereHeartRateIsRefused()
    {
        SyncBench bench;
        ready(bench);
        bench.control(u"switch"_s, {{u"intraday"_s, false}});
        const SyncReport report = bench.sync();
        QCOMPARE(cellOf(report, Steps, Yesterday).state, CellState::Provisional);
        const ReportCell heart = cellOf(report, Heart, Yesterday);
        QCOMPARE(heart.state, CellState::NotPermitted);
        QVERIFY2(heart.reason.contains(u"Personal"_s) && heart.reason.contains(u"heartrate"_s),
                 qPrintable(heart.reason));
        QCOMPARE(bench.asked().filter(u"/heart/"_s).size(), 1);
    }

    void anExpiredTokenIsReplacedOnce()
    {
        SyncBench bench;
        ready(bench);
        bench.control(u"expire"_s);
        const SyncReport report = bench.sync();
        QVERIFY(!report.noUsableToken);
        QCOMPARE(cellOf(report, Steps, Yesterday).state, CellState::Provisional);
        QCOMPARE(bench.asked().count(u"/oauth2/token"_s), 1);
    }

    void aRevokedGrantAsksToReconnectAndKeepsTheData()
    {
        SyncBench bench;
        ready(bench);
        bench.sync();
        const QByteArray before = bench.dayFileBytes(Yesterday, Steps);
        bench.control(u"revoke"_s);
        const SyncReport report = bench.sync(SyncBench::days(QDate(2026, 3, 13), Yesterday));
        QVERIFY(report.noUsableToken);
        QCOMPARE(report.cells.size(), 4);
        QCOMPARE(cellOf(report, Steps, Yesterday).state, CellState::Provisional);
        QVERIFY(!cellOf(report, Steps, QDate(2026, 3, 13)).state);
        QCOMPARE(bench.dayFileBytes(Yesterday, Steps), before);
        QCOMPARE(bench.status().first().state, ConnectionState::ReconnectNeeded);
        bench.forgetAsked();
        QVERIFY(bench.sync().noUsableToken);
        QCOMPARE(bench.asked(), QStringList());
        QVERIFY(bench.connect().connected);
        QVERIFY(!bench.sync().noUsableToken);
    }

    void aTokenRefusedAfterItsReplacementEndsInReconnect()
    {
        SyncBench bench;
        ready(bench);
        bench.control(
            u"fault"_s,
            {{u"status"_s, 401},
             {u"regex"_s, u"/activities/"_s},
             {u"times"_s, -1},
             {u"body"_s,
              u"{\"errors\":[{\"errorType\":\"invalid_token\",\"message\":\"no\"}],\"success\":false}"_s}});
        SyncRequest request = SyncBench::yesterday();
        request.dataTypes = {Steps}; // two would be under way at once
        const SyncReport report = bench.sync(request);
        QVERIFY(report.noUsableToken);
        QCOMPARE(bench.asked().count(u"/oauth2/token"_s), 1);
        QCOMPARE(bench.asked().filter(u"/activities/"_s).size(), 2);
        QCOMPARE(bench.status().first().state, ConnectionState::ReconnectNeeded);
    }

    void aServiceShutDownStopsAtOnceWithoutRetryOrRefresh()
    {
        SyncBench bench;
        ready(bench);
        bench.control(u"switch"_s, {{u"gone"_s, true}});
        const SyncReport report = bench.sync(SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 10)));
        QVERIFY(bench.asked().size() <= 4);
        QVERIFY(!bench.asked().contains(u"/oauth2/token"_s));
        QVERIFY(report.stopped);
        QCOMPARE(report.stopped->kind, ErrorKind::ServiceGone);
        QVERIFY(!report.noUsableToken);
        for (const ReportCell &cell : report.cells)
            QVERIFY2(cell.reason.contains(u"Connect Google Health instead."_s), qPrintable(cell.reason));
        QCOMPARE(bench.status().first().state, ConnectionState::Connected);
    }

    void aFullDiskStopsTheWholeRun()
    {
        SyncBench bench;
        ready(bench);
        QVERIFY(QDir(bench.dataDir() + u"/.archive"_s).removeRecursively());
        QFile inTheWay(bench.dataDir() + u"/.archive"_s);
        QDir().mkpath(bench.dataDir());
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        // A service as slow as a real one: the store finds out between two answers, also on a busy machine.
        bench.control(u"fault"_s, {{u"delayMs"_s, 200}, {u"regex"_s, u"/activities/"_s}, {u"times"_s, -1}});
        const SyncReport report = bench.sync(SyncBench::days(QDate(2026, 3, 1), QDate(2026, 3, 10)));
        QVERIFY(report.stopped);
        QCOMPARE(report.stopped->kind, ErrorKind::Storage);
        QVERIFY(bench.asked().size() <= 8);
        QVERIFY(!cellOf(report, Heart, QDate(2026, 3, 10)).state);
    }

    void withoutCredentialsOrConnectionItSaysSo()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const SyncReport unconnected = bench.sync();
        QVERIFY(unconnected.noUsableToken);
        QCOMPARE(unconnected.cells.size(), 2);
        QCOMPARE(bench.status().first().state, ConnectionState::NotConnected);
        SyncRequest nobody = SyncBench::yesterday();
        nobody.accounts = {{u"ghost"_s, u"fitbit"_s}};
        QCOMPARE(bench.sync(nobody).stopped->kind, ErrorKind::BadUsage);

        bench.settings.values.remove(u"FITBIT_CLIENT_SECRET"_s);
        bench.settings.values.remove(u"FITBIT_CLIENT_ID"_s);
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        QCOMPARE(bench.sync().stopped->kind, ErrorKind::BadConfiguration);
        QCOMPARE(bench.status().first().state, ConnectionState::NotConfigured);
        QCOMPARE(bench.connect().error.kind, ErrorKind::BadConfiguration);
    }

    void noTextHoldsASecret()
    {
        SyncBench bench;
        ready(bench);
        bench.control(u"revoke"_s);
        const SyncReport report = bench.sync();
        for (const ReportCell &cell : report.cells)
            QCOMPARE(bench.secrets->blot(cell.reason), cell.reason);
        for (const LogEntry &entry : bench.logged)
            QCOMPARE(bench.secrets->blot(entry.text), entry.text);
    }
};

QTEST_GUILESS_MAIN(TestSyncErrors)
#include "tst_syncerrors.moc"
