// SPDX-License-Identifier: GPL-3.0-or-later

// The words for times, counts, permissions, quota and results.

#include "gui/wording.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qint64 now = 1795425120; // 2026-11-23 09:12 UTC, 22:57 in Chatham

ReportCell cell(const QString &type, std::optional<CellState> state, const QString &reason = {})
{
    ReportCell result;
    result.key.dataType = type;
    result.key.date = QDate(2026, 11, 22);
    result.state = state;
    result.reason = reason;
    return result;
}

ReportText textOf(const SyncReport &report)
{
    return reportInWords(report, {{u"steps"_s, u"Steps"_s}, {u"heartrate_1min"_s, u"Heart rate"_s}},
                         u"Fitbit"_s, now);
}

} // namespace

class TestWording : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void instantsAreToldOnThisComputersClock();
    void waitsAreRoundedUp();
    void countdownsTick();
    void daysShareTheirMonth();
    void progressTellsCountsAndTimeLeft();
    void quotaIsSilentWhenStale();
    void scopesAreInWords();
    void aGoodRunSaysWhatCame();
    void emptyIsNotFailed();
    void aPartlyRunNamesWhatIsMissing();
    void aNewFailureOverOldDataIsNotCalledGood();
    void aStoppedRunCountsWhatIsDone();
    void aWaitForQuotaSaysWhen();
    void manyTroublesStayShort();
    void anotherRunUnderWayIsNoProblem();
    void offlineIsSaidOnce();
};

void TestWording::instantsAreToldOnThisComputersClock()
{
    QCOMPARE(QTimeZone::systemTimeZoneId(), "Pacific/Chatham");
    QCOMPARE(instantInWords(now, now), u"today, 22:57"_s);
    QCOMPARE(instantInWords(now - 86400, now), u"yesterday, 22:57"_s);
    QVERIFY(instantInWords(now - 3 * 86400, now).contains(u"2026"_s));
}

