// SPDX-License-Identifier: GPL-3.0-or-later
// A day in words, and where its line breaks.

#include "gui/daywords.h"
#include "gui/heartplot.h"
#include "gui/madedays.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

using namespace test;

namespace {

const QDate oneDay(2026, 3, 10);

} // namespace

class TestDayWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsAZeroAsAZero()
    {
        DayRecord record = fullDay(oneDay);
        record.steps = 0;
        QCOMPARE(stepsInWords(record), (FigureText{u"0"_s, {}}));
        record.steps.reset();
        QCOMPARE(stepsInWords(record).value, u"–"_s);
    }

    void tellsWhatIsWrongBesideKeptData()
    {
        DayRecord record = fullDay(oneDay);
        record.heartCell->lastError = u"No answer for 30 seconds."_s;
        const DayStateText state = dayStateInWords(record);
        QCOMPARE(state.tone, Tone::Attention);
        QVERIFY2(state.details.contains(record.heartCell->lastError), qUtf8Printable(state.details));
        QCOMPARE(state.text, u"Kept as it was: the last try failed"_s);
        record.heartCell->suspicious = true;
        QCOMPARE(dayStateInWords(record).text, u"Kept as it was: the last try brought less"_s);
        record = fullDay(oneDay);
        record.heartCell.reset();
        QCOMPARE(dayStateInWords(record).text, u"Partial: heart rate not asked yet"_s);
        QVERIFY(dayStateInWords(record).offersSync);
    }

    void showsWhereFitbitMeetsGoogleHealth()
    {
        DayRecord record = fullDay(oneDay);
        record.account.provider = u"google-health"_s;
        record.predecessorSteps = record.steps;
        QCOMPARE(stepsInWords(record).note, QString());
        record.predecessorSteps = 9000;
        QCOMPARE(stepsInWords(record).note, u"Fitbit: "_s + QLocale().toString(9000));
        QCOMPARE(dayStateInWords(record).text, u"Complete"_s);
        record.keptFrom = u"fitbit"_s;
        QCOMPARE(dayStateInWords(record).text, u"From Fitbit: Complete"_s);
    }

    void breaksTheLineAtGaps()
    {
        DayRecord record = fullDay(oneDay);
        QCOMPARE(stretchesOf(record.heartRate).size(), size_t(1));
        dropMinutes(record, 100, 104); // five missing minutes are bridged
        QCOMPARE(stretchesOf(record.heartRate).size(), size_t(1));
        dropMinutes(record, 200, 205);
        dropMinutes(record, 207, 300);
        const std::vector<std::vector<Sample>> stretches = stretchesOf(record.heartRate);
        QCOMPARE(stretches.size(), size_t(3));
        QCOMPARE(stretches[1].size(), size_t(1));
        QVERIFY(stretchesOf({}).empty());
    }

    void saysWhatTheTwoKindsOfDataHaveInCommon_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("heart");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("tone");
        const auto row = [](const char *name, CellState steps, CellState heart, const QString &text,
                            Tone tone) {
            QTest::newRow(name) << int(steps) << int(heart) << text << int(tone);
        };
        row("both", CellState::Complete, CellState::Complete, u"Complete"_s, Tone::Good);
        row("one is empty", CellState::Empty, CellState::Complete, u"Complete"_s, Tone::Good);
        row("one may change", CellState::Provisional, CellState::Complete, u"Provisional: may still change"_s,
            Tone::Busy);
        row("one refused", CellState::Provisional, CellState::NotPermitted, u"Not permitted: heart rate"_s,
            Tone::Attention);
        row("one failed", CellState::Failed, CellState::NotPermitted, u"Failed: steps"_s, Tone::Problem);
        row("one in part", CellState::Complete, CellState::Partial, u"Partial: heart rate"_s,
            Tone::Attention);
    }

    void saysWhatTheTwoKindsOfDataHaveInCommon()
    {
        QFETCH(int, steps);
        QFETCH(int, heart);
        QFETCH(QString, text);
        QFETCH(int, tone);
        DayRecord record = bareDay(oneDay);
        record.stepsCell = cellOf(u"steps"_s, oneDay, CellState(steps), false);
        record.heartCell = cellOf(u"heartrate_1min"_s, oneDay, CellState(heart), false);
        QCOMPARE(dayStateInWords(record).text, text);
        QCOMPARE(int(dayStateInWords(record).tone), tone);
    }
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestDayWords)
#include "tst_daywords.moc"
