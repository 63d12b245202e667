// SPDX-License-Identifier: GPL-3.0-or-later
// Records told twice or in another order, and what the service knows of a day while the phone is behind.

#include "simulator/simbench.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QByteArray heart = "/1/user/-/activities/heart/date/2024-10-30/1d/1min.json";

} // namespace

class TestSimRecords : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimBench> m_bench;

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<SimBench>();
        QVERIFY(m_bench->signIn());
    }

    void cleanup() { m_bench.reset(); }

    void recordsTwice()
    {
        const QJsonObject whole = QJsonDocument::fromJson(m_bench->get(heart).body).object();
        const QJsonArray rows = whole.value(u"activities-heart-intraday"_s)[u"dataset"_s].toArray();
        m_bench->fault({{u"kind"_s, u"records-twice"_s}});
        const QJsonObject told = QJsonDocument::fromJson(m_bench->get(heart).body).object();
        const QJsonArray twice = told.value(u"activities-heart-intraday"_s)[u"dataset"_s].toArray();
        QCOMPARE(twice.size(), rows.size() + (rows.size() + 2) / 3);
        QCOMPARE(twice.at(0), rows.at(0));
        QCOMPARE(twice.at(1), rows.at(0));
        QCOMPARE(twice.at(2), rows.at(1));
        QCOMPARE(twice.last(), rows.last());
        QCOMPARE(told.value(u"activities-heart"_s).toArray().size(), 2);
        // What lies inside a record is no list of records.
        QCOMPARE(told.value(u"activities-heart"_s).toArray().first(),
                 whole.value(u"activities-heart"_s).toArray().first());
    }

    void recordsShuffled()
    {
        const QByteArray body = m_bench->get(heart).body;
        const auto timesOf = [](const QByteArray &json) {
            QStringList times;
            for (const QJsonValue &row : QJsonDocument::fromJson(json)
                                             .object()
                                             .value(u"activities-heart-intraday"_s)[u"dataset"_s]
                                             .toArray())
                times << row[u"time"_s].toString();
            return times;
        };
        m_bench->fault({{u"kind"_s, u"records-shuffled"_s}, {u"times"_s, 2}});
        const QByteArray shuffled = m_bench->get(heart).body;
        QCOMPARE(m_bench->get(heart).body, shuffled);
        QStringList times = timesOf(shuffled);
        QVERIFY(times != timesOf(body));
        times.sort();
        QCOMPARE(times, timesOf(body));
        QCOMPARE(shuffled.size(), body.size());
    }

    void recordsMissing_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<std::function<bool(int, int)>>("isLeft"); // of so many records the one of that place
        using IsLeft = std::function<bool(int, int)>;
        QTest::newRow("none") << u"records-none"_s << IsLeft([](int, int) { return false; });
        QTest::newRow("fewer") << u"records-fewer"_s
                               << IsLeft([](int place, int count) { return place < count - count / 3; });
        QTest::newRow("thinner") << u"records-thinner"_s
                                 << IsLeft([](int place, int) { return place % 20 != 19; });
    }

    void recordsMissing()
    {
        QFETCH(QString, kind);
        QFETCH(std::function<bool(int, int)>, isLeft);
        const auto left = [&isLeft](const QJsonArray &records) {
            QJsonArray some;
            for (int place = 0; place < records.size(); ++place) {
                if (isLeft(place, int(records.size())))
                    some.append(records.at(place));
            }
            return some;
        };
        QJsonObject wanted = QJsonDocument::fromJson(m_bench->get(heart).body).object();
        QJsonObject intraday = wanted.value(u"activities-heart-intraday"_s).toObject();
        QVERIFY(intraday.value(u"dataset"_s).toArray().size() > 100);
        intraday[u"dataset"_s] = left(intraday.value(u"dataset"_s).toArray());
        wanted[u"activities-heart-intraday"_s] = intraday;
        wanted[u"activities-heart"_s] = left(wanted.value(u"activities-heart"_s).toArray());
        m_bench->fault({{u"kind"_s, kind}});
        const SimAnswer answer = m_bench->get(heart);
        QCOMPARE(answer.status, 200);
        QCOMPARE(QJsonDocument::fromJson(answer.body).object(), wanted);
    }

    void whatIsKnownEndsAtTheLastSync()
    {
        // The phone was last there at ten in the morning, Berlin's time.
        m_bench->control("sync", {{u"at"_s, u"2024-10-30T09:00:00Z"_s}});
        m_bench->control("wear", {{u"date"_s, u"2024-10-30"_s}, {u"state"_s, u"worn"_s}});
        const QJsonObject day = m_bench->control("truth", {{u"date"_s, u"2024-10-30"_s}});
        const QJsonObject known =
            m_bench->control("truth", {{u"date"_s, u"2024-10-30"_s}, {u"known"_s, true}});
        QVERIFY(known.value(u"heartMinutes"_s).toInt() > 0);
        QVERIFY(known.value(u"heartMinutes"_s).toInt() < day.value(u"heartMinutes"_s).toInt());
        QVERIFY(known.value(u"steps"_s).toInt() < day.value(u"steps"_s).toInt());
        // It is what the service answers with.
        const QJsonObject told = QJsonDocument::fromJson(m_bench->get(heart).body).object();
        QCOMPARE(told.value(u"activities-heart-intraday"_s)[u"dataset"_s].toArray().size(),
                 known.value(u"heartMinutes"_s).toInt());
        const QJsonObject later =
            m_bench->control("truth", {{u"date"_s, u"2024-10-31"_s}, {u"known"_s, true}});
        QCOMPARE(later.value(u"steps"_s).toInt(), 0);
        QCOMPARE(later.value(u"nights"_s).toArray().size(), 0);
        QCOMPARE(later.value(u"restingRate"_s).toInt(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSimRecords)
#include "tst_sim_records.moc"
