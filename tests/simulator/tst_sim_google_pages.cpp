// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of the simulated Health API: two sources that overlap, order, pages and the ways pages go wrong.

#include "simulator/googlebench.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

using Query = QList<QPair<QByteArray, QByteArray>>;

const QByteArray dayFilter = R"(steps.interval.civil_start_time >= "2024-11-02" AND )"
                             R"(steps.interval.civil_start_time < "2024-11-03")";

QJsonArray pointsOf(const SimAnswer &answer)
{
    return answer.json().value(u"dataPoints"_s).toArray();
}

QByteArray nextOf(const SimAnswer &answer)
{
    return answer.json().value(u"nextPageToken"_s).toString().toLatin1();
}

QJsonObject intervalOf(const QJsonValue &point)
{
    return point.toObject().value(u"steps"_s).toObject().value(u"interval"_s).toObject();
}

int countOf(const QJsonValue &point)
{
    return point.toObject().value(u"steps"_s).toObject().value(u"count"_s).toString().toInt();
}

int sumOf(const QJsonArray &points)
{
    int sum = 0;
    for (const QJsonValue point : points)
        sum += countOf(point);
    return sum;
}

} // namespace

class TestSimGooglePages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<GoogleBench>();
        QVERIFY(m_bench->signIn());
        m_bench->control("wear",
                         {{u"date"_s, u"2024-10-20"_s}, {u"to"_s, u"2024-11-04"_s}, {u"state"_s, u"worn"_s}});
    }

    void aListCountsTwiceWhatReconcileCountsOnce()
    {
        const int truth = m_bench->truth(QDate(2024, 11, 2)).value(u"steps"_s).toInt();
        const Query query = {{"filter", dayFilter}, {"pageSize", "10000"}};
        const SimAnswer listed = m_bench->list("steps/dataPoints", query);
        const SimAnswer reconciled = m_bench->list("steps/dataPoints:reconcile", query);
        QCOMPARE(sumOf(pointsOf(reconciled)), truth);
        QVERIFY(sumOf(pointsOf(listed)) > truth * 5 / 4);
        Query wearables = query;
        wearables += Query{{"dataSourceFamily", "users/me/dataSourceFamilies/google-wearables"}};
        QCOMPARE(sumOf(pointsOf(m_bench->list("steps/dataPoints", wearables))), truth);
        QCOMPARE(listed.json().value(u"nextPageToken"_s), QJsonValue(u""_s));
        QVERIFY(!reconciled.json().contains(u"nextPageToken"_s));
        QVERIFY(!pointsOf(reconciled).at(0).toObject().contains(u"dataSource"_s));
        QSet<QString> platforms;
        const QJsonArray points = pointsOf(listed);
        for (const QJsonValue point : points)
            platforms.insert(point[u"dataSource"_s][u"platform"_s].toString());
        QCOMPARE(platforms, QSet<QString>({u"FITBIT"_s, u"HEALTH_CONNECT"_s}));
    }

    void pointsAreNewestFirstWithBothTimes()
    {
        const QJsonArray points =
            pointsOf(m_bench->list("steps/dataPoints", {{"filter", dayFilter}, {"pageSize", "10000"}}));
        QString earlier = u"9"_s;
        for (const QJsonValue point : points) {
            const QString start = intervalOf(point).value(u"startTime"_s).toString();
            QVERIFY(start <= earlier);
            earlier = start;
        }
        const QJsonObject first = intervalOf(points.last());
        QCOMPARE(first.value(u"startTime"_s).toString(), u"2024-11-01T23:00:00Z"_s);
        QCOMPARE(first.value(u"startUtcOffset"_s).toString(), u"3600s"_s);
        QCOMPARE(QJsonDocument(first.value(u"civilStartTime"_s).toObject()).toJson(QJsonDocument::Compact),
                 R"({"date":{"day":2,"month":11,"year":2024},"time":{}})");
        m_bench->control("switch", {{u"googleNoCivil"_s, true}});
        const QJsonArray bare = pointsOf(m_bench->list("steps/dataPoints", {{"filter", dayFilter}}));
        QVERIFY(!intervalOf(bare.at(0)).contains(u"civilStartTime"_s));
    }

    void anAutumnDayHasTwentyFiveHours()
    {
        const QByteArray filter = R"(steps.interval.civil_start_time >= "2024-10-27" AND )"
                                  R"(steps.interval.civil_start_time < "2024-10-28")";
        const QJsonArray points = pointsOf(
            m_bench->list("steps/dataPoints:reconcile", {{"filter", filter}, {"pageSize", "10000"}}));
        QCOMPARE(sumOf(points), m_bench->truth(QDate(2024, 10, 27)).value(u"steps"_s).toInt());
        QCOMPARE(intervalOf(points.first()).value(u"startUtcOffset"_s).toString(), u"3600s"_s);
        QCOMPARE(intervalOf(points.last()).value(u"startUtcOffset"_s).toString(), u"7200s"_s);
    }

    void pagesJoinToTheWhole()
    {
        const QByteArray filter = R"(steps.interval.civil_start_time >= "2024-11-01" AND )"
                                  R"(steps.interval.civil_start_time < "2024-11-04")";
        const QJsonArray whole =
            pointsOf(m_bench->list("steps/dataPoints", {{"filter", filter}, {"pageSize", "10000"}}));
        QVERIFY(whole.size() > 3000);
        QCOMPARE(pagesOf(filter, "333"), whole);
        // What the phone brings between two pages shifts nothing.
        QCOMPARE(pagesOf(filter, {}).size(), whole.size());
    }

    void laterArrivalsShiftNothing()
    {
        const QByteArray filter = R"(steps.interval.civil_start_time >= "2024-11-05")";
        const QJsonArray whole =
            pointsOf(m_bench->list("steps/dataPoints", {{"filter", filter}, {"pageSize", "10000"}}));
        QVERIFY(whole.size() > 100);
        QCOMPARE(pagesOf(filter, "50", 150), whole);
    }

    void pagesEndAtTenThousand()
    {
        const QByteArray filter = R"(heart_rate.sample_time.civil_time >= "2024-11-01" AND )"
                                  R"(heart_rate.sample_time.civil_time < "2024-11-04")";
        const SimAnswer answer =
            m_bench->list("heart-rate/dataPoints", {{"filter", filter}, {"pageSize", "20000"}});
        const QJsonArray points = pointsOf(answer);
        QCOMPARE(points.size(), 10'000);
        QVERIFY(!nextOf(answer).isEmpty());
        const QJsonObject rate = points.at(0).toObject().value(u"heartRate"_s).toObject();
        QVERIFY(rate.value(u"beatsPerMinute"_s).isString());
        QVERIFY(rate.value(u"sampleTime"_s)[u"civilTime"_s][u"date"_s][u"year"_s].toInt() == 2024);
        QCOMPARE(pointsOf(m_bench->list("heart-rate/dataPoints", {{"filter", filter}})).size(), 1440);
    }

    void restingRatesAreTheTruth()
    {
        const QByteArray filter = R"(daily_resting_heart_rate.date >= "2024-10-20" AND )"
                                  R"(daily_resting_heart_rate.date < "2024-11-05")";
        const QJsonArray points =
            pointsOf(m_bench->list("daily-resting-heart-rate/dataPoints", {{"filter", filter}}));
        QCOMPARE(points.size(), 16);
        for (const QJsonValue point : points) {
            const QJsonValue rate = point[u"dailyRestingHeartRate"_s];
            const QDate date(rate[u"date"_s][u"year"_s].toInt(), rate[u"date"_s][u"month"_s].toInt(),
                             rate[u"date"_s][u"day"_s].toInt());
            QCOMPARE(rate[u"beatsPerMinute"_s].toString().toInt(),
                     m_bench->truth(date).value(u"restingRate"_s).toInt());
        }
        const SimAnswer range =
            m_bench->rollUp("daily-resting-heart-rate/dataPoints:dailyRollUp",
                            GoogleBench::dailyBody(QDate(2024, 10, 20), QDate(2024, 11, 4), 15));
        QVERIFY(range.body.contains("restingHeartRatePersonalRange"));
    }

    void withoutFilterTheNewestComeFirst()
    {
        const QJsonArray points = pointsOf(m_bench->list("steps/dataPoints", {{"pageSize", "10"}}));
        QCOMPARE(points.size(), 10);
        QVERIFY(intervalOf(points.at(0)).value(u"startTime"_s).toString().startsWith(u"2024-11-05T"_s));
    }

    void tokensBelongToTheirQuery()
    {
        const Query query = {{"filter", dayFilter}, {"pageSize", "100"}};
        const QByteArray token = nextOf(m_bench->list("steps/dataPoints", query));
        QCOMPARE(m_bench->list("steps/dataPoints", query + Query{{"pageToken", token}}).status, 200);
        const SimAnswer other = m_bench->list(
            "steps/dataPoints", {{"filter", dayFilter}, {"pageSize", "99"}, {"pageToken", token}});
        QCOMPARE(other.status, 400);
        QCOMPARE(reasonOf(other), u"INVALID_PAGE_TOKEN"_s);
        QCOMPARE(reasonOf(m_bench->list("steps/dataPoints", query + Query{{"pageToken", "abc"}})),
                 u"INVALID_PAGE_TOKEN"_s);
        QCOMPARE(reasonOf(m_bench->list("steps/dataPoints", {{"pageSize", "-1"}})), u"INVALID_PAGE_SIZE"_s);
    }

    void aPageMayBeEmptyAndCarryAToken()
    {
        const QJsonArray whole = pagesOf(dayFilter, "1000");
        m_bench->control("switch", {{u"googleEmptyPage"_s, true}});
        const SimAnswer first =
            m_bench->list("steps/dataPoints", {{"filter", dayFilter}, {"pageSize", "1000"}});
        QVERIFY(!first.json().contains(u"dataPoints"_s));
        QVERIFY(!nextOf(first).isEmpty());
        QCOMPARE(pagesOf(dayFilter, "1000"), whole);
    }

    void aTokenMayRepeat()
    {
        m_bench->control("switch", {{u"googleRepeatToken"_s, true}});
        const Query query = {{"filter", dayFilter}, {"pageSize", "100"}};
        const QByteArray token = nextOf(m_bench->list("steps/dataPoints", query));
        const SimAnswer second = m_bench->list("steps/dataPoints", query + Query{{"pageToken", token}});
        QCOMPARE(nextOf(second), token);
        QVERIFY(!pointsOf(second).isEmpty());
    }

    void tiesMayBeLostAtAPageBoundary()
    {
        const QJsonArray whole = pagesOf(dayFilter, "100");
        m_bench->control("switch", {{u"googleDropTies"_s, true}});
        int tie = 0; // the page ends between two records of one minute
        while (tie + 1 < whole.size() && intervalOf(whole.at(tie)) != intervalOf(whole.at(tie + 1)))
            ++tie;
        QVERIFY(tie + 1 < whole.size());
        const QJsonArray lossy = pagesOf(dayFilter, QByteArray::number(tie + 1));
        QVERIFY(lossy.size() < whole.size());
        QCOMPARE(pagesOf(dayFilter, "10000"), whole);
    }

    void pagesCanBeForcedSmall()
    {
        const QJsonArray whole = pagesOf(dayFilter, "10000");
        m_bench->control("switch", {{u"googlePageSize"_s, 400}});
        const SimAnswer first =
            m_bench->list("steps/dataPoints", {{"filter", dayFilter}, {"pageSize", "10000"}});
        QCOMPARE(pointsOf(first).size(), 400);
        QCOMPARE(pagesOf(dayFilter, "10000"), whole);
        m_bench->control("switch", {{u"googlePageSize"_s, 0}});
        QCOMPARE(pointsOf(m_bench->list("steps/dataPoints", {{"filter", dayFilter}, {"pageSize", "10000"}})),
                 whole);
    }

    void rollUpsPageWhenTold_data()
    {
        QTest::addColumn<QByteArray>("points");
        QTest::addColumn<QJsonObject>("body");
        QTest::addColumn<int>("size");
        QTest::newRow("minutes") << QByteArray("heart-rate/dataPoints:rollUp")
                                 << GoogleBench::windowBody(u"2024-11-01T23:00:00Z"_s,
                                                            u"2024-11-02T23:00:00Z"_s)
                                 << 200;
        QTest::newRow("days") << QByteArray("steps/dataPoints:dailyRollUp")
                              << GoogleBench::dailyBody(QDate(2024, 10, 20), QDate(2024, 11, 4)) << 4;
    }

    void rollUpsPageWhenTold()
    {
        QFETCH(QByteArray, points);
        QFETCH(QJsonObject, body);
        QFETCH(int, size);
        const SimAnswer whole = m_bench->rollUp(points, body);
        QVERIFY(nextOf(whole).isEmpty());
        const QJsonArray windows = whole.json().value(u"rollupDataPoints"_s).toArray();
        QVERIFY(windows.size() > 10);
        for (const QJsonObject &switches :
             {QJsonObject{{u"googlePageSize"_s, size}}, QJsonObject{{u"googleEmptyPage"_s, true}}}) {
            m_bench->control("switch", switches);
            QJsonObject asked = body;
            QJsonArray joined;
            int pages = 0;
            do {
                const SimAnswer page = m_bench->rollUp(points, asked);
                QCOMPARE(page.status, 200);
                const QJsonArray part = page.json().value(u"rollupDataPoints"_s).toArray();
                QVERIFY(part.size() <= size);
                for (const QJsonValue window : part)
                    joined.append(window);
                asked.insert(u"pageToken"_s, page.json().value(u"nextPageToken"_s).toString());
                if (++pages % 100 == 0)
                    m_bench->clock.advance(60); // the quota of a minute
            } while (!asked.value(u"pageToken"_s).toString().isEmpty() && pages < 500);
            QCOMPARE(joined, windows);
            QVERIFY(pages > 2);
        }
        m_bench->control("switch", {{u"googleRepeatToken"_s, true}, {u"googleEmptyPage"_s, false}});
        QJsonObject asked = body;
        asked.insert(u"pageToken"_s, QString::fromLatin1(nextOf(m_bench->rollUp(points, body))));
        QCOMPARE(nextOf(m_bench->rollUp(points, asked)), asked.value(u"pageToken"_s).toString().toLatin1());
    }

    void zerosAreTrueOrLeftOut()
    {
        const QJsonObject body =
            GoogleBench::windowBody(u"2024-11-01T23:00:00Z"_s, u"2024-11-02T23:00:00Z"_s);
        QVERIFY(
            m_bench->rollUp("steps/dataPoints:rollUp", body).body.contains(R"("steps":{"countSum":"0"})"));
        m_bench->control("switch", {{u"googleOmitZero"_s, true}});
        const SimAnswer bare = m_bench->rollUp("steps/dataPoints:rollUp", body);
        QVERIFY(bare.body.contains(R"("steps":{})"));
        QVERIFY(!bare.body.contains(R"("countSum":"0")"));
        const SimAnswer list =
            m_bench->list("steps/dataPoints", {{"filter", dayFilter}, {"pageSize", "10000"}});
        QVERIFY(!list.body.contains(R"("count":"0")"));
        QVERIFY(pointsOf(list).size() > 1000);
    }

    void notNumbersAreText()
    {
        m_bench->control("switch", {{u"googleNan"_s, true}});
        m_bench->control("wear", {{u"date"_s, u"2024-11-02"_s}, {u"state"_s, u"worn"_s}});
        const SimAnswer answer =
            m_bench->rollUp("heart-rate/dataPoints:rollUp",
                            GoogleBench::windowBody(u"2024-10-31T23:00:00Z"_s, u"2024-11-03T23:00:00Z"_s));
        QVERIFY(answer.body.contains(R"("beatsPerMinuteAvg":"NaN")"));
    }

private:
    /// Follows the tokens; between two pages the service's clock goes on by so many seconds.
    QJsonArray pagesOf(const QByteArray &filter, const QByteArray &size, int advance = 0)
    {
        QJsonArray joined;
        QByteArray token;
        for (int page = 0; page < 800; ++page) {
            Query query = {{"filter", filter}};
            if (!size.isEmpty())
                query += Query{{"pageSize", size}};
            if (!token.isEmpty())
                query += Query{{"pageToken", token}};
            const SimAnswer answer = m_bench->list("steps/dataPoints", query);
            if (answer.status != 200)
                return {};
            const QJsonArray points = pointsOf(answer);
            for (const QJsonValue point : points)
                joined.append(point);
            token = nextOf(answer);
            if (token.isEmpty())
                break;
            m_bench->clock.advance(advance);
            if (page % 200 == 199)
                m_bench->clock.advance(60); // the quota of a minute
        }
        return joined;
    }

    std::unique_ptr<GoogleBench> m_bench;
};

QTEST_GUILESS_MAIN(TestSimGooglePages)
#include "tst_sim_google_pages.moc"
