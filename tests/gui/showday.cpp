// SPDX-License-Identifier: GPL-3.0-or-later

// Renders the day pane in its states, light and dark, into a folder: showday FOLDER [DATABASE DAY…].
// For the eye; QT_SCALE_FACTOR=2 shows them at twice the scale. With a database its days are shown instead.

#include "gui/daypane.h"
#include "gui/heartplot.h"
#include "gui/madedays.h"
#include "sync/dayqueries.h"

#include <QApplication>
#include <QDir>
#include <QMenu>
#include <QPushButton>
#include <QStyleFactory>
#include <QTest>
#include <QTextStream>
#include <QVBoxLayout>

#include <functional>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

const QDate usualDay(2026, 11, 22);

QPalette darkPalette()
{
    QPalette dark(QColor(0x2b, 0x2d, 0x30), QColor(0x2b, 0x2d, 0x30));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    dark.setColor(QPalette::Highlight, QColor(0x2f, 0x7f, 0xd0));
    dark.setColor(QPalette::HighlightedText, Qt::white);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        dark.setColor(role, QColor(0xe6, 0xe6, 0xe6));
        dark.setColor(QPalette::Disabled, role, QColor(0x84, 0x86, 0x8a));
    }
    return dark;
}

struct DayScene
{
    QString name;
    std::function<void(DayPane &)> play;
    QSize size = QSize(556, 480);
};

DayRecord gappyDay()
{
    DayRecord record = fullDay(usualDay);
    dropMinutes(record, 100, 180);
    dropMinutes(record, 500, 620);
    dropMinutes(record, 622, 700); // leaves one reading alone
    dropMinutes(record, 900, 904);
    dropMinutes(record, 1300, 1439);
    record.restingHeartRate.reset();
    record.stepsCell->state = CellState::Provisional;
    record.heartCell->state = CellState::Provisional;
    return record;
}

DayRecord hourlyDay(QDate date)
{
    DayRecord record = fullDay(date);
    int number = 0;
    for (const WallHour &hour : wallHours(record.day)) {
        if (++number > 6 && number != 14)
            record.hourlySteps.push_back({hour, double((number * 379) % 1400)});
    }
    return record;
}

DayRecord dayWith(CellState state, const QString &reason)
{
    DayRecord record = bareDay(usualDay);
    record.stepsCell = cellOf(u"steps"_s, usualDay, state, false, reason);
    record.heartCell = cellOf(u"heartrate_1min"_s, usualDay, state, false, reason);
    return record;
}

DayRecord refusedDay()
{
    DayRecord record = bareDay(usualDay);
    record.stepsCell = cellOf(u"steps"_s, usualDay, CellState::Complete, true);
    record.steps = 9120;
    record.heartCell = cellOf(u"heartrate_1min"_s, usualDay, CellState::NotPermitted, false,
                              u"No permission for heart rate (scope heartrate). Reconnect to grant it."_s);
    return record;
}

/// After the move to Google Health: a day both have, or one that only Fitbit had.
DayRecord seamDay(const QString &keptFrom)
{
    DayRecord record = fullDay(usualDay);
    record.account.provider = u"google-health"_s;
    record.keptFrom = keptFrom;
    if (keptFrom.isEmpty())
        record.predecessorSteps = 9064;
    return record;
}

