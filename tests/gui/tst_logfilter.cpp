// SPDX-License-Identifier: GPL-3.0-or-later

// The sync log filtered: which lines are shown, that it stays a sound model, and that a hundred thousand
// lines are no burden.

#include "gui/logfiltermodel.h"
#include "gui/synclogmodel.h"
#include "support/cputime.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr int many = 100'000;

LogEntry line(int number)
{
    LogEntry entry;
    entry.timeUtc = 1795425120000 + number;
    entry.participant = number % 3 == 0 ? u"ada"_s : u"default"_s;
    entry.provider = u"fitbit"_s;
    entry.dataType = number % 2 == 0 ? u"steps"_s : u"heartrate_1min"_s;
    entry.date = QDate(2026, 1, 1).addDays(number % 300);
    entry.level = number % 10 == 0   ? LogLevel::Problem
                  : number % 10 == 5 ? LogLevel::Warning
                                     : LogLevel::Info;
    entry.result = number % 10 == 0 ? u"failed"_s : u"provisional"_s;
    entry.text = u"Line %1: 1402 values; %2 new."_s.arg(number).arg(number % 7);
    return entry;
}

QList<LogEntry> lines(int first, int count)
{
    QList<LogEntry> list;
    for (int i = first; i < first + count; ++i)
        list << line(i);
    return list;
}

DataTitles titles()
{
    return {{u"steps"_s, u"Steps"_s}, {u"heartrate_1min"_s, u"Heart rate, every minute"_s}};
}

} // namespace

class TestLogFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatIsAskedFor_data();
    void showsWhatIsAskedFor();
    void staysSoundWhileRowsComeAndGo();
    void mapsBothWays();
    void earlierLinesComeAbove();
    void clearHidesAndUndoShows();
    void collectsLinesIntoOneInsertion();
    void aHundredThousandLinesAreNoBurden();
};

void TestLogFilter::showsWhatIsAskedFor_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("rows");
    const auto row = [](const char *name, const QString &text, LogLevel least, int rows) {
        QTest::newRow(name) << text << int(least) << rows;
    };
    row("all", {}, LogLevel::Info, 60);
    row("blanks alone", u"   "_s, LogLevel::Info, 60);
    row("warnings and problems", {}, LogLevel::Warning, 12);
    row("problems", {}, LogLevel::Problem, 6);
    row("message", u"line 17:"_s, LogLevel::Info, 1);
    row("title of the data", u"HEART RATE"_s, LogLevel::Info, 30);
    row("id of the data", u"heartrate_1min"_s, LogLevel::Info, 30);
    row("participant", u"ada"_s, LogLevel::Info, 20);
    row("result", u"failed"_s, LogLevel::Info, 6);
    row("day", u"2026-01-07"_s, LogLevel::Info, 1);
    row("words in several columns", u"ada steps failed"_s, LogLevel::Info, 2);
    row("text and level", u"ada"_s, LogLevel::Problem, 2);
    row("nowhere", u"zebra"_s, LogLevel::Info, 0);
    row("one word missing", u"steps zebra"_s, LogLevel::Info, 0);
}