void TestWording::waitsAreRoundedUp()
{
    QCOMPARE(untilInWords(now + 59, now), u"in less than a minute"_s);
    QCOMPARE(untilInWords(now - 10, now), u"in less than a minute"_s);
    QCOMPARE(untilInWords(now + 60, now), u"in a minute"_s);
    QCOMPARE(untilInWords(now + 61, now), u"in 2 minutes"_s);
    QCOMPARE(untilInWords(now + 3 * 3600, now), u"in 3 hours"_s);
    QCOMPARE(permissionEndInWords(double(now + 604'799), now), u"Permission ends in 6 days"_s);
    QCOMPARE(permissionEndInWords(double(now + 172'800), now), u"Permission ends in 2 days"_s);
    QCOMPARE(permissionEndInWords(double(now + 172'799), now), u"Permission ends in 48 hours"_s);
    QCOMPARE(permissionEndInWords(double(now + 1800), now), u"Permission ends in 30 minutes"_s);
    QCOMPARE(permissionEndInWords(double(now), now), u"Permission has ended"_s);
}

void TestWording::countdownsTick()
{
    QCOMPARE(countdownInWords(now + 22 * 60 + 41, now), u"22:41"_s);
    QCOMPARE(countdownInWords(now + 9, now), u"0:09"_s);
    QCOMPARE(countdownInWords(now - 9, now), u"0:00"_s);
    QCOMPARE(countdownInWords(now + 3599, now), u"59:59"_s);
    QCOMPARE(countdownInWords(now + 3600, now), u"1 hour"_s);
    QCOMPARE(countdownInWords(now + 3 * 3600 + 5 * 60, now), u"3 h 5 min"_s);
    QCOMPARE(countdownInWords(now + 3 * 3600, now), u"3 hours"_s);
}

void TestWording::daysShareTheirMonth()
{
    const QDate last(2026, 11, 22);
    QCOMPARE(daysInWords(last, last), u"22 November 2026"_s);
    QCOMPARE(daysInWords(last.addDays(-2), last), u"20 to 22 November 2026"_s);
    QCOMPARE(daysInWords({2026, 9, 29}, last), u"29 September to 22 November 2026"_s);
    QCOMPARE(daysInWords({2025, 9, 29}, last), u"29 September 2025 to 22 November 2026"_s);
}

void TestWording::progressTellsCountsAndTimeLeft()
{
    QCOMPARE(progressInWords({0, 0, {}, {}}), u"Planning"_s);
    QCOMPARE(progressInWords({3, 12, {}, {}}), u"3 of 12 requests"_s);
    QCOMPARE(progressInWords({3, 12, 20, {}}), u"3 of 12 requests, about 20 seconds left"_s);
    QCOMPARE(progressInWords({3, 12, 200, {}}), u"3 of 12 requests, about 3 minutes left"_s);
    QCOMPARE(progressInWords({11, 12, 1, {}}), u"11 of 12 requests, almost done"_s);
}

void TestWording::quotaIsSilentWhenStale()
{
    QuotaState quota;
    QCOMPARE(quotaInWords(quota, now), QString());
    quota.limit = 150;
    quota.left = 148;
    quota.resetAtUtc = now + 180;
    QCOMPARE(quotaInWords(quota, now), u"148 of 150 left until 23:00"_s);
    QCOMPARE(quotaInWords(quota, now + 180), QString());
    quota.exhausted = true;
    QCOMPARE(quotaInWords(quota, now), u"Used up, new requests at 23:00"_s);
}

void TestWording::scopesAreInWords()
{
    QCOMPARE(scopesInWords({u"activity"_s, u"heartrate"_s}), u"Steps and activity, heart rate"_s);
    QCOMPARE(scopesInWords({}), u"None"_s);
    QCOMPARE(scopeInWords(u"https://www.example.org/auth/fitness.read"_s), u"fitness.read"_s);
    QCOMPARE(scopeInWords(u"https://www.googleapis.com/auth/googlehealth.sleep.readonly"_s), u"sleep"_s);
    QCOMPARE(scopeInWords(u"https://www.googleapis.com/auth/googlehealth.ecg.readonly"_s),
             u"googlehealth.ecg.readonly"_s);
}

void TestWording::aGoodRunSaysWhatCame()
{
    SyncReport report;
    report.cells = {cell(u"steps"_s, CellState::Provisional), cell(u"heartrate_1min"_s, CellState::Empty)};
    report.added = 3;
    report.filesWritten = {u"/a"_s};
    ReportText text = textOf(report);
    QCOMPARE(text.tone, Tone::Good);
    QVERIFY(text.title.startsWith(u"Synced: 22"_s));
    QCOMPARE(text.details, QStringList{u"3 new values, 1 file written."_s});
    report.added = 0;
    report.filesWritten.clear();
    QVERIFY(textOf(report).details.first().contains(u"same"_s));
    report.withdrawn = 2;
    QCOMPARE(textOf(report).details, QStringList{u"2 values withdrawn by the service."_s});
}

void TestWording::emptyIsNotFailed()
{
    SyncReport report;
    report.cells = {cell(u"steps"_s, CellState::Empty)};
    const ReportText text = textOf(report);
    QCOMPARE(text.tone, Tone::Neutral);
    QVERIFY(text.title.contains(u"no data"_s));
}

void TestWording::aPartlyRunNamesWhatIsMissing()
{
    SyncReport report;
    report.cells = {cell(u"steps"_s, CellState::Complete),
                    cell(u"heartrate_1min"_s, CellState::NotPermitted, u"No permission for heart rate."_s)};
    const ReportText text = textOf(report);
    QCOMPARE(text.tone, Tone::Attention);
    QVERIFY(text.title.startsWith(u"1 of 2 synced"_s));
    QCOMPARE(text.details.size(), 1);
    QVERIFY(text.details.first().startsWith(u"Heart rate, 22"_s));
    QVERIFY(text.details.first().endsWith(u"No permission for heart rate."_s));
}

void TestWording::aNewFailureOverOldDataIsNotCalledGood()
{
    SyncReport report;
    report.cells = {cell(u"steps"_s, CellState::Complete, u"Could not reach Fitbit."_s)};
    report.cells[0].triedAndFailed = true;
    QCOMPARE(textOf(report).tone, Tone::Problem);
    QVERIFY(textOf(report).title.startsWith(u"0 of 1 synced"_s));
}

void TestWording::aStoppedRunCountsWhatIsDone()
{
    SyncReport report;
    report.cells = {cell(u"steps"_s, CellState::Complete), cell(u"heartrate_1min"_s, {})};
    report.cells[1].cancelled = true;
    report.cancelled = true;
    QCOMPARE(textOf(report).title, u"Stopped. 1 of 2 done."_s);
    QCOMPARE(textOf(report).tone, Tone::Neutral);
}

void TestWording::aWaitForQuotaSaysWhen()
{
    SyncReport report;
    report.cells = {cell(u"steps"_s, CellState::Complete), cell(u"heartrate_1min"_s, {})};
    report.cells[1].waitsForQuota = true;
    report.nextAtUtc = now + 600;
    const ReportText text = textOf(report);
    QCOMPARE(text.tone, Tone::Attention);
    QVERIFY(text.details.first().contains(u"in 10 minutes"_s));
}

void TestWording::manyTroublesStayShort()
{
    SyncReport report;
    for (int i = 0; i < 30; ++i)
        report.cells << cell(u"steps"_s, CellState::Failed, u"x"_s);
    const ReportText text = textOf(report);
    QCOMPARE(text.details.size(), 4);
    QCOMPARE(text.details.last(), u"And 27 more: see the sync log."_s);
}

void TestWording::anotherRunUnderWayIsNoProblem()
{
    SyncReport report;
    report.stopped = Error{};
    report.stopped->kind = ErrorKind::Busy;
    QCOMPARE(textOf(report).tone, Tone::Attention);
    QVERIFY(!textOf(report).title.isEmpty() && !textOf(report).details.first().isEmpty());
    report.stopped->kind = ErrorKind::Storage;
    QCOMPARE(textOf(report).tone, Tone::Problem);
}

void TestWording::offlineIsSaidOnce()
{
    SyncReport report;
    for (int i = 0; i < 30; ++i) {
        report.cells << cell(u"steps"_s, CellState::Failed, u"Could not reach Fitbit."_s);
        report.cells.last().triedAndFailed = true;
        report.cells.last().error = ErrorKind::Network;
    }
    const ReportText text = textOf(report);
    QCOMPARE(text.tone, Tone::Attention);
    QVERIFY(text.title.contains(u"could not reach Fitbit"_s));
    QCOMPARE(text.details.size(), 1);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestWording)
#include "tst_wording.moc"
