// SPDX-License-Identifier: GPL-3.0-or-later
// The day pane: figures and why one is missing, other days by mouse and keyboard, plot and table.

#include "gui/dayfigure.h"
#include "gui/daypane.h"
#include "gui/daypicker.h"
#include "gui/daytable.h"
#include "gui/daywords.h"
#include "gui/heartplot.h"
#include "gui/madedays.h"
#include "gui/stateicon.h"
#include "gui/stepsbars.h"
#include "store/ledger.h"
#include "store/storebench.h"
#include "sync/dayqueries.h"

#include <QAbstractItemModelTester>
#include <QCalendarWidget>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>
#include <QTextCharFormat>

using namespace Qt::StringLiterals;

namespace wristkeep {

using namespace test;

namespace {

const QDate oneDay(2026, 3, 10);
const QDate autumn(2025, 10, 26); // 25 hours

template<typename T>
T *part(QWidget &pane, const char *name)
{
    T *found = pane.findChild<T *>(QString::fromLatin1(name));
    if (!found)
        qFatal("no %s", name);
    return found;
}

QString valueOf(QWidget &pane, const char *name)
{
    return part<DayFigure>(pane, name)->value();
}

QString noteOf(QWidget &pane, const char *name)
{
    return part<DayFigure>(pane, name)->note();
}

QString pageOf(QWidget &pane, const char *stack)
{
    return part<QStackedWidget>(pane, stack)->currentWidget()->objectName();
}

void shown(DayPane &pane, QSize size = QSize(556, 480))
{
    pane.setAccount(dayAccount());
    pane.resize(size);
    pane.show();
    pane.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&pane));
}

} // namespace

