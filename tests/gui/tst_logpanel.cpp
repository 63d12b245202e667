// SPDX-License-Identifier: GPL-3.0-or-later

// The sync log's panel: filter, copy, save, clear, details, and staying where the person reads.

#include "gui/logdetails.h"
#include "gui/logpanel.h"
#include "gui/synclogmodel.h"
#include "support/cputime.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

LogEntry line(int number)
{
    LogEntry entry;
    entry.timeUtc = 1795425120000 + number * 1000LL;
    entry.participant = u"default"_s;
    entry.dataType = u"steps"_s;
    entry.date = QDate(2026, 11, 22);
    entry.level = number % 4 == 0 ? LogLevel::Problem : LogLevel::Info;
    entry.result = number % 4 == 0 ? u"failed"_s : u"provisional"_s;
    entry.text = u"line %1\twith a tab, \"quotes\" and a comma"_s.arg(number);
    entry.request = u"GET https://api.fitbit.com/x.json"_s;
    entry.nextStep = u"Try again."_s;
    entry.durationMs = 12;
    entry.bytes = 345;
    return entry;
}

QList<LogEntry> lines(int first, int count)
{
    QList<LogEntry> list;
    for (int i = first; i < first + count; ++i)
        list << line(i);
    return list;
}

} // namespace

class TestLogPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void filtersByTextAndLevel();
    void copiesTheChosenRowsAsATable();
    void savesWhatIsShown();
    void clearCanBeUndone();
    void showsDetailsByKeyboard();
    void staysWhereThePersonReads();
    void isAskedForItsPastOnce();
    void aFullTableScrollsSmoothly();

private:
    template<typename Widget>
    Widget *find(const char *name)
    {
        return m_panel->findChild<Widget *>(QLatin1StringView(name));
    }
    int rows() { return find<QTableView>("table")->model()->rowCount(); }

    std::unique_ptr<SyncLogModel> m_log;
    std::unique_ptr<LogPanel> m_panel;
};

void TestLogPanel::init()
{
    m_panel.reset();
    m_log = std::make_unique<SyncLogModel>(DataTitles{{u"steps"_s, u"Steps"_s}});
    m_panel = std::make_unique<LogPanel>();
    m_panel->setModel(m_log.get());
    m_panel->resize(860, 240);
}

void TestLogPanel::filtersByTextAndLevel()
{
    m_log->append(lines(0, 20));
    find<QComboBox>("level")->setCurrentIndex(2);
    QCOMPARE(rows(), 5);
    QVERIFY(find<QLabel>("count")->text().startsWith(u"5 of 20"_s));
    find<QLineEdit>("filter")->setText(u"line 4"_s);
    QCOMPARE(rows(), 1);
    find<QLineEdit>("filter")->setText(u"zebra"_s);
    QCOMPARE(rows(), 0);
    QVERIFY(find<QLabel>("empty")->text().contains(u"No line"_s));
    QVERIFY(!find<QPushButton>("copy")->isEnabled());
}

void TestLogPanel::copiesTheChosenRowsAsATable()
{
    m_log->append(lines(0, 5));
    auto *table = find<QTableView>("table");
    table->selectRow(3);
    table->selectionModel()->select(m_log->index(0, 0), QItemSelectionModel::NoUpdate);
    table->selectionModel()->select(table->model()->index(1, 0),
                                    QItemSelectionModel::Select | QItemSelectionModel::Rows);
    find<QPushButton>("copy")->click();
    QStringList text = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(text.size(), 3);
    QVERIFY(text.at(0).startsWith(u"Time\tParticipant\tData"_s));
    const QStringList cells = text.at(1).split(u'\t');
    QCOMPARE(cells.size(), int(SyncLogModel::ColumnCount));
    QCOMPARE(cells.at(SyncLogModel::Message), u"line 1 with a tab, \"quotes\" and a comma"_s);
    QVERIFY(text.at(2).contains(u"line 3 "_s));
    // Nothing chosen: all that is shown.
    table->clearSelection();
    find<QPushButton>("copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 6);
}

void TestLogPanel::savesWhatIsShown()
{
    m_log->append(lines(0, 8));
    find<QComboBox>("level")->setCurrentIndex(2);
    QByteArray bytes;
    connect(m_panel.get(), &LogPanel::saveRequested, this,
            [&bytes](const QString &, const std::function<QByteArray()> &text) { bytes = text(); });
    m_panel->saveTo(u"/x/log.CSV"_s);
    QCOMPARE(bytes.count("\r\n"), 3);
    QVERIFY(bytes.contains("\"line 4\twith a tab, \"\"quotes\"\" and a comma\""));
    QVERIFY(bytes.contains("\"GET https://api.fitbit.com/x.json\",\"Try again.\""));
    m_panel->saveTo(u"/x/log.txt"_s);
    QCOMPARE(bytes.count('\n'), 3);
    QVERIFY(bytes.contains("\tline 4 with a tab"));
}

void TestLogPanel::clearCanBeUndone()
{
    m_log->append(lines(0, 8));
    auto *clear = find<QPushButton>("clear");
    clear->click();
    QCOMPARE(rows(), 0);
    QCOMPARE(clear->text(), u"Show again"_s);
    QVERIFY(find<QLabel>("empty")->text().contains(u"cleared"_s));
    m_log->append(lines(8, 1));
    QCOMPARE(rows(), 1);
    clear->click();
    QCOMPARE(rows(), 9);
    QCOMPARE(clear->text(), u"Clear"_s);
}

void TestLogPanel::showsDetailsByKeyboard()
{
    m_panel->show();
    m_log->append(lines(0, 8));
    auto *table = find<QTableView>("table");
    table->setCurrentIndex(table->model()->index(4, 0));
    QTest::keyClick(table, Qt::Key_Return);
    auto *dialog = m_panel->findChild<LogDetails *>();
    QVERIFY(dialog != nullptr);
    const auto text = [dialog](const char *name) {
        return dialog->findChild<QLabel *>(QLatin1StringView(name))->text();
    };
    QVERIFY(text("text").startsWith(u"line 4"_s));
    QCOMPARE(text("request"), u"GET https://api.fitbit.com/x.json"_s);
    QCOMPARE(text("next"), u"Try again."_s);
    QCOMPARE(text("data"), u"Steps"_s);
    dialog->findChild<QPushButton *>(u"copy"_s)->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"Next step: Try again."_s));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(m_panel->findChild<LogDetails *>() == nullptr);
}