QList<DayScene> scenes()
{
    const auto show = [](const DayRecord &record) {
        return [record](DayPane &pane) {
            pane.setAccount(record.account);
            pane.presentDay(record);
        };
    };
    const QString longReason = u"Fitbit is not answering properly (503, \"The service is temporarily "
                               u"unavailable while the data centre "
                               u"is being moved\"). Trying again later usually helps; what is kept stays."_s;
    return {
        {u"full"_s, show(fullDay(usualDay))},
        {u"full-540x420"_s, show(fullDay(usualDay)), QSize(540, 420)},
        {u"full-large"_s, show(fullDay(usualDay)), QSize(900, 640)},
        {u"gappy"_s, show(gappyDay())},
        {u"empty"_s, show(dayWith(CellState::Empty, {}))},
        {u"never"_s, show(bareDay(usualDay))},
        {u"failed"_s, show(dayWith(CellState::Failed, longReason)), QSize(540, 420)},
        {u"refused"_s, show(refusedDay())},
        {u"hourly-autumn"_s, show(hourlyDay(QDate(2026, 10, 25)))},
        {u"spring"_s, show(fullDay(QDate(2026, 3, 29)))},
        {u"from-fitbit"_s, show(seamDay(u"fitbit"_s))},
        {u"in-both"_s, show(seamDay({}))},
        {u"nothing"_s, [](DayPane &) {}},
        {u"pointed"_s,
         [](DayPane &pane) {
             pane.presentDay(fullDay(usualDay));
             auto *plot = pane.findChild<HeartPlot *>();
             plot->setFocus();
             QTest::qWait(20);
             QTest::keyClick(plot, Qt::Key_End);
             for (int i = 0; i < 330; ++i)
                 QTest::keyClick(plot, Qt::Key_Left);
         }},
        {u"table"_s,
         [](DayPane &pane) {
             pane.presentDay(gappyDay());
             pane.findChild<QPushButton *>(u"asTable"_s)->click();
         }},
        {u"error"_s,
         [](DayPane &pane) {
             Error error;
             error.kind = ErrorKind::Storage;
             error.detail =
                 u"The database /home/anna/.local/share/wristkeep/fitbit_singleuser.db is damaged."_s;
             error.nextStep = u"Keep the file, then restore a backup or start a new database."_s;
             pane.presentError(error);
         }},
    };
}

QList<DayScene> scenesOf(DayQueries &queries, const QStringList &days)
{
    QList<DayScene> list;
    for (const QString &text : days) {
        list.append(
            {u"kept-"_s + text, [&queries, day = QDate::fromString(text, Qt::ISODate)](DayPane &pane) {
                 pane.setAccount(dayAccount());
                 pane.setQueries(&queries);
                 pane.showDay(day);
                 QTest::qWait(300);
             }});
    }
    return list;
}

void save(QWidget *widget, const QString &path)
{
    if (!widget->grab().save(path))
        QTextStream(stderr) << "cannot write " << path << '\n';
}

void render(const DayScene &scene, const QString &palette, const QDir &folder)
{
    QWidget window;
    QVBoxLayout layout(&window);
    layout.setContentsMargins(8, 8, 8, 8);
    DayPane pane;
    layout.addWidget(&pane);
    window.resize(scene.size + QSize(16, 16));
    window.show();
    pane.setAccount(dayAccount());
    pane.setToday(QDate(2026, 11, 26));
    scene.play(pane);
    QTest::qWait(50);
    if (pane.size() != scene.size)
        QTextStream(stderr) << scene.name << " does not fit: " << pane.width() << 'x' << pane.height()
                            << '\n';
    save(&window, folder.filePath(scene.name + u'-' + palette + u".png"_s));
    if (scene.name == "gappy"_L1) {
        SyncedDays days{dayAccount(), {}, {}};
        for (int i = 1; i < 23; i += i % 5 == 0 ? 3 : 1)
            days.days.append(QDate(2026, 11, i));
        pane.presentDays(days);
        pane.findChild<QPushButton *>(u"date"_s)->menu()->popup(pane.mapToGlobal(QPoint(40, 60)));
        QTest::qWait(50);
        save(pane.findChild<QPushButton *>(u"date"_s)->menu(),
             folder.filePath(u"picker-"_s + palette + u".png"_s));
    }
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        QTextStream(stderr) << "showday FOLDER [DATABASE DAY...]\n";
        return 2;
    }
    const QDir folder(arguments.at(1));
    folder.mkpath(u"."_s);
    DayQueries queries(arguments.value(2));
    const QList<DayScene> list = arguments.size() > 2 ? scenesOf(queries, arguments.mid(3)) : scenes();
    const QPalette light = QApplication::palette();
    for (const auto &[name, palette] : {std::pair(u"light"_s, light), std::pair(u"dark"_s, darkPalette())}) {
        QApplication::setPalette(palette);
        for (const DayScene &scene : list)
            render(scene, name, folder);
    }
    return 0;
}