class TestDayPane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void saysWhenNothingIsSynced()
    {
        DayPane pane;
        QCOMPARE(pageOf(pane, "pages"), u"nothingPage"_s);
        QCOMPARE(part<QLabel>(pane, "nothing")->text(),
                 u"Nothing synced yet. The first sync fetches yesterday."_s);
        QVERIFY(!pane.shownDay().isValid());
        // With a database that is not there yet it is the same.
        const StorePlace place;
        DayQueries queries(place.databaseFile());
        QSignalSpy answered(&queries, &DayQueries::daysRead);
        pane.setAccount(dayAccount());
        pane.setQueries(&queries);
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(pageOf(pane, "pages"), u"nothingPage"_s);
        pane.setQueries(nullptr);
    }

    void showsTheFigures()
    {
        DayPane pane;
        shown(pane);
        pane.presentDay(fullDay(oneDay));
        QCOMPARE(pageOf(pane, "pages"), u"dayPage"_s);
        QCOMPARE(valueOf(pane, "steps"), u"9,120"_s);
        QCOMPARE(valueOf(pane, "resting"), u"58"_s);
        QCOMPARE(noteOf(pane, "resting"), u"bpm"_s);
        QCOMPARE(valueOf(pane, "minutes"), u"1,440"_s);
        QCOMPARE(part<DayFigure>(pane, "steps")->accessibleName(), u"Steps: 9,120"_s);
        QCOMPARE(part<QLabel>(pane, "state")->text(), u"Complete"_s);
        QCOMPARE(part<StateIcon>(pane, "stateIcon")->tone(), Tone::Good);
        QCOMPARE(part<QPushButton>(pane, "date")->text(), u"Tuesday, 10 March 2026"_s);
        QVERIFY(!part<QPushButton>(pane, "syncDay")->isVisible());
        QVERIFY(!part<StepsBars>(pane, "bars")->isVisible());
    }

    void saysWhyAFigureIsMissing_data()
    {
        QTest::addColumn<int>("state"); // -1: never asked
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("note");
        QTest::addColumn<QString>("word");
        QTest::addColumn<bool>("offered");
        QTest::newRow("never") << -1 << QString() << u"Not asked yet"_s << u"Not asked yet"_s << true;
        QTest::newRow("empty") << int(CellState::Empty) << QString() << u"No data that day"_s
                               << u"Empty: no data that day"_s << false;
        QTest::newRow("provisional") << int(CellState::Provisional) << QString() << u"No data so far"_s
                                     << u"Provisional: may still change"_s << false;
        QTest::newRow("partial") << int(CellState::Partial) << QString() << u"Only part of it is in"_s
                                 << u"Partial: steps and heart rate"_s << true;
        QTest::newRow("failed") << int(CellState::Failed) << u"No answer."_s << u"Failed: No answer."_s
                                << u"Failed: steps and heart rate"_s << true;
        QTest::newRow("refused") << int(CellState::NotPermitted) << u"No permission."_s
                                 << u"Not permitted: heart rate"_s << u"Not permitted: steps and heart rate"_s
                                 << false;
    }

    void saysWhyAFigureIsMissing()
    {
        QFETCH(int, state);
        QFETCH(QString, reason);
        QFETCH(QString, note);
        QFETCH(QString, word);
        QFETCH(bool, offered);
        DayRecord record = bareDay(oneDay);
        if (state >= 0) {
            record.stepsCell = cellOf(u"steps"_s, oneDay, CellState(state), false, reason);
            record.heartCell = cellOf(u"heartrate_1min"_s, oneDay, CellState(state), false, reason);
        }
        DayPane pane;
        shown(pane);
        pane.setToday(QDate(2026, 9, 1));
        pane.presentDay(record);
        for (const char *figure : {"steps", "resting", "minutes"})
            QCOMPARE(valueOf(pane, figure), u"–"_s);
        QCOMPARE(noteOf(pane, "resting"), note);
        QCOMPARE(noteOf(pane, "minutes"), note);
        QCOMPARE(part<QLabel>(pane, "state")->text(), word);
        QPushButton *sync = part<QPushButton>(pane, "syncDay");
        QCOMPARE(sync->isVisible(), offered);
        // The plot's place says it in words.
        QCOMPARE(part<HeartPlot>(pane, "plot")->accessibleDescription(), noHeartRateInWords(record));
        QVERIFY(!part<QPushButton>(pane, "asTable")->isEnabled());
        if (offered) {
            QSignalSpy asked(&pane, &DayPane::syncDayRequested);
            sync->click();
            QCOMPARE(asked.value(0).value(0).toDate(), oneDay);
        }
    }

    void goesFromDayToDay()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        for (const int day : {8, 10}) {
            fetch.date = QDate(2026, 3, day);
            keep(*store, fetch.heart(day));
            keep(*store, fetch.steps(1000 + day));
        }
        DayQueries queries(place.databaseFile());
        DayPane pane;
        shown(pane);
        pane.setToday(QDate(2026, 3, 11));
        pane.setQueries(&queries);
        // The newest day comes by itself.
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 10));
        QCOMPARE(valueOf(pane, "steps"), u"1,010"_s);
        QVERIFY(!part<QPushButton>(pane, "latest")->isEnabled());

        QTest::keyClick(&pane, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 9));
        QCOMPARE(valueOf(pane, "steps"), u"–"_s);
        QCOMPARE(noteOf(pane, "steps"), u"Not asked yet"_s);
        part<QPushButton>(pane, "previous")->click();
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 8));
        QCOMPARE(valueOf(pane, "minutes"), u"8"_s);

        part<QPushButton>(pane, "latest")->click();
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 10));
        QTest::keyClick(&pane, Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 11)); // today, though nothing is there
        QVERIFY(!part<QPushButton>(pane, "next")->isEnabled());
        QTest::keyClick(&pane, Qt::Key_Right, Qt::AltModifier);

        // After a sync the day stays, with what is new on it.
        pane.showDay(QDate(2026, 3, 9));
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 9));
        fetch.date = QDate(2026, 3, 9);
        keep(*store, fetch.heart(5));
        pane.reload();
        QTRY_COMPARE(valueOf(pane, "minutes"), u"5"_s);
        QCOMPARE(pane.shownDay(), QDate(2026, 3, 9));

        // Another account's day is not hers.
        pane.setAccount({u"p01"_s, u"fitbit"_s});
        QVERIFY(!pane.shownDay().isValid());
        QCOMPARE(pageOf(pane, "pages"), u"nothingPage"_s);
        pane.setQueries(nullptr);
    }

    void dropsLateAnswers()
    {
        StorePlace place;
        auto store = place.open();
        const Fetch fetch;
        keep(*store, fetch.heart(3));
        DayQueries queries(place.databaseFile());
        QSignalSpy answered(&queries, &DayQueries::dayRead);
        queries.askDay(dayAccount(), QDate(2026, 3, 8));
        queries.askDay(dayAccount(), QDate(2026, 3, 9));
        queries.askDay(dayAccount(), QDate(2026, 3, 10));
        // Answers come in the order of the questions: with the last, the others have been.
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered.first().first().value<DayRecord>().day.date, QDate(2026, 3, 10));

        // A pane that has moved on does not take an answer for another day or account.
        DayPane pane;
        pane.setAccount(dayAccount());
        pane.presentDay(fullDay(oneDay));
        pane.showDay(oneDay.addDays(1));
        pane.presentDay(fullDay(oneDay.addDays(-1)));
        QCOMPARE(pane.shownDay(), oneDay);
        DayRecord other = fullDay(oneDay.addDays(1));
        other.account.participant = u"p01"_s;
        pane.presentDay(other);
        QCOMPARE(pane.shownDay(), oneDay);
    }

    void showsWhatCannotBeRead()
    {
        const StorePlace place;
        putBytes(place.databaseFile(), QByteArray(4096, 'x'));
        DayQueries queries(place.databaseFile());
        DayPane pane;
        shown(pane);
        pane.setQueries(&queries);
        QTRY_VERIFY(part<QPushButton>(pane, "again")->isVisible());
        QVERIFY(part<QLabel>(pane, "nothing")->text().contains(place.databaseFile()));
        QVERIFY(QFile::remove(place.databaseFile()));
        part<QPushButton>(pane, "again")->click();
        QTRY_VERIFY(!part<QPushButton>(pane, "again")->isVisible());
        pane.setQueries(nullptr);
    }

    void picksADayInTheCalendar()
    {
        StorePlace place;
        auto store = place.open();
        Fetch fetch;
        for (const int day : {2, 10}) {
            fetch.date = QDate(2026, 3, day);
            keep(*store, fetch.heart(day));
        }
        DayQueries queries(place.databaseFile());
        DayPane pane;
        shown(pane);
        pane.setToday(QDate(2026, 3, 12));
        pane.setQueries(&queries);
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 10));
        part<QPushButton>(pane, "date")->setFocus();
        pane.findChild<DayPicker *>()->popup(pane.mapToGlobal(QPoint(20, 40)));
        auto *calendar = pane.findChild<QCalendarWidget *>();
        QVERIFY(calendar);
        QCOMPARE(calendar->selectedDate(), QDate(2026, 3, 10));
        QCOMPARE(calendar->maximumDate(), QDate(2026, 3, 12));
        const auto formatOf = [calendar](int day) { return calendar->dateTextFormat(QDate(2026, 3, day)); };
        QCOMPARE(formatOf(2).fontWeight(), int(QFont::Bold));
        QVERIFY(formatOf(3).fontWeight() != int(QFont::Bold));
        QVERIFY(formatOf(3).foreground().color() != formatOf(2).foreground().color());
        QTRY_VERIFY(calendar->hasFocus() || calendar->isAncestorOf(QApplication::focusWidget()));
        // Eight days up and to the left: by keys, as a person without a mouse does it.
        QWidget *days = calendar->findChild<QTableView *>();
        QTest::keyClick(days, Qt::Key_Up);
        QTest::keyClick(days, Qt::Key_Left);
        QTest::keyClick(days, Qt::Key_Return);
        QTRY_COMPARE(pane.shownDay(), QDate(2026, 3, 2));
        QVERIFY(!pane.findChild<DayPicker *>()->isVisible());
        pane.setQueries(nullptr);
    }

    void pointsAtReadingsByKeyboardAndMouse()
    {
        DayRecord record = fullDay(oneDay);
        dropMinutes(record, 600, 780);
        DayPane pane;
        shown(pane);
        pane.presentDay(record);
        auto *plot = part<HeartPlot>(pane, "plot");
        auto *readout = part<QLabel>(pane, "readout");
        QCOMPARE(readout->text(), u"Europe/Berlin (from the account)"_s);
        plot->setFocus();
        QTest::keyClick(plot, Qt::Key_Right);
        QCOMPARE(plot->pointed(), record.heartRate.front());
        QVERIFY2(readout->text().startsWith("00:00"_L1), qUtf8Printable(readout->text()));
        QTest::keyClick(plot, Qt::Key_Left); // stays at the first
        QCOMPARE(plot->pointed(), record.heartRate.front());
        QTest::keyClick(plot, Qt::Key_End);
        QCOMPARE(plot->pointed(), record.heartRate.back());
        QTest::keyClick(plot, Qt::Key_Left);
        QCOMPARE(readout->text(), u"23:58  %1 bpm"_s.arg(record.heartRate[record.heartRate.size() - 2].v));
        QCOMPARE(plot->accessibleDescription(), readout->text());
        QTest::keyClick(plot, Qt::Key_Escape);
        QVERIFY(!plot->pointed());

        QWidget *canvas = plot->findChild<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        for (QObject *child : plot->children()) {
            if (child->inherits("QCustomPlot"))
                canvas = static_cast<QWidget *>(child);
        }
        const QMargins sides = plot->sides();
        const auto xOf = [&](double share) {
            return sides.left() + int((canvas->width() - sides.left() - sides.right()) * share);
        };
        QTest::mouseMove(canvas, QPoint(xOf(0.25), canvas->height() / 2));
        QTRY_VERIFY(plot->pointed());
        QVERIFY(std::abs(plot->pointed()->t - (record.day.startUtc + record.day.seconds / 4)) < 600);
        QTest::mouseMove(canvas, QPoint(xOf(0.48), canvas->height() / 2)); // 11:30, in the gap
        QTRY_VERIFY2(readout->text().endsWith("no reading"_L1), qUtf8Printable(readout->text()));
        QVERIFY(!plot->pointed());
    }

    void saysWhenTheClocksChange()
    {
        DayPane pane;
        shown(pane);
        const DayRecord record = fullDay(autumn);
        pane.presentDay(record);
        QCOMPARE(valueOf(pane, "minutes"), u"1,500"_s);
        QVERIFY(part<QLabel>(pane, "readout")->text().contains("25 hours"_L1));
        // Half past two comes twice.
        const qint64 first = record.day.startUtc + 150 * 60;
        QCOMPARE(wallTimeInWords(record.day, first), u"02:30 (+02:00)"_s);
        QCOMPARE(wallTimeInWords(record.day, first + 3600), u"02:30 (+01:00)"_s);
    }

    void listsTheReadingsInATable()
    {
        DayRecord record = fullDay(oneDay);
        dropMinutes(record, 100, 200);
        record.heartRate[3].v = 61.5;
        DayPane pane;
        shown(pane);
        auto *view = part<QTableView>(pane, "dayTable");
        const QAbstractItemModelTester tester(view->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        pane.presentDay(record);
        part<QPushButton>(pane, "asTable")->click();
        QCOMPARE(pageOf(pane, "views"), u"tablePage"_s);
        QCOMPARE(view->model()->rowCount(), int(record.heartRate.size()));
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const Sample &sample = record.heartRate[size_t(row)];
            QCOMPARE(view->model()->index(row, DayTable::Time).data().toString(),
                     wallTimeInWords(record.day, sample.t));
            QCOMPARE(view->model()->index(row, DayTable::HeartRate).data().toDouble(), sample.v);
        }
        view->selectRow(99);
        view->setFocus();
        QTest::keySequence(view, QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"Time\tHeart rate (bpm)\n01:39\t%1\n"_s.arg(record.heartRate[99].v));
        view->clearSelection();
        part<QPushButton>(pane, "copy")->click();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), int(record.heartRate.size()) + 1);

        // A day without readings has words instead of an empty table; the choice stays.
        pane.showDay(oneDay.addDays(1));
        pane.presentDay(bareDay(oneDay.addDays(1)));
        QCOMPARE(pageOf(pane, "views"), u"plotPage"_s);
        QCOMPARE(view->model()->rowCount(), 0);
        pane.showDay(oneDay);
        pane.presentDay(record);
        QCOMPARE(pageOf(pane, "views"), u"tablePage"_s);
    }

    void showsStepsByHourWhenKnown()
    {
        DayRecord record = fullDay(oneDay);
        record.hourlySteps = {{{record.day.startUtc + 7 * 3600, 3600}, 812}};
        DayPane pane;
        shown(pane);
        pane.presentDay(record);
        auto *bars = part<StepsBars>(pane, "bars");
        QVERIFY(bars->isVisible());
        QCOMPARE(bars->accessibleDescription(), u"07:00: 812 steps"_s);
    }

    void fitsWithoutScrolling()
    {
        DayPane pane;
        shown(pane, QSize(540, 420));
        DayRecord record = fullDay(QDate(2026, 9, 30)); // Wednesday, 30 September: a long name
        record.hourlySteps = {{{record.day.startUtc, 3600}, 812}};
        record.heartCell->reason = QString(300, u'x');
        pane.presentDay(record);
        QVERIFY2(pane.minimumSizeHint().width() <= 540,
                 qPrintable(QString::number(pane.minimumSizeHint().width())));
        QVERIFY2(pane.minimumSizeHint().height() <= 420,
                 qPrintable(QString::number(pane.minimumSizeHint().height())));
        QVERIFY(part<HeartPlot>(pane, "plot")->height() >= 96);
    }
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestDayPane)
#include "tst_daypane.moc"
