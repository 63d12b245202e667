// SPDX-License-Identifier: GPL-3.0-or-later

// The sync log keeps the model's promises, its bound, and the order of its rows.

#include "gui/synclogmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

LogEntry numbered(int number)
{
    LogEntry entry;
    entry.timeUtc = 1795425120000 + number;
    entry.text = QString::number(number);
    return entry;
}

} // namespace

class TestSyncLogModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void staysBoundedAndInOrder_data();
    void staysBoundedAndInOrder();
    void neverGrowsBeyondItsBoundEvenForAMoment();
    void showsEachColumn();
    void everyRowHasAWordForItsResult();
    void clears();
};

void TestSyncLogModel::staysBoundedAndInOrder_data()
{
    QTest::addColumn<int>("capacity");
    QTest::addColumn<int>("lines");
    QTest::newRow("empty") << 5 << 0;
    QTest::newRow("below") << 5 << 4;
    QTest::newRow("just full") << 5 << 5;
    QTest::newRow("one over") << 5 << 6;
    QTest::newRow("round and round") << 5 << 23;
    QTest::newRow("a single row") << 1 << 3;
    QTest::newRow("a senseless bound") << 0 << 3;
}

void TestSyncLogModel::staysBoundedAndInOrder()
{
    QFETCH(int, capacity);
    QFETCH(int, lines);
    SyncLogModel model({}, capacity);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < lines; ++i)
        model.append({numbered(i)});
    const int kept = std::min(std::max(capacity, 1), lines);
    QCOMPARE(model.rowCount(), kept);
    for (int row = 0; row < kept; ++row)
        QCOMPARE(model.index(row, SyncLogModel::Message).data().toString(),
                 QString::number(lines - kept + row));
}

void TestSyncLogModel::neverGrowsBeyondItsBoundEvenForAMoment()
{
    SyncLogModel model({}, 3);
    int most = 0;
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [&] { most = std::max(most, model.rowCount()); });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [&] { QCOMPARE(model.rowCount(), 2); });
    for (int i = 0; i < 10; ++i)
        model.append({numbered(i)});
    QCOMPARE(most, 3);
}

void TestSyncLogModel::showsEachColumn()
{
    SyncLogModel model({{u"steps"_s, u"Steps"_s}});
    LogEntry entry = numbered(7);
    entry.participant = u"ada"_s;
    entry.dataType = u"steps"_s;
    entry.date = QDate(2026, 11, 22);
    entry.result = u"failed"_s;
    entry.level = LogLevel::Problem;
    entry.durationMs = 1534;
    entry.bytes = 38412;
    model.append({entry});
    const auto text = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(text(SyncLogModel::Participant), u"ada"_s);
    QCOMPARE(text(SyncLogModel::Data), u"Steps"_s);
    QCOMPARE(text(SyncLogModel::Day), u"2026-11-22"_s);
    QCOMPARE(text(SyncLogModel::Result), u"failed"_s);
    QCOMPARE(text(SyncLogModel::Message), u"7"_s);
    QCOMPARE(text(SyncLogModel::Duration), u"1,5 s"_s); // the tests run under a German locale
    QCOMPARE(text(SyncLogModel::Size), u"38,4 kB"_s);
    // 2026-11-23 09:12:00 UTC on Chatham's summer clock.
    QCOMPARE(text(SyncLogModel::Time), u"2026-11-23 22:57:00"_s);
    QCOMPARE(model.index(0, 0).data(SyncLogModel::ToneRole).toInt(), int(Tone::Problem));
    for (int column = 0; column < SyncLogModel::ColumnCount; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
    QCOMPARE(model.columnCount(), int(SyncLogModel::ColumnCount));
}

void TestSyncLogModel::everyRowHasAWordForItsResult()
{
    SyncLogModel model({});
    LogEntry entry = numbered(1);
    entry.level = LogLevel::Warning;
    model.append({entry});
    QCOMPARE(model.index(0, SyncLogModel::Result).data().toString(), logLevelName(LogLevel::Warning));
    QCOMPARE(model.index(0, SyncLogModel::Duration).data().toString(), QString());
    QCOMPARE(model.index(0, SyncLogModel::Day).data().toString(), QString());
}

void TestSyncLogModel::clears()
{
    SyncLogModel model({}, 3);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int i = 0; i < 5; ++i)
        model.append({numbered(i)});
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    model.append({numbered(9)});
    QCOMPARE(model.entry(0).text, u"9"_s);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestSyncLogModel)
#include "tst_synclogmodel.moc"
