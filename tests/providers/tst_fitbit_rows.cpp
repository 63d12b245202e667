// SPDX-License-Identifier: GPL-3.0-or-later
// The quick reader of heart-rate rows says the same as the checked one, or leaves the answer to it.

#include "providers/fitbit/heartraterows.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;

namespace {

/// The rows as text, as the checked reader has them; nothing when it refuses.
std::optional<QStringList> checkedRows(const QByteArray &body)
{
    const auto rows =
        JsonNode::parse(body)
            .and_then([](const JsonNode &root) { return root.member(u"activities-heart-intraday"_s); })
            .and_then([](const JsonNode &node) { return node.member(u"dataset"_s); })
            .and_then(checkedHeartRateRows);
    if (!rows)
        return std::nullopt;
    QStringList texts;
    for (const HeartRateRow &row : *rows)
        texts << u"%1 %2 %3"_s.arg(row.time.toString(u"HH:mm:ss"_s)).arg(row.value).arg(row.index);
    return texts;
}

QStringList textsOf(const std::vector<HeartRateRow> &rows)
{
    QStringList texts;
    for (const HeartRateRow &row : rows)
        texts << u"%1 %2 %3"_s.arg(row.time.toString(u"HH:mm:ss"_s)).arg(row.value).arg(row.index);
    return texts;
}

QByteArray bodyWith(const QByteArray &rows)
{
    return "{\"activities-heart\":[{\"dateTime\":\"2026-03-10\",\"value\":{\"restingHeartRate\":58}}],"
           "\"activities-heart-intraday\":{\"dataset\":[" +
           rows + "],\"datasetInterval\":1,\"datasetType\":\"minute\"}}";
}

} // namespace

class TestFitbitRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesOnEveryFixture()
    {
        int ordinary = 0;
        QDirIterator files(QStringLiteral(WRISTKEEP_FIXTURES "/fitbit/heartrate_1min"), {u"answer.json"_s},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray body = file.readAll();
            const auto quick = ordinaryHeartRateAnswer(body);
            if (!quick)
                continue;
            ++ordinary;
            const auto checked = checkedRows(body);
            QVERIFY2(checked, qPrintable(file.fileName()));
            QCOMPARE(textsOf(quick->rows), *checked);
            QJsonObject whole = QJsonDocument::fromJson(body).object();
            QJsonObject intraday = whole.value(u"activities-heart-intraday"_s).toObject();
            intraday.insert(u"dataset"_s, QJsonArray());
            whole.insert(u"activities-heart-intraday"_s, intraday);
            QCOMPARE(quick->rest.value().toObject(), whole);
        }
        QVERIFY(ordinary >= 5);
    }

    void leavesTheUnusualToTheCheckedReader_data()
    {
        QTest::addColumn<QByteArray>("rows");
        QTest::newRow("value as text") << QByteArray(R"({"time":"00:01:00","value":"70"})");
        QTest::newRow("no time") << QByteArray(R"({"value":70})");
        QTest::newRow("no value") << QByteArray(R"({"time":"00:01:00"})");
        QTest::newRow("short time") << QByteArray(R"({"time":"00:01","value":70})");
        QTest::newRow("hour 25") << QByteArray(R"({"time":"25:01:00","value":70})");
        QTest::newRow("letters") << QByteArray(R"({"time":"0a:01:00","value":70})");
        QTest::newRow("negative") << QByteArray(R"({"time":"00:01:00","value":-1})");
        QTest::newRow("huge") << QByteArray(R"({"time":"00:01:00","value":1e9})");
        QTest::newRow("null") << QByteArray(R"({"time":"00:01:00","value":null})");
        QTest::newRow("not an object") << QByteArray("7");
        QTest::newRow("after good ones")
            << QByteArray(R"({"time":"00:00:00","value":70},{"time":7,"value":1})");
        QTest::newRow("not closed") << QByteArray(R"({"time":"00:01:00","value":70)");
    }

    void leavesTheUnusualToTheCheckedReader()
    {
        QFETCH(QByteArray, rows);
        QVERIFY(!ordinaryHeartRateAnswer(bodyWith(rows)));
    }

    void leavesOutTheZeroAndKeepsCounting()
    {
        const auto quick = ordinaryHeartRateAnswer(bodyWith(
            R"({"time":"00:00:00","value":70},{"time":"00:01:00","value":0},{"time":"00:02:00","value":71.5})"));
        QVERIFY(quick);
        QCOMPARE(textsOf(quick->rows), (QStringList{u"00:00:00 70 0"_s, u"00:02:00 71.5 2"_s}));
    }

    void readsADayOfSeconds()
    {
        QByteArrayList rows;
        for (int second = 0; second < 86'400; ++second)
            rows << "{\"time\":\"" + QTime(0, 0).addSecs(second).toString(u"HH:mm:ss"_s).toLatin1() +
                        "\",\"value\":" + QByteArray::number(40 + second % 150) + '}';
        const auto quick = ordinaryHeartRateAnswer(bodyWith(rows.join(',')));
        QVERIFY(quick);
        QCOMPARE(qsizetype(quick->rows.size()), 86'400);
        QCOMPARE(quick->rows.back().time, QTime(23, 59, 59));
        QCOMPARE(quick->rest.value()[u"activities-heart"_s][0][u"value"_s][u"restingHeartRate"_s].toInt(),
                 58);
    }

    void survivesGarbage()
    {
        const QByteArray good = bodyWith(R"({"time":"00:00:00","value":70})");
        for (qsizetype length = 0; length < good.size(); ++length)
            QVERIFY(!ordinaryHeartRateAnswer(good.left(length)));
        QVERIFY(!ordinaryHeartRateAnswer("<html></html>"));
        QVERIFY(!ordinaryHeartRateAnswer("[1,2]"));
        QVERIFY(!ordinaryHeartRateAnswer("{\"activities-heart-intraday\":{\"dataset\":{}}}"));
        QVERIFY(!ordinaryHeartRateAnswer(QByteArray("{\"a\":\"\xff\xfe\"}")));
    }
};

QTEST_GUILESS_MAIN(TestFitbitRows)
#include "tst_fitbit_rows.moc"
