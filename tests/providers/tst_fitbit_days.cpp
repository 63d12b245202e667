// SPDX-License-Identifier: GPL-3.0-or-later

// One civil day cut out of a range answer, byte for byte; and answers as long as they get.

#include "providers/daybody.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const Provider &fitbit()
{
    return *findProvider(u"fitbit"_s).value();
}

ParseContext contextOf(const QString &type, QDate first, QDate last)
{
    return {FetchTask{AccountKey{u"default"_s, u"fitbit"_s}, type, first, last, {}},
            Zone{QTimeZone("Europe/Berlin"), ZoneSource::Profile}};
}

QByteArray dayOf(const QByteArray &body, QDate date, const ParseContext &context)
{
    const auto share = test::dayBody(fitbit(), {body}, date, context);
    return share ? *share : "error: " + share.error().detail.toUtf8();
}

const QDate day(2024, 3, 12);

// Spaces, escapes, numbers and members nobody knows: all of it stays as it is.
const QByteArray before = R"({ "value":"9120" , "dateTime":"2024-03-11"})";
const QByteArray strange =
    R"({"dateTime":"2024-03-12","note":"a \"]}, \u00fc 2024-03-11","more":[{"dateTime":"2024-03-11"}],"value":1.20e2})";

QByteArray steps(const QByteArrayList &elements)
{
    return "{\n \"activities-steps\" : [ " + elements.join(" ,\n ") + " ] }\n";
}

QByteArray night(const QByteArray &date, const QByteArray &id)
{
    return R"({"dateOfSleep":")" + date + R"(","duration":60000,"startTime":")" + date +
           R"(T01:00:00.000","logId":)" + id + "}";
}

} // namespace

