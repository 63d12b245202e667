// SPDX-License-Identifier: GPL-3.0-or-later

// What the terminal shows: the living line, the table of a sync, the state of an account, the JSON objects.

#include "cli/console.h"
#include "cli/plantext.h"
#include "cli/rebuildtext.h"
#include "cli/reporttext.h"
#include "cli/statustext.h"
#include "core/redaction.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class CliTextsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QBuffer> m_out;
    std::unique_ptr<QBuffer> m_err;
    CliEnvironment m_environment;

    static ReportCell cell(const QString &type, std::optional<CellState> state, const QString &reason = {})
    {
        ReportCell made;
        made.key = {{u"default"_s, u"fitbit"_s}, type, QDate(2026, 11, 22)};
        made.state = state;
        made.reason = reason;
        return made;
    }

private Q_SLOTS:
    void init()
    {
        m_out = std::make_unique<QBuffer>();
        m_err = std::make_unique<QBuffer>();
        QVERIFY(m_out->open(QIODevice::WriteOnly) && m_err->open(QIODevice::WriteOnly));
        m_environment = {};
        m_environment.out = m_out.get();
        m_environment.err = m_err.get();
        m_environment.secrets = std::make_shared<SecretRegister>();
    }

    void aPlanSaysByWhatSpanTheLimitCounts_data()
    {
        QTest::addColumn<int>("windows");
        QTest::addColumn<int>("windowSeconds");
        QTest::addColumn<QString>("limit");
        QTest::newRow("hour") << 5 << 3600 << u"; the provider answers only so many requests an hour"_s;
        QTest::newRow("minute") << 5 << 60 << u"; the provider answers only so many requests a minute"_s;
        QTest::newRow("another") << 5 << 900 << u"; the provider answers only so many requests in 15 min"_s;
        QTest::newRow("one is enough") << 1 << 3600 << QString();
    }

    void aFewRequestsOverTheEndOfAMinuteWaitForNothing()
    {
        PlanEstimate plan;
        plan.requests = 3;
        plan.windows = 2;
        plan.windowSeconds = 60;
        plan.seconds = 2;
        QVERIFY(!planLines(plan).join(u'\n').contains(u"only so many"_s));
    }

    void aPlanSaysByWhatSpanTheLimitCounts()
    {
        QFETCH(int, windows);
        QFETCH(int, windowSeconds);
        QFETCH(QString, limit);
        PlanEstimate plan;
        plan.requests = 612;
        plan.windows = windows;
        plan.windowSeconds = windowSeconds;
        plan.seconds = 4 * 3600 + 40 * 60;
        plan.finishUtc = 1795425120;
        const QStringList lines = planLines(plan);
        QVERIFY2(lines.contains(u"  Requests    612"_s), qPrintable(lines.join(u'\n')));
        const QString time =
            u"  Time        4 h 40 min, until %1"_s.arg(instantText(double(plan.finishUtc))) + limit;
        QVERIFY2(lines.contains(time), qPrintable(lines.join(u'\n')));
        QVERIFY(!planObject(plan).contains(u"window_seconds"_s)); // what scripts read is as it was
    }

    void progressLivesOnOneLine()
    {
        m_environment.outIsTerminal = true;
        m_environment.terminalWidth = [] { return 30; };
        Console console(m_environment, false);
        console.progress({1, 30, 125, u"Fitbit, heart rate, 2026-11-22"_s});
        QCOMPARE(m_out->data(), QByteArray("\r1 of 30 done, about 2 min le\xE2\x80\xA6\x1b[K"));
        console.say(u"Done."_s);
        QVERIFY2(m_out->data().endsWith("\r\x1b[KDone.\n"), m_out->data().constData());
        QCOMPARE(m_out->data().count('\n'), 1);
    }

    void progressIsPlainInAPipe()
    {
        Console console(m_environment, false);
        console.progress({1, 2, {}, u"Fitbit, steps"_s});
        console.progress({1, 2, {}, u"Fitbit, steps"_s});
        console.progress({2, 2, 5, {}});
        QCOMPARE(m_out->data(), QByteArray("1 of 2 done: Fitbit, steps\n2 of 2 done\n"));
    }

    void jsonIsOneObjectALine()
    {
        m_environment.outIsTerminal = true;
        Console console(m_environment, true);
        console.say(u"for people"_s);
        console.progress({1, 2, {}, u"x"_s});
        console.tell(u"Connected."_s);
        LogEntry entry;
        entry.level = LogLevel::Warning;
        entry.text = u"slow"_s;
        console.log(entry);
        console.problem(u"broken"_s);
        QCOMPARE(m_out->data(), QByteArray("{\"done\":1,\"eta_s\":null,\"total\":2,\"type\":\"progress\"}\n"
                                           "{\"level\":\"info\",\"text\":\"Connected.\",\"type\":\"log\"}\n"
                                           "{\"level\":\"warning\",\"text\":\"slow\",\"type\":\"log\"}\n"
                                           "{\"level\":\"problem\",\"text\":\"broken\",\"type\":\"log\"}\n"));
        QCOMPARE(m_err->data(), QByteArray("broken\n"));
    }

    void secretsAndControlCharactersAreTakenOut()
    {
        m_environment.secrets->add(u"0123456789abcdef"_s);
        Console console(m_environment, false);
        console.problem(u"refused 0123456789abcdef\x1b[2J"_s);
        QVERIFY(!m_err->data().contains("0123456789abcdef"));
        QVERIFY(!m_err->data().contains('\x1b'));
    }

    void aShortSyncIsATable()
    {
        SyncReport report;
        report.cells = {cell(u"steps"_s, CellState::Provisional),
                        cell(u"heartrate_1min"_s, CellState::Failed, u"Could not reach Fitbit."_s)};
        report.filesWritten = {u"/data/2026-11-22_steps.json"_s};
        report.added = 1;
        QCOMPARE(
            reportLines(report),
            (QStringList{u"Date        Data            State        Reason"_s,
                         u"2026-11-22  steps           provisional"_s,
                         u"2026-11-22  heartrate_1min  failed       Could not reach Fitbit."_s, QString(),
                         u"provisional: kept; the provider may still add to that day, so it is asked again "
                         "later."_s,
                         QString(), u"Files written in /data:"_s, u"  2026-11-22_steps.json"_s}));
        QCOMPARE(reportSummary(report), u"1 of 2 done, 1 new value."_s);
        report.withdrawn = 2;
        QCOMPARE(reportSummary(report), u"1 of 2 done, 1 new value, 2 withdrawn by the provider."_s);
    }

    void severalPeopleGetAColumn()
    {
        SyncReport report;
        report.cells = {cell(u"steps"_s, CellState::Complete), cell(u"steps"_s, CellState::Complete)};
        report.cells.last().key.account.participant = u"P02"_s;
        QCOMPARE(reportLines(report).mid(0, 3), (QStringList{u"Participant  Date        Data   State"_s,
                                                             u"default      2026-11-22  steps  complete"_s,
                                                             u"P02          2026-11-22  steps  complete"_s}));
    }

    void aLongSyncIsCounted()
    {
        SyncReport report;
        report.cells = QList<ReportCell>(364, cell(u"steps"_s, CellState::Complete));
        report.cells.append(cell(u"steps"_s, CellState::Failed, u"HTTP 500"_s));
        const QStringList lines = reportLines(report);
        QCOMPARE(lines.first(), u"365 days of data: 364 complete, 1 failed."_s);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines.last().endsWith(u"HTTP 500"_s));
    }

    void olderDataThatCouldNotBeRenewedIsSaid()
    {
        SyncReport report;
        report.cells = {cell(u"steps"_s, CellState::Complete, u"Fitbit did not answer in time."_s)};
        report.cells.first().triedAndFailed = true;
        QVERIFY(reportLines(report).at(1).endsWith(u"not renewed: Fitbit did not answer in time."_s));
    }

    void aStopSaysWhatIsDone()
    {
        SyncReport report;
        report.cells = {cell(u"steps"_s, CellState::Complete), cell(u"heartrate_1min"_s, std::nullopt)};
        report.cells.last().cancelled = true;
        report.cancelled = true;
        QCOMPARE(reportSummary(report), u"Stopped. 1 of 2 done; what is done stays."_s);
    }

    void theReportObjectIsTheContract()
    {
        SyncReport report;
        report.run = u"r1"_s;
        report.nextAtUtc = 1'800'000'000;
        report.cells = {cell(u"steps"_s, std::nullopt, u"waits"_s)};
        const QByteArray json =
            QJsonDocument(reportObject(report, ExitStatus::WaitForQuota)).toJson(QJsonDocument::Compact);
        QCOMPARE(
            json,
            QByteArray("{\"cells\":[{\"data\":\"steps\",\"date\":\"2026-11-22\",\"participant\":\"default\","
                       "\"provider\":\"fitbit\",\"reason\":\"waits\",\"state\":null}],\"exit\":4,"
                       "\"next_at\":1800000000,\"run\":\"r1\",\"type\":\"report\"}"));
    }

    void theStatusObjectIsTheContract()
    {
        AccountStatus account;
        account.key = {u"default"_s, u"fitbit"_s};
        account.state = ConnectionState::Connected;
        account.userId = u"ABC123"_s;
        account.expiresAt = 1'800'000'000.5;
        account.granted = {u"activity"_s};
        QCOMPARE(statusObject(account).keys(),
                 (QStringList{u"expires_at"_s, u"granted"_s, u"id"_s, u"last_run"_s, u"missing"_s,
                              u"provider"_s, u"quota_left"_s, u"quota_reset_at"_s, u"refresh_ends_at"_s,
                              u"state"_s, u"user_id"_s, u"zone"_s, u"zone_source"_s}));
        QCOMPARE(statusObject(account).value(u"expires_at"_s).toInteger(), 1'800'000'000);
        QCOMPARE(statusObject(account).value(u"state"_s).toString(), u"connected"_s);
        QVERIFY(statusObject(account).value(u"quota_left"_s).isNull());
        const QStringList lines =
            statusLines(account, u"Fitbit"_s, u"wristkeep-cli connect"_s, 1'799'000'000);
        QCOMPARE(lines.first(), u"default, Fitbit: connected"_s);
        account.state = ConnectionState::ReconnectNeeded;
        QVERIFY(statusLines(account, u"Fitbit"_s, u"wristkeep-cli connect"_s, 1'799'000'000)
                    .join(u'\n')
                    .contains(u"wristkeep-cli connect"_s));
    }

    void thePermissionsEndIsToldWithItsCountdown_data()
    {
        QTest::addColumn<qint64>("left");
        QTest::addColumn<QString>("when");
        QTest::newRow("a week") << qint64(604'799) << u"(in 6 days)"_s;
        QTest::newRow("two days") << qint64(172'800) << u"(in 2 days)"_s;
        QTest::newRow("less") << qint64(172'799) << u"(in 47 hours)"_s;
        QTest::newRow("almost over") << qint64(90) << u"(in 2 minutes)"_s;
        QTest::newRow("over") << qint64(0) << u"(over)"_s;
    }

    void thePermissionsEndIsToldWithItsCountdown()
    {
        QFETCH(qint64, left);
        QFETCH(QString, when);
        constexpr qint64 end = 1'800'000'000;
        AccountStatus account;
        account.key = {u"default"_s, u"google-health"_s};
        account.state = ConnectionState::Connected;
        const QString none =
            statusLines(account, u"Google Health"_s, u"wristkeep-cli connect"_s, end - left).join(u'\n');
        QVERIFY(!none.contains(u"Permission until"_s));
        account.refreshEndsAt = double(end);
        const QString lines =
            statusLines(account, u"Google Health"_s, u"wristkeep-cli connect"_s, end - left).join(u'\n');
        QVERIFY2(
            lines.contains(u"  Permission until %1 %2: this Google project is in Testing; reconnect"_s.arg(
                instantText(double(end)), when)),
            qPrintable(lines));
        QCOMPARE(lines.contains(u"before then"_s), left > 0);
        QCOMPARE(statusObject(account).value(u"refresh_ends_at"_s).toInteger(), end);
    }

    void aRebuildSaysWhatWouldChange()
    {
        RebuildDifference value;
        value.account = {u"default"_s, u"fitbit"_s};
        value.type = u"steps"_s;
        value.date = QDate(2026, 3, 10);
        value.kept = u"9,120 steps"_s;
        value.rebuilt = u"9,064 steps"_s;
        QCOMPARE(differenceLine(value),
                 u"2026-03-10 steps (Fitbit): kept 9,120 steps, rebuilt 9,064 steps"_s);
        RebuildDifference reading = value;
        reading.kind = RebuildDifference::Kind::Reading;
        reading.account = {u"P02"_s, u"google-health"_s};
        reading.type = u"heartrate_1min"_s;
        reading.time = u"08:14:00"_s;
        reading.kept = u"61 bpm"_s;
        reading.rebuilt.clear();
        reading.count = 3;
        QCOMPARE(differenceLine(reading),
                 u"2026-03-10 08:14:00 heartrate_1min (P02, Google Health): kept 61 bpm, "
                 "rebuilt none; and 2 readings more that day"_s);

        RebuildReport report;
        report.answers = 1234;
        const QString call = u"wristkeep-cli rebuild --swap"_s;
        QCOMPARE(rebuildSummary(report, call),
                 {u"1,234 answers read from the archive: the tables are as they should be."_s});
        report.differences = {value, reading};
        report.totals = {{value.kind, 40}, {reading.kind, 3}};
        const QString said = rebuildSummary(report, call).join(u'\n');
        QVERIFY2(said.contains(u"… and 39 more."_s), qPrintable(said));
        QVERIFY2(said.contains(u"Different: 40 daily values, 3 readings."_s), qPrintable(said));
        QVERIFY2(
            said.endsWith(u"Nothing was changed. To use the rebuilt tables: wristkeep-cli rebuild --swap"_s),
            qPrintable(said));

        RebuildProblem problem{value.account,       value.type, value.date, value.date,
                               u"It is damaged."_s, true,       1};
        QCOMPARE(problemLine(problem),
                 u"2026-03-10 steps (Fitbit): It is damaged. What the tables hold of 1 day "
                 "was taken over as it is."_s);
    }
};

QTEST_GUILESS_MAIN(CliTextsTest)
#include "tst_clitexts.moc"
