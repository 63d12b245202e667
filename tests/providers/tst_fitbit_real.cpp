// SPDX-License-Identifier: GPL-3.0-or-later

// Answers captured from the real service, where WRISTKEEP_REAL_DATA names their folder: every value that
// the parser gives is compared with a reading of the same file that shares no code with it.

#include "providers/provider.h"
#include "providers/registry.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

QByteArray realFile(const QString &name)
{
    QFile file(QDir(qEnvironmentVariable("WRISTKEEP_REAL_DATA")).filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ParseContext contextOf(const QString &type, QDate first, QDate last, const char *zone)
{
    ParseContext context;
    context.task = FetchTask{AccountKey{u"default"_s, u"fitbit"_s}, type, first, last, {}};
    context.zone = Zone{QTimeZone(zone), ZoneSource::Profile};
    return context;
}

} // namespace

class TstFitbitReal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void heartRate();
    void stepsRange();
    void stepsDayByDay();
};

void TstFitbitReal::initTestCase()
{
    if (realFile(u"heartrate_1min_2017-06-29.json"_s).isEmpty())
        QSKIP("WRISTKEEP_REAL_DATA does not name the folder with the real answers: nothing is tested here.");
}

void TstFitbitReal::heartRate()
{
    const QByteArray body = realFile(u"heartrate_1min_2017-06-29.json"_s);
    // Berlin was two hours ahead of UTC that day: 2017-06-28T22:00Z = 1498687200.
    constexpr qint64 start = 1498687200;
    std::vector<Sample> expected;
    const QRegularExpression row(uR"x("time":\s*"(\d\d):(\d\d):(\d\d)",\s*"value":\s*(\d+))x"_s);
    for (auto match = row.globalMatch(QString::fromLatin1(body)); match.hasNext();) {
        const auto found = match.next();
        expected.push_back(Sample{start + found.captured(1).toInt() * 3600 + found.captured(2).toInt() * 60 +
                                      found.captured(3).toInt(),
                                  found.captured(4).toDouble()});
    }
    QCOMPARE(expected.size(), size_t(1157));

    const QDate day(2017, 6, 29);
    const auto batch = findProvider(u"fitbit"_s)
                           .value()
                           ->parse(body, contextOf(u"heartrate_1min"_s, day, day, "Europe/Berlin"));
    QVERIFY2(batch, batch ? "" : qPrintable(batch.error().detail));
    QCOMPARE(batch->series.size(), 1);
    QCOMPARE(batch->series[0].samples.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(batch->series[0].samples[i], expected[i]);
    QCOMPARE(batch->series[0].resolution, u"1min"_s);

    QHash<QString, double> daily;
    for (const DailyValue &value : batch->daily) {
        QCOMPARE(value.date, day);
        daily.insert(value.type, value.value);
    }
    QCOMPARE(daily.value(u"resting_heart_rate"_s), 59.0);
    QCOMPARE(daily.value(u"heart_rate_zone_minutes/Out of Range"_s), 1122.0);
    QCOMPARE(daily.value(u"heart_rate_zone_minutes/Fat Burn"_s), 35.0);
    QCOMPARE(daily.value(u"heart_rate_zone_minutes/Peak"_s, -1), 0.0);
    QCOMPARE(daily.value(u"heart_rate_zone_calories/Out of Range"_s), 1693.83222);
    QCOMPARE(daily.value(u"heart_rate_zone_max/Cardio"_s), 162.0);
    QCOMPARE(batch->days, QList<DayResult>({DayResult{day, true, 1157 + int(batch->daily.size())}}));
}

void TstFitbitReal::stepsRange()
{
    const QDate first(2014, 9, 4);
    const auto batch = findProvider(u"fitbit"_s)
                           .value()
                           ->parse(realFile(u"steps_range_2014-09.json"_s),
                                   contextOf(u"steps"_s, first, first.addDays(6), "Europe/Berlin"));
    QVERIFY2(batch, batch ? "" : qPrintable(batch.error().detail));
    const QList<double> expected{7428, 9846, 4274, 7595, 0, 9499, 7026};
    QCOMPARE(batch->daily.size(), expected.size());
    QCOMPARE(batch->days.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        QCOMPARE(batch->daily[i].date, first.addDays(i));
        QCOMPARE(batch->daily[i].value, expected[i]);
        QCOMPARE(batch->days[i].date, first.addDays(i));
        QCOMPARE(batch->days[i].hasData, expected[i] > 0);
    }
}

// The week's answer is not the answer to any one of its days.
void TstFitbitReal::stepsDayByDay()
{
    const QDate day(2014, 9, 6);
    const auto batch = findProvider(u"fitbit"_s)
                           .value()
                           ->parse(realFile(u"steps_range_2014-09.json"_s),
                                   contextOf(u"steps"_s, day, day, "Europe/Berlin"));
    QVERIFY(!batch);
    QCOMPARE(batch.error().kind, ErrorKind::NotUnderstood);
}

QTEST_GUILESS_MAIN(TstFitbitReal)
#include "tst_fitbit_real.moc"