class TstFitbitDays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void daysOfASeries()
    {
        const ParseContext context = contextOf(u"steps"_s, day.addDays(-1), day.addDays(1));
        const QByteArray body = steps({before, strange});
        QCOMPARE(dayOf(body, day.addDays(-1), context), "{\"activities-steps\":[" + before + "]}");
        QCOMPARE(dayOf(body, day, context), "{\"activities-steps\":[" + strange + "]}");
        QCOMPARE(dayOf(body, day.addDays(1), context), QByteArray("{\"activities-steps\":[]}"));
    }

    void oneDayStaysAsReceived()
    {
        const QByteArray body = steps({strange});
        QCOMPARE(dayOf(body, day, contextOf(u"steps"_s, day, day)), body);
        const QByteArray readings = R"({"activities-heart":[],"activities-heart-intraday":{"dataset":[]}})";
        QCOMPARE(dayOf(readings, day, contextOf(u"heartrate_1s"_s, day, day)), readings);
    }

    void daysWithSeveralElements()
    {
        const ParseContext context = contextOf(u"sleep"_s, day.addDays(-1), day);
        const QByteArray one = night("2024-03-12", "1");
        const QByteArray other = night("2024-03-11", "2");
        const QByteArray nap = night("2024-03-12", "3");
        const QByteArray body = "{\"sleep\":[" + nap + ", " + one + ",\n" + other + "]}";
        QCOMPARE(dayOf(body, day, context), "{\"sleep\":[" + nap + "," + one + "]}");
        QCOMPARE(dayOf(body, day.addDays(-1), context), "{\"sleep\":[" + other + "]}");

        const QByteArray log =
            R"({"date":"2024-03-12","fat":24.1,"time":"07:12:17","dateTime":"2024-03-11"})";
        QCOMPARE(dayOf("{\"fat\":[" + log + "]}", day, contextOf(u"body_fat"_s, day.addDays(-1), day)),
                 "{\"fat\":[" + log + "]}");
    }

    void whatIsCutOutReadsTheSame_data()
    {
        QTest::addColumn<QString>("type");
        for (const DataType &type : fitbit().dataTypes()) {
            const QDir folder(QStringLiteral(WRISTKEEP_FIXTURES "/fitbit/") + type.id);
            if (type.maxDaysPerRequest > 1)
                QTest::newRow(qPrintable(type.id)) << folder.path();
        }
    }

    void whatIsCutOutReadsTheSame()
    {
        QFETCH(QString, type);
        const QString range = QDir(type).entryList({u"range*"_s}, QDir::Dirs, QDir::Name).value(0);
        QVERIFY2(!range.isEmpty(), "no case with a range");
        const QString folder = type + u'/' + range;
        const QJsonObject asked = QJsonDocument::fromJson(fileOf(folder + u"/context.json"_s)).object();
        const QByteArray body = fileOf(folder + u"/answer.json"_s);
        const ParseContext context =
            contextOf(asked.value("dataType"_L1).toString(),
                      QDate::fromString(asked.value("first"_L1).toString(), Qt::ISODate),
                      QDate::fromString(asked.value("last"_L1).toString(), Qt::ISODate));
        const auto whole = fitbit().parse(body, context);
        QVERIFY(whole);
        qsizetype rows = 0;
        for (const DayResult &result : whole->days) {
            const ParseContext one = contextOf(context.task.dataType, result.date, result.date);
            const auto part = fitbit().parse(dayOf(body, result.date, context), one);
            QVERIFY2(part, part ? "" : qPrintable(part.error().detail));
            QCOMPARE(part->days, QList<DayResult>{result});
            rows += part->daily.size() + part->sessions.size();
        }
        QCOMPARE(rows, whole->daily.size() + whole->sessions.size());
    }

    void brokenAnswersAreAnError()
    {
        const ParseContext context = contextOf(u"steps"_s, day.addDays(-1), day);
        for (const QByteArray &broken : {QByteArray("<html>"), QByteArray(), QByteArray("{}"), steps({"7"}),
                                         steps({"{\"value\":1}"}), steps({before}).chopped(4)}) {
            const auto share = test::dayBody(fitbit(), {broken}, day, context);
            QVERIFY2(!share, broken.constData());
            QCOMPARE(share.error().kind, ErrorKind::NotUnderstood);
        }
        QCOMPARE(test::dayBody(fitbit(), {"{}"}, day, contextOf(u"heartrate_1min"_s, day.addDays(-1), day))
                     .error()
                     .kind,
                 ErrorKind::Internal);
        QVERIFY(!test::dayBody(fitbit(), {"{}"}, day, contextOf(u"food"_s, day, day)));
    }

    // A leap year in one request, as long as they get: every day once, its zero left to the witness.
    void aYearOfSteps()
    {
        const QDate first(2024, 1, 1);
        QByteArrayList elements;
        for (QDate date = first; date.year() == 2024; date = date.addDays(1))
            elements << "{\"dateTime\":\"" + date.toString(Qt::ISODate).toLatin1() + "\",\"value\":\"" +
                            QByteArray::number(date.dayOfYear() % 7 ? 8000 + date.dayOfYear() : 0) + "\"}";
        const ParseContext context = contextOf(u"steps"_s, first, QDate(2024, 12, 31));
        const QByteArray body = steps(elements);
        const auto batch = fitbit().parse(body, context);
        QVERIFY(batch);
        QCOMPARE(batch->days.size(), 366);
        QCOMPARE(batch->daily.size(), 366);
        for (int i = 0; i < 366; ++i) {
            const DailyValue &value = batch->daily.at(i);
            QCOMPARE(value.date, first.addDays(i));
            QCOMPARE(value.value, (i + 1) % 7 ? 8001.0 + i : 0.0);
            QCOMPARE(value.zeroWitness, u"heartrate_1min"_s);
            QCOMPARE(dayOf(body, value.date, context), "{\"activities-steps\":[" + elements.at(i) + "]}");
        }
    }

private:
    static QByteArray fileOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

QTEST_GUILESS_MAIN(TstFitbitDays)
#include "tst_fitbit_days.moc"
