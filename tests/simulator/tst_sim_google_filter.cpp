// SPDX-License-Identifier: GPL-3.0-or-later
// The filter grammar of the simulated Health API, and its spelling of instants: pure.

#include "simulator/google/googlefilter.h"
#include "simulator/google/googlejson.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

GooglePoint pointAt(qint64 utc, int offset, QDate date = {})
{
    GooglePoint point;
    point.startUtc = utc;
    point.startOffset = offset;
    point.date = date;
    return point;
}

GoogleFilter filterOf(const QString &type, const char *text)
{
    GoogleFilter filter;
    const auto wrong = readGoogleFilter(QString::fromLatin1(text), *findGoogleType(type), &filter);
    return wrong ? GoogleFilter{} : filter;
}

qint64 secondsOf(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODate).toSecsSinceEpoch();
}

} // namespace

class TestSimGoogleFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusals_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("reason"); // below INVALID_DATA_POINT_FILTER_; "-": none; "": that alone
        const auto row = [](const char *name, const char *type, const char *filter, const char *reason) {
            QTest::newRow(name) << QString::fromLatin1(type) << QString::fromLatin1(filter)
                                << QString::fromLatin1(reason);
        };
        row("nothing", "steps", "  ", "-");
        row("interval", "steps", R"(steps.interval.start_time >= "2024-11-01T23:00:00Z")", "-");
        row("both bounds", "steps",
            R"(steps.interval.civil_start_time>="2024-11-01" AND steps.interval.civil_start_time < "2024-11-02T08:00:00")",
            "-");
        row("sample", "heart-rate", R"(heart_rate.sample_time.civil_time >= "2024-11-01")", "-");
        row("daily", "daily-resting-heart-rate", R"(daily_resting_heart_rate.date < "2024-11-01")", "-");
        row("sleep may choose", "sleep",
            R"(sleep.interval.end_time >= "2024-11-01T00:00:00Z" OR sleep.interval.end_time < "2024-01-01T00:00:00Z")",
            "-");
        row("hyphen", "heart-rate", R"(heart-rate.sample_time.civil_time >= "2024-11-01")", "");
        row("unknown type", "steps", R"(strides.interval.start_time >= "2024-11-01T00:00:00Z")", "");
        row("another type", "steps", R"(distance.interval.start_time >= "2024-11-01T00:00:00Z")",
            "COLLECTION_MISMATCH");
        row("two types", "steps",
            R"(steps.interval.civil_start_time >= "2024-11-01" AND distance.interval.civil_start_time < "2024-11-02")",
            "MIXED_DATA_TYPE_RESTRICTIONS");
        row("end time", "steps", R"(steps.interval.end_time < "2024-11-01T00:00:00Z")", "DATA_TYPE_MEMBER");
        row("sample's member", "steps", R"(steps.sample_time.civil_time >= "2024-11-01")",
            "DATA_TYPE_MEMBER");
        row("sleep by start", "sleep", R"(sleep.interval.start_time >= "2024-11-01T00:00:00Z")",
            "DATA_TYPE_MEMBER");
        row("exercise by instant", "exercise", R"(exercise.interval.start_time >= "2024-11-01T00:00:00Z")",
            "DATA_TYPE_MEMBER");
        row("catalogue", "food", R"(food.interval.start_time >= "2024-11-01T00:00:00Z")", "DATA_TYPE_MEMBER");
        row("no member", "steps", R"(steps >= "2024-11-01")", "RESTRICTION_COMPARABLE");
        row("<=", "steps", R"(steps.interval.civil_start_time <= "2024-11-01")", "RESTRICTION_COMPARATOR");
        row(">", "steps", R"(steps.interval.civil_start_time > "2024-11-01")", "RESTRICTION_COMPARATOR");
        row("=", "daily-resting-heart-rate", R"(daily_resting_heart_rate.date = "2024-11-01")",
            "RESTRICTION_COMPARATOR");
        row("ecg <", "electrocardiogram", R"(electrocardiogram.interval.start_time < "2024-11-01T00:00:00Z")",
            "RESTRICTION_COMPARATOR");
        row("or", "steps",
            R"(steps.interval.civil_start_time >= "2024-11-01" OR steps.interval.civil_start_time < "2024-11-02")",
            "EXPRESSION_STRUCTURE");
        row("mixed", "steps",
            R"(steps.interval.civil_start_time >= "2024-11-01" AND steps.interval.start_time < "2024-11-02T00:00:00Z")",
            "MIXED_TIME_RESTRICTIONS");
        row("instant without zone", "steps", R"(steps.interval.start_time >= "2024-11-01T00:00:00")",
            "TIMESTAMP_FORMAT");
        row("civil with zone", "steps", R"(steps.interval.civil_start_time >= "2024-11-01T00:00:00Z")",
            "CIVIL_DATE_TIME_FORMAT");
        row("daily with time", "daily-resting-heart-rate",
            R"(daily_resting_heart_rate.date >= "2024-11-01T00:00:00")", "CIVIL_DATE_TIME_FORMAT");
        row("no such date", "steps", R"(steps.interval.civil_start_time >= "2024-02-30")",
            "CIVIL_DATE_TIME_FORMAT");
        row("no quotes", "steps", "steps.interval.civil_start_time >= 2024-11-01", "RESTRICTION_ARGUMENT");
        row("open quotes", "steps", "steps.interval.civil_start_time >= \"2024-11-01", "SYNTAX");
        row("cut short", "steps", "steps.interval.civil_start_time >=", "UNEXPECTED_END_OF_INPUT");
        row("dangling and", "steps", R"(steps.interval.civil_start_time >= "2024-11-01" AND)",
            "UNEXPECTED_END_OF_INPUT");
        row("small and", "steps",
            R"(steps.interval.civil_start_time >= "2024-11-01" and steps.interval.civil_start_time < "2024-11-02")",
            "UNEXPECTED_TOKEN");
        row("two words", "steps", R"(steps.interval.civil_start_time AND "2024-11-01")", "UNEXPECTED_TOKEN");
    }

    void refusals()
    {
        QFETCH(QString, type);
        QFETCH(QString, filter);
        QFETCH(QString, reason);
        GoogleFilter read;
        const auto wrong = readGoogleFilter(filter, *findGoogleType(type), &read);
        if (reason == u"-"_s) {
            QVERIFY2(!wrong, qPrintable(wrong ? wrong->reason : QString()));
            return;
        }
        QVERIFY(wrong);
        const QString start = u"INVALID_DATA_POINT_FILTER"_s;
        QCOMPARE(wrong->reason, reason.isEmpty() ? start : start + u'_' + reason);
        QVERIFY(!wrong->message.isEmpty());
    }

    void reversedRange()
    {
        GoogleFilter read;
        const auto wrong = readGoogleFilter(
            QString::fromLatin1(
                R"(daily_resting_heart_rate.date >= "2024-11-02" AND daily_resting_heart_rate.date < "2024-11-02")"),
            *findGoogleType(u"daily-resting-heart-rate"_s), &read);
        QVERIFY(wrong);
        QCOMPARE(wrong->reason, u"INVALID_TIME_RANGE"_s);
        QCOMPARE(wrong->message, u"Query end time must be strictly larger than start time"_s);
    }

    void lowerBoundIsInclusiveUpperIsNot()
    {
        const GoogleFilter physical = filterOf(
            u"steps"_s,
            R"(steps.interval.start_time >= "2024-11-01T10:00:00Z" AND steps.interval.start_time < "2024-11-01T11:00:00Z")");
        const qint64 ten = secondsOf(u"2024-11-01T10:00:00Z"_s);
        QVERIFY(physical.takes(pointAt(ten, 0)));
        QVERIFY(!physical.takes(pointAt(ten - 1, 0)));
        QVERIFY(physical.takes(pointAt(ten + 3599, 0)));
        QVERIFY(!physical.takes(pointAt(ten + 3600, 0)));
        const GoogleFilter offset =
            filterOf(u"steps"_s, R"(steps.interval.start_time >= "2024-11-01T12:00:00.500+02:00")");
        QVERIFY(!offset.takes(pointAt(ten, 0)));
        QVERIFY(offset.takes(pointAt(ten + 1, 0)));
    }

    void civilBoundsFollowTheWallClock()
    {
        const GoogleFilter day = filterOf(
            u"heart-rate"_s,
            R"(heart_rate.sample_time.civil_time >= "2024-11-01" AND heart_rate.sample_time.civil_time < "2024-11-02")");
        const qint64 midnight = secondsOf(u"2024-10-31T23:00:00Z"_s); // at UTC+1
        QVERIFY(day.takes(pointAt(midnight, 3600)));
        QVERIFY(!day.takes(pointAt(midnight, 0)));
        QVERIFY(!day.takes(pointAt(midnight + 86'400, 3600)));
        const GoogleFilter dates =
            filterOf(u"daily-resting-heart-rate"_s, R"(daily_resting_heart_rate.date >= "2024-11-01")");
        QVERIFY(dates.takes(pointAt(0, 0, QDate(2024, 11, 1))));
        QVERIFY(!dates.takes(pointAt(0, 0, QDate(2024, 10, 31))));
    }

    void timesAreSpeltAsTheServiceDoes()
    {
        QByteArray out;
        appendInstant(out, 1'700'000'000'123);
        QCOMPARE(out, "2023-11-14T22:13:20.123Z");
        out.clear();
        appendInstant(out, -1000);
        QCOMPARE(out, "1969-12-31T23:59:59Z");
        out.clear();
        appendCivil(out, 1'700'000'000);
        QCOMPARE(
            out,
            R"({"date":{"year":2023,"month":11,"day":14},"time":{"hours":22,"minutes":13,"seconds":20}})");
        out.clear();
        appendCivil(out, 86'400);
        QCOMPARE(out, R"({"date":{"year":1970,"month":1,"day":2},"time":{}})");
        QCOMPARE(readInstant(u"2023-11-14T22:13:20.123456Z"_s), 1'700'000'000'123);
        QCOMPARE(readDuration(u"1.5s"_s), 1500);
        for (const QString &text : {u"60"_s, u"-1s"_s, u"1m"_s, u""_s})
            QVERIFY(!readDuration(text));
    }
};

QTEST_GUILESS_MAIN(TestSimGoogleFilter)
#include "tst_sim_google_filter.moc"
