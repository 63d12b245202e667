// SPDX-License-Identifier: GPL-3.0-or-later

// One civil day cut out of an answer and its pages, byte for byte; and answers as large as they get.

#include "providers/daybody.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const Provider &googleHealth()
{
    return *findProvider(u"google-health"_s).value();
}

ParseContext contextOf(const QString &type, QDate first, QDate last)
{
    return {FetchTask{AccountKey{u"default"_s, u"google-health"_s}, type, first, last, {}},
            Zone{QTimeZone("Europe/Berlin"), ZoneSource::Profile}};
}

QByteArray dayOf(const QList<QByteArray> &bodies, QDate date, const ParseContext &context)
{
    const auto body = test::dayBody(googleHealth(), bodies, date, context);
    return body ? *body : "error: " + body.error().detail.toUtf8();
}

// Spaces, escapes, numbers and members nobody knows: all of it stays as it is.
const QByteArray late = R"({ "startTime":"2026-11-21T22:59:00Z", "heartRate":{"beatsPerMinuteAvg":6.10e1}})";
const QByteArray early =
    R"({"heartRate":{"beatsPerMinuteAvg":"NaN","note":"a \"]}, \u00fc"},"startTime":"2026-11-21T23:00:00.5Z"})";
const QByteArray later = R"({"startTime":"2026-11-22T08:00:00Z","pulse":[{"x":[]}],
  "heartRate":{"beatsPerMinuteAvg":70.25}})";

QByteArray rolled(const QByteArrayList &rows, const QByteArray &more = {})
{
    return "{\n \"rollupDataPoints\" : [ " + rows.join(" ,\n ") + " ]" + more + "}\n";
}

QByteArray envelope(const QByteArrayList &rows)
{
    return "{\"rollupDataPoints\":[" + rows.join(',') + "]}";
}

} // namespace

