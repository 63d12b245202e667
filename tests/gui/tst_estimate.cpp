// SPDX-License-Identifier: GPL-3.0-or-later

// What the sync card foretells before a sync, when it asks for that, and what stays readable beside it.

#include "gui/estimatedesk.h"
#include "gui/fittedtext.h"
#include "gui/planwords.h"
#include "gui/stage.h"
#include "gui/syncchoice.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

QString plain(QString text)
{
    return text.replace(QChar(QChar::Nbsp), u' ');
}

const QString reckoning = u"Working out what it takes…"_s;

QString lineOf(const Stage &stage)
{
    const auto *line = stage.find<QLabel>("foretold");
    return line->isVisible() ? plain(line->text()) : QString();
}

Error fullDisk()
{
    Error error;
    error.kind = ErrorKind::Storage;
    error.detail = u"/data/fitbit_singleuser.db cannot be written: no space left on device."_s;
    return error;
}

bool isForetold(const Stage &stage)
{
    return !lineOf(stage).isEmpty() && lineOf(stage) != reckoning;
}

} // namespace

class TestEstimate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void itIsThereBeforeTheSync();
    void aLongOneNamesTheServicesPace();
    void howLongAWindowOfTheLimitIs_data();
    void howLongAWindowOfTheLimitIs();
    void nothingToAskIsSaid();
    void theDetailsAreForEveryone();
    void anotherChoiceAsksAnew();
    void fastChangesAskSeldom();
    void aLateAnswerToAnotherChoiceIsDropped();
    void itIsQuietWhereNothingCanBegin();
    void aFailedReckoningSaysWhy();
    void anothersFailureIsNotItsOwn();
    void itIsReckonedAnewWhenItIsOld();
    void timesToComeInWords();
    void whatToDoNextStaysWhole();
};

void TestEstimate::itIsThereBeforeTheSync()
{
    Stage stage;
    stage.window->show();
    QSignalSpy synced(stage.link, &WorkerLink::syncRequested);
    stage.openConnected();
    QCOMPARE(lineOf(stage), u"2 requests, done by 22:58, about 43 kB"_s); // it is 22:57 in Chatham
    QVERIFY(stage.named(stage.find<QLabel>("foretold")->text()));
    QCOMPARE(stage.foretold.first().accounts, QList<AccountKey>{Stage::account()});
    QVERIFY(!stage.foretold.first().first && stage.foretold.first().dataTypes.isEmpty());
    QCOMPARE(synced.size(), 0);
}