void TestLogPanel::staysWhereThePersonReads()
{
    m_log = std::make_unique<SyncLogModel>(DataTitles{}, 100);
    m_panel = std::make_unique<LogPanel>();
    m_panel->setModel(m_log.get());
    m_panel->resize(860, 240);
    m_panel->show();
    m_log->append(lines(0, 90));
    auto *table = find<QTableView>("table");
    const QScrollBar *bar = table->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QTRY_COMPARE(bar->value(), bar->maximum());
    QVERIFY(!find<QPushButton>("newest")->isVisible());
    const auto topLine = [table] {
        return table->model()->index(table->rowAt(2), SyncLogModel::Message).data().toString();
    };
    table->verticalScrollBar()->setValue(40 * table->rowHeight(0));
    const QString read = topLine();
    QVERIFY(read.startsWith(u"line 40"_s));
    QVERIFY(find<QPushButton>("newest")->isVisible());
    // Newer rows below, then older ones that go, then ones that come above.
    m_log->append(lines(90, 5));
    QTest::qWait(20);
    QCOMPARE(topLine(), read);
    m_log->append(lines(95, 20));
    QTest::qWait(20);
    QCOMPARE(topLine(), read);
    find<QPushButton>("newest")->click();
    QTRY_COMPARE(bar->value(), bar->maximum());
    m_log->append(lines(115, 5));
    QTRY_COMPARE(bar->value(), bar->maximum());
    // The row that has the keyboard goes: nobody is taken along to another one.
    table->selectionModel()->setCurrentIndex(table->model()->index(0, 0), QItemSelectionModel::NoUpdate);
    table->scrollToBottom();
    m_log->append(lines(120, 5));
    QTest::qWait(20);
    QCOMPARE(bar->value(), bar->maximum());
}

void TestLogPanel::isAskedForItsPastOnce()
{
    QSignalSpy shown(m_panel.get(), &LogPanel::firstShown);
    QCOMPARE(shown.size(), 0);
    m_panel->show();
    m_panel->hide();
    m_panel->show();
    QCOMPARE(shown.size(), 1);
}

void TestLogPanel::aFullTableScrollsSmoothly()
{
    constexpr int few = 2'000;
    m_panel->show();
    auto *table = find<QTableView>("table");
    const auto scrolled = [table] {
        return test::cpuMs([table] {
            const QScrollBar *range = table->verticalScrollBar();
            for (int step = 0; step < 25; ++step) {
                table->verticalScrollBar()->setValue(range->maximum() / 25 * step);
                table->grab();
            }
        });
    };
    int next = 0;
    const auto append = [this, &next](int count) {
        const QList<LogEntry> more = lines(next, count);
        next += count;
        return test::cpuMs([this, &more] { m_log->append(more); });
    };
    append(few);
    QTest::qWait(20);
    const double fewScrolled = scrolled();
    const double fewAppended = append(1'000);
    append(SyncLogModel::defaultCapacity);
    QTest::qWait(20);
    const double allScrolled = scrolled();
    const double allAppended = append(1'000);
    qInfo("25 far scrolls with painting: %.0f ms with %d lines, %.0f with %d", fewScrolled, few, allScrolled,
          SyncLogModel::defaultCapacity);
    qInfo("appending 1,000 lines to a visible table: %.2f ms, %.2f ms when it is full", fewAppended,
          allAppended);
    // What is shown is as much either way; lines out of sight may cost next to nothing.
    QVERIFY(allScrolled < 3 * fewScrolled);
    QVERIFY(allAppended < 20 * fewAppended);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestLogPanel)
#include "tst_logpanel.moc"