void TestLogFilter::showsWhatIsAskedFor()
{
    QFETCH(QString, text);
    QFETCH(int, least);
    SyncLogModel log(titles());
    LogFilterModel shown;
    QAbstractItemModelTester tester(&shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
    shown.setLog(&log);
    log.append(lines(0, 30));
    shown.setFilter(text, LogLevel(least));
    // Lines that come later are held against the same filter.
    log.append(lines(30, 30));
    QTEST(shown.rowCount(), "rows");
}

void TestLogFilter::staysSoundWhileRowsComeAndGo()
{
    SyncLogModel log(titles(), 10);
    LogFilterModel shown;
    QAbstractItemModelTester tester(&shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
    shown.setLog(&log);
    shown.setFilter(u"steps"_s, LogLevel::Info);
    for (int i = 0; i < 40; ++i) {
        log.append({line(i)});
        QVERIFY(shown.rowCount() <= 5 + i % 2);
    }
    QCOMPARE(shown.rowCount(), 5);
    QCOMPARE(shown.entry(0).text, line(30).text);
    QCOMPARE(shown.entry(4).text, line(38).text);
    // A batch larger than the bound takes everything else away.
    log.append(lines(100, 25));
    QCOMPARE(shown.rowCount(), 5);
    QCOMPARE(shown.entry(4).text, line(124).text);
    log.clear();
    QCOMPARE(shown.rowCount(), 0);
    log.append({line(2)});
    QCOMPARE(shown.rowCount(), 1);
}

void TestLogFilter::mapsBothWays()
{
    SyncLogModel log(titles(), 20);
    LogFilterModel shown;
    shown.setLog(&log);
    shown.setFilter(u"heart"_s, LogLevel::Info);
    log.append(lines(0, 30));
    for (int row = 0; row < shown.rowCount(); ++row) {
        const QModelIndex index = shown.index(row, SyncLogModel::Message);
        const QModelIndex source = shown.mapToSource(index);
        QCOMPARE(source.data().toString(), index.data().toString());
        QCOMPARE(shown.mapFromSource(source), index);
    }
    QVERIFY(!shown.mapFromSource(log.index(0, 0)).isValid()); // line 10 is about steps
    QCOMPARE(shown.headerData(SyncLogModel::Day, Qt::Horizontal, Qt::DisplayRole).toString(), u"Day"_s);
}

void TestLogFilter::earlierLinesComeAbove()
{
    SyncLogModel log(titles(), 8);
    LogFilterModel shown;
    QAbstractItemModelTester tester(&shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
    shown.setLog(&log);
    log.append(lines(50, 3));
    log.prepend(lines(0, 20));
    QCOMPARE(log.rowCount(), 8);
    QCOMPARE(shown.entry(0).text, line(15).text);
    QCOMPARE(shown.entry(7).text, line(52).text);
    log.append({line(53)});
    QCOMPARE(shown.entry(0).text, line(16).text);
    QCOMPARE(shown.rowCount(), 8);
    log.prepend(lines(0, 5));
    QCOMPARE(shown.entry(0).text, line(16).text);
}

void TestLogFilter::clearHidesAndUndoShows()
{
    SyncLogModel log(titles());
    LogFilterModel shown;
    QAbstractItemModelTester tester(&shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
    shown.setLog(&log);
    log.append(lines(0, 5));
    shown.clear();
    QVERIFY(shown.isCleared());
    QCOMPARE(shown.rowCount(), 0);
    log.append(lines(5, 2));
    QCOMPARE(shown.rowCount(), 2);
    shown.setFilter(u"line"_s, LogLevel::Info);
    QCOMPARE(shown.rowCount(), 2);
    shown.undoClear();
    QVERIFY(!shown.isCleared());
    QCOMPARE(shown.rowCount(), 7);
}

void TestLogFilter::collectsLinesIntoOneInsertion()
{
    SyncLogModel log(titles());
    QSignalSpy inserted(&log, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 200; ++i)
        log.collect(line(i));
    QTRY_COMPARE(log.rowCount(), 200);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(log.entry(199).text, line(199).text);
}

void TestLogFilter::aHundredThousandLinesAreNoBurden()
{
    SyncLogModel log(titles());
    LogFilterModel shown;
    shown.setLog(&log);
    log.append(lines(0, many));
    // Against one look at each text; Qt's own proxy takes ten thousand times as long.
    qsizetype found = 0;
    const double looks = test::cpuMs(
        [&] {
            for (int row = 0; row < many; ++row)
                found += log.entry(row).text.contains(u"zebra"_s, Qt::CaseInsensitive) ? 1 : 0;
        },
        3);
    QCOMPARE(found, 0);
    for (const QString &text : {u"heart"_s, u"1402 6 new"_s, u"zebra"_s, u"ada 2026-02"_s, QString()}) {
        const double took = test::cpuMs([&] { shown.setFilter(text, LogLevel::Info); });
        qInfo("filtering %d lines by \"%s\": %.1f ms, %d shown; a look at each: %.1f ms", many,
              qPrintable(text), took, shown.rowCount(), looks);
        QVERIFY2(took < 200 * looks, qPrintable(text));
    }
    const QList<LogEntry> more = lines(many, 1000);
    const double appended = test::cpuMs([&] { log.append(more); });
    qInfo("appending 1,000 lines to a full log: %.2f ms", appended);
    QVERIFY(appended < 20 * looks);
    QCOMPARE(log.rowCount(), many);
    QCOMPARE(shown.rowCount(), many);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestLogFilter)
#include "tst_logfilter.moc"