void TestEstimate::aLongOneNamesTheServicesPace()
{
    Stage stage;
    stage.window->show();
    stage.reckons = [&stage](const SyncRequest &) { return stage.plan(1'204); };
    stage.openConnected();
    QCOMPARE(lineOf(stage),
             u"1,204 requests, 8 hours at Fitbit's pace, done by tomorrow, 06:57, about 26 MB"_s);
    const QString details = stage.find<QLabel>("foretold")->accessibleDescription();
    QVERIFY2(details.contains(u"Fitbit answers only so many requests an hour"_s), qPrintable(details));
    QVERIFY2(details.contains(u"Time: 8 hours at Fitbit's pace"_s), qPrintable(details));
}

void TestEstimate::howLongAWindowOfTheLimitIs_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<int>("windowSeconds");
    QTest::addColumn<int>("windows");
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("detail");
    QTest::newRow("a minute")
        << u"google-health"_s << 60 << 5 << qint64(300)
        << u"1,204 requests, 5 minutes at Google Health's pace, done by 23:02, about 26 MB"_s
        << u"Google Health answers only so many requests a minute"_s;
    QTest::newRow("a day") << u"fitbit"_s << 86'400 << 2 << qint64(300)
                           << u"1,204 requests, 5 minutes at Fitbit's pace, done by 23:02, about 26 MB"_s
                           << u"Fitbit answers only so many requests in 1 day"_s;
    QTest::newRow("one is enough") << u"google-health"_s << 60 << 1 << qint64(300)
                                   << u"1,204 requests, done by 23:02, about 26 MB"_s << QString();
    QTest::newRow("over the end of a minute") << u"google-health"_s << 60 << 2 << qint64(2)
                                              << u"1,204 requests, done by 22:58, about 26 MB"_s << QString();
}

void TestEstimate::howLongAWindowOfTheLimitIs()
{
    QFETCH(QString, provider);
    QFETCH(int, windowSeconds);
    QFETCH(int, windows);
    QFETCH(qint64, seconds);
    QFETCH(QString, line);
    QFETCH(QString, detail);
    Stage stage;
    PlanEstimate plan = stage.plan(1'204);
    plan.account.provider = provider;
    plan.windowSeconds = windowSeconds;
    plan.windows = windows;
    plan.seconds = seconds;
    plan.finishUtc = stage.now() + plan.seconds;
    QCOMPARE(plain(planInWords(plan, stage.now())), line);
    const QString details = planDetailsInWords(plan, {}, stage.now()).join(u'\n');
    QCOMPARE(details.contains(u"answers only so many"_s), !detail.isEmpty());
    QVERIFY2(details.contains(detail), qPrintable(details));
}

void TestEstimate::nothingToAskIsSaid()
{
    Stage stage;
    stage.window->show();
    stage.reckons = [&stage](const SyncRequest &) { return stage.plan(0); };
    stage.openConnected();
    QCOMPARE(lineOf(stage), u"Nothing to ask: it is all here."_s);
    PlanEstimate denied = stage.plan(0);
    denied.notPermitted = denied.cells;
    QCOMPARE(planInWords(denied, stage.now()), u"Nothing to ask: there is no permission for it."_s);
}

void TestEstimate::theDetailsAreForEveryone()
{
    Stage stage;
    stage.window->show();
    stage.reckons = [&stage](const SyncRequest &) {
        PlanEstimate plan = stage.plan(4);
        plan.notPermitted = 3;
        plan.otherRequests = 1;
        return plan;
    };
    stage.openConnected();
    auto *line = stage.find<QLabel>("foretold");
    const QStringList details = plain(line->accessibleDescription()).split(u'\n');
    QCOMPARE(
        details,
        (QStringList{u"22 November 2026"_s, u"Steps: 2 days, 2 requests"_s,
                     u"Heart rate, every minute: 1 day, 2 requests"_s, u"The account's profile: 1 request"_s,
                     u"Left out for want of permission: 3 days of data"_s,
                     u"The limit leaves 148 requests until 23:45"_s, u"Time: less than a minute"_s,
                     u"Disk: archive 16 kB, files 49 kB, tables 20 kB"_s}));
    QCOMPARE(line->toolTip(), line->accessibleDescription());
    // By the keyboard, too.
    stage.window->activateWindow();
    line->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(line->hasFocus());
    QTest::keyClick(line, Qt::Key_Space);
    QTRY_COMPARE(QToolTip::text(), line->toolTip());
    QToolTip::hideText();
}

void TestEstimate::anotherChoiceAsksAnew()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    const qsizetype before = stage.foretold.size();
    stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::LastWeek);
    QTRY_COMPARE(stage.foretold.size(), before + 1);
    QCOMPARE(stage.foretold.last().first, QDate(2026, 11, 16));
    QCOMPARE(stage.foretold.last().last, QDate(2026, 11, 22));
    QTRY_VERIFY(isForetold(stage));
}

void TestEstimate::fastChangesAskSeldom()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::OneDay);
    auto *day = stage.find<QDateEdit>("first");
    QTRY_COMPARE(stage.foretold.last().first, QDate(2026, 11, 22));
    const qsizetype before = stage.foretold.size();
    for (int i = 1; i <= 20; ++i)
        day->setDate(QDate(2026, 10, i));
    QTRY_COMPARE(stage.foretold.last().first, QDate(2026, 10, 20));
    QVERIFY(stage.foretold.size() <= before + 2);
    QTRY_VERIFY(isForetold(stage));
}

void TestEstimate::aLateAnswerToAnotherChoiceIsDropped()
{
    Stage stage;
    stage.window->show();
    stage.reckons = nullptr;
    stage.openConnected();
    stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::LastWeek);
    QCOMPARE(lineOf(stage), reckoning);
    Q_EMIT stage.link->estimated({stage.plan(2)}); // of yesterday, which was chosen before
    QCOMPARE(lineOf(stage), reckoning);
    PlanEstimate other = stage.plan(14);
    other.first = QDate(2026, 11, 16);
    other.account.participant = u"p02"_s;
    Q_EMIT stage.link->estimated({other});
    QCOMPARE(lineOf(stage), reckoning);
    other.account = Stage::account();
    Q_EMIT stage.link->estimated({other});
    QVERIFY(lineOf(stage).startsWith(u"14 requests"_s));
    SyncRequest sleep;
    sleep.accounts = {Stage::account()};
    sleep.dataTypes = QStringList{u"sleep"_s};
    QVERIFY(!answers(stage.plan(2), sleep));
}

void TestEstimate::itIsQuietWhereNothingCanBegin()
{
    Stage stage;
    stage.window->show();
    stage.openNotConnected();
    QCOMPARE(lineOf(stage), QString());
    QCOMPARE(stage.foretold.size(), 0);
    Q_EMIT stage.link->statusRead({stage.connectedStatus()});
    QVERIFY(isForetold(stage));
    stage.startSync(1, 2, {});
    QCOMPARE(lineOf(stage), QString());
    const qsizetype before = stage.foretold.size();
    stage.finishSync(stage.goodReport());
    QTRY_VERIFY(stage.foretold.size() > before); // what is here has changed
    QVERIFY(isForetold(stage));
}