class TstGoogleHealthDays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void daysOfWindows()
    {
        const QDate day(2026, 11, 21);
        const ParseContext context = contextOf(u"heartrate_1min"_s, day, day.addDays(2));
        const QByteArray body = rolled({later, late, early});
        QCOMPARE(dayOf({body}, day, context), envelope({late}));
        QCOMPARE(dayOf({body}, day.addDays(1), context), envelope({later, early}));
        QCOMPARE(dayOf({body}, day.addDays(2), context), envelope({}));
        QCOMPARE(dayOf({"{}"}, day, context), envelope({}));
        QCOMPARE(dayOf({"{\"nextPageToken\":null,\"new\":{\"rollupDataPoints\":7},\"rollupDataPoints\":[" +
                        late + "]}"},
                       day, context),
                 envelope({late}));
        QCOMPARE(dayOf({"{\"rollupDataPoints\":null}"}, day, context), envelope({}));
        QCOMPARE(dayOf({R"({"new":"\\","rollup\u0044ataPoints":[)" + late + "]}"}, day, context),
                 envelope({late}));
    }

    void pagesAreJoined()
    {
        const QDate day(2026, 11, 22);
        const ParseContext context = contextOf(u"heartrate_1min"_s, day.addDays(-1), day);
        const QByteArray first = rolled({late, early}, R"(,"nextPageToken":"t")");
        QCOMPARE(dayOf({first, "{\"nextPageToken\":\"u\"}", rolled({later})}, day, context),
                 envelope({early, later}));
    }

    void oneDayStaysAsReceived()
    {
        const QDate day(2026, 11, 22);
        const ParseContext context = contextOf(u"heartrate_1min"_s, day, day);
        const QByteArray body = rolled({later, early});
        QCOMPARE(dayOf({body}, day, context), body);
        QCOMPARE(dayOf({"{}"}, day, context), QByteArray("{}"));
        const QByteArray strange = rolled({R"({"startTime":"2026-11-22T09:00:00Z","pulse":{}})", later});
        QCOMPARE(dayOf({strange}, day, context), strange);
        // A page is no whole answer, and a token is nothing a day file should hold.
        QCOMPARE(dayOf({rolled({early}, R"(,"nextPageToken":"t")")}, day, context), envelope({early}));
        QCOMPARE(dayOf({rolled({early}, R"(,"nextPageToken":"")")}, day, context),
                 rolled({early}, R"(,"nextPageToken":"")"));
        QCOMPARE(dayOf({rolled({early}, R"(,"nextPageToken":"t")"), rolled({later})}, day, context),
                 envelope({early, later}));
    }

    void daysOfDailyRows()
    {
        const QDate day(2026, 11, 21);
        const QByteArray one =
            R"({"civilStartTime":{"date":{"year":2026,"month":11,"day":21}},"steps":{"countSum":"8412"}})";
        const QByteArray two =
            R"({"steps":{}, "civilStartTime":{"time":{},"date":{"day":"22","year":2026.0,"month":11}}})";
        const QByteArray body = rolled({two, one});
        const ParseContext both = contextOf(u"steps"_s, day, day.addDays(1));
        QCOMPARE(dayOf({body}, day, both), envelope({one}));
        QCOMPARE(dayOf({body}, day.addDays(1), both), envelope({two}));
        // As the parser reads it: whatever says 22 is the 22nd.
        const QByteArray odd =
            R"({"steps":{}, "civilStartTime":{"date":{"day":"2.2e1","year":"2026.0","month":11}}})";
        QVERIFY(googleHealth().parse(rolled({odd}), both));
        QCOMPARE(dayOf({rolled({odd, one})}, day.addDays(1), both), envelope({odd}));
        // Of a kind nobody knows, on no day of any calendar.
        const QByteArray strange =
            R"({"floors":{},"civilStartTime":{"date":{"year":3e14,"month":-1e300,"day":30}}})";
        QVERIFY(googleHealth().parse(rolled({strange, one}), both));
        QCOMPARE(dayOf({rolled({strange, one})}, day, both), envelope({one}));
        // The end of the range answered too: that day was not asked for.
        QCOMPARE(dayOf({body}, day, contextOf(u"steps"_s, day, day)), envelope({one}));
        QCOMPARE(dayOf({rolled({one})}, day, contextOf(u"steps"_s, day, day)), rolled({one}));
    }

    void daysOfPoints()
    {
        const QDate day(2026, 11, 21);
        const QByteArray rate =
            R"({"dailyRestingHeartRate":{"date":{"year":2026,"month":11,"day":21},"beatsPerMinute":"54"}})";
        QCOMPARE(dayOf({"{\"dataPoints\":[" + rate + "]}"}, day,
                       contextOf(u"resting_heart_rate"_s, day, day.addDays(1))),
                 "{\"dataPoints\":[" + rate + "]}");
        const QByteArray reading =
            R"({"heartRate":{"sampleTime":{"physicalTime":"2026-11-21T07:02:25Z"},"beatsPerMinute":"84"}})";
        QCOMPARE(dayOf({"{\"dataPoints\":[" + reading + "],\"nextPageToken\":\"t\"}", "{}"}, day,
                       contextOf(u"heartrate_raw"_s, day, day)),
                 "{\"dataPoints\":[" + reading + "]}");
    }

    void whatIsCutOutReadsTheSame()
    {
        const QDate day(2026, 11, 21);
        const QByteArray body = rolled({later, late, early});
        const auto whole = googleHealth().parse(body, contextOf(u"heartrate_1min"_s, day, day.addDays(1)));
        std::vector<Sample> joined;
        for (int i = 0; i < 2; ++i) {
            const QDate date = day.addDays(i);
            const QByteArray share = dayOf({body}, date, contextOf(u"heartrate_1min"_s, day, day.addDays(1)));
            const auto part = googleHealth().parse(share, contextOf(u"heartrate_1min"_s, date, date));
            QVERIFY(part);
            QCOMPARE(part->days.first(), whole->days.at(i));
            for (const SampleSeries &series : part->series)
                joined.insert(joined.end(), series.samples.begin(), series.samples.end());
        }
        QVERIFY(joined == whole->series.first().samples);
    }

    void brokenPagesAreAnError()
    {
        const QDate day(2026, 11, 21);
        const auto context = contextOf(u"heartrate_1min"_s, day, day.addDays(1));
        for (const QByteArray &broken :
             {QByteArray("<html>"), QByteArray(), rolled({"7"}), rolled({late}).chopped(3)}) {
            const auto body = test::dayBody(googleHealth(), {rolled({late}), broken}, day, context);
            QVERIFY(!body);
            QCOMPARE(body.error().kind, ErrorKind::NotUnderstood);
        }
        QVERIFY(!test::dayBody(googleHealth(), {"{}"}, day, contextOf(u"exercise"_s, day, day)));
    }

    // Thirteen days of minutes, one of them of 25 hours.
    void theLargestAnswerOfMinutes()
    {
        const QDate first(2026, 10, 20);
        const ParseContext context = contextOf(u"heartrate_1min"_s, first, first.addDays(12));
        const qint64 start = civilDay(first, context.zone).startUtc;
        const qint64 end = civilDay(first.addDays(12), context.zone).endUtc();
        QByteArrayList rows;
        for (qint64 t = start; t < end; t += 60) {
            const QByteArray from =
                QDateTime::fromSecsSinceEpoch(t, Qt::UTC).toString(Qt::ISODate).toLatin1();
            rows << "{\"startTime\":\"" + from + "\",\"endTime\":\"" + from +
                        "\",\"heartRate\":{\"beatsPerMinuteAvg\":" +
                        QByteArray::number(50 + double(t % 977) / 10) +
                        ",\"beatsPerMinuteMax\":190,\"beatsPerMinuteMin\":40}}";
        }
        const QByteArray body = rolled(rows);
        const auto batch = googleHealth().parse(body, context);
        QVERIFY(batch);
        QCOMPARE(qsizetype(batch->series.first().samples.size()), qsizetype(13 * 1440 + 60));
        QCOMPARE(batch->days.at(5).date, QDate(2026, 10, 25));
        QCOMPARE(batch->days.at(5).points, 1500);
        QCOMPARE(batch->days.at(6).points, 1440);
        QCOMPARE(QJsonDocument::fromJson(dayOf({body}, QDate(2026, 10, 25), context))[u"rollupDataPoints"_s]
                     .toArray()
                     .size(),
                 1500);
    }
};

QTEST_GUILESS_MAIN(TstGoogleHealthDays)
#include "tst_googlehealth_days.moc"