void TestEstimate::aFailedReckoningSaysWhy()
{
    Stage stage;
    stage.window->show();
    stage.reckons = nullptr;
    stage.openConnected();
    QCOMPARE(lineOf(stage), reckoning);
    Q_EMIT stage.link->estimateFailed(stage.foretold.last(), fullDisk());
    QCOMPARE(lineOf(stage), u"What it takes cannot be told beforehand"_s);
    QVERIFY(stage.find<QLabel>("foretold")->toolTip().contains(u"no space left"_s));
    QVERIFY(stage.find<QPushButton>("action")->isEnabled()); // a sync may still be tried
}

void TestEstimate::anothersFailureIsNotItsOwn()
{
    Stage stage;
    stage.window->show();
    stage.reckons = nullptr;
    stage.openConnected();
    Q_EMIT stage.link->requestFailed(fullDisk()); // e.g. of a status
    QCOMPARE(lineOf(stage), reckoning);
    // Nor is a late one to a choice that is no longer there.
    SyncRequest earlier = stage.foretold.last();
    earlier.dataTypes = QStringList{u"sleep"_s};
    Q_EMIT stage.link->estimateFailed(earlier, fullDisk());
    QCOMPARE(lineOf(stage), reckoning);
}

void TestEstimate::itIsReckonedAnewWhenItIsOld()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    QTRY_COMPARE(stage.foretold.size(), 2); // once more, because the status was read
    stage.clock->advance(59);
    Q_EMIT stage.link->participantsRead({{Stage::account().participant, {}}});
    QCOMPARE(stage.foretold.size(), 2);
    stage.clock->advance(1);
    Q_EMIT stage.link->participantsRead({{Stage::account().participant, {}}});
    QTRY_COMPARE(stage.foretold.size(), 3);
    QCOMPARE(lineOf(stage), u"2 requests, done by 22:59, about 43 kB"_s);
}

void TestEstimate::timesToComeInWords()
{
    constexpr qint64 now = 1'795'425'120; // 2026-11-23 09:12 UTC, 22:57 in Chatham
    QCOMPARE(momentInWords(now + 120, now), u"22:59"_s);
    QCOMPARE(atMomentInWords(now + 120, now), u"at 22:59"_s);
    QCOMPARE(momentInWords(now + 4 * 3600, now), u"tomorrow, 02:57"_s);
    QCOMPARE(atMomentInWords(now + 4 * 3600, now), u"tomorrow at 02:57"_s);
    QCOMPARE(momentInWords(now + 5 * 86'400, now), u"28 November, 22:57"_s);
    QCOMPARE(momentInWords(now + 50 * 86'400, now), u"12 January 2027, 22:57"_s);
    QCOMPARE(spanInWords(59), u"less than a minute"_s);
    QCOMPARE(spanInWords(60), u"1 minute"_s);
    QCOMPARE(spanInWords(7'199), u"120 minutes"_s);
    QCOMPARE(spanInWords(7'200), u"2 hours"_s);
    QCOMPARE(spanInWords(7'260), u"2 h 1 min"_s);
    QCOMPARE(spanInWords(86'400), u"1 day"_s);
    QCOMPARE(spanInWords(29 * 3600), u"1 day 5 h"_s);
    QCOMPARE(spanInWords(60 * 3600), u"2 days 12 h"_s);
}

void TestEstimate::whatToDoNextStaysWhole()
{
    Stage stage;
    stage.window->show();
    stage.openConnected();
    stage.find<QComboBox>("days")->setCurrentIndex(DayChoice::Range);
    stage.startSync(1, 2, {});
    Error refused;
    refused.kind = ErrorKind::ProjectRefused;
    refused.detail = u"The Google Health API is not switched on in the project this client ID belongs to, or "
                     "was switched on minutes ago, and this sentence goes on for a good while longer"_s;
    refused.nextStep = u"Enable it in the Cloud Console, wait a little, then sync again."_s;
    stage.endSync(refused);
    QTRY_VERIFY(isForetold(stage));
    const auto *details = stage.find<QWidget>("sync")->findChild<FittedText *>(u"details"_s);
    QTRY_VERIFY(details->height() > 30);
    const QString shown = details->shownLines().join(u' ');
    QVERIFY2(shown.endsWith(refused.nextStep), qPrintable(shown));
    QVERIFY2(shown.contains(u'…'), qPrintable(shown));
    QVERIFY(details->shownLines().size() * details->fontMetrics().lineSpacing() <= details->height());
    QCOMPARE(details->toolTip(), details->text());
    QVERIFY(details->text().contains(refused.detail));
    QCOMPARE(stage.window->size(), QSize(900, 600));
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestEstimate)
#include "tst_estimate.moc"
