// SPDX-License-Identifier: GPL-3.0-or-later
// The main job on real input: captured answers of the real service, served for their days, synced, and read
// back equal byte for byte in the day file and value by value in the tables.

#include "support/world.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestRealData : public QObject
{
    Q_OBJECT

private:
    World m_world;
    QString m_folder = qEnvironmentVariable("WRISTKEEP_REAL_DATA");

    QByteArray real(const QString &name)
    {
        QFile file(m_folder + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void serve(const QString &path, const QByteArray &body)
    {
        QVERIFY(
            m_world
                .control(u"body"_s, {{u"path"_s, path}, {u"base64"_s, QString::fromLatin1(body.toBase64())}})
                .value(u"ok"_s)
                .toBool());
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (m_folder.isEmpty() || real(u"heartrate_1min_2017-06-29.json"_s).isEmpty())
            QSKIP("WRISTKEEP_REAL_DATA does not name the folder of captured answers");
        QVERIFY2(m_world.start(), qPrintable(m_world.problem));
        const CliRun run = m_world.connect();
        QVERIFY2(run.exitCode == 0, run.all().constData());
    }

    void heartRateOfARealDay()
    {
        const QDate day(2017, 6, 29);
        const QByteArray body = real(u"heartrate_1min_2017-06-29.json"_s);
        serve(u"/1/user/-/activities/heart/date/2017-06-29/1d/1min.json"_s, body);
        const CliRun run =
            m_world.run({u"--json"_s, u"sync"_s, u"--date"_s, u"2017-06-29"_s, u"--data"_s, u"heartrate"_s});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QCOMPARE(m_world.dayFile(day, u"heartrate_1min"_s), body);

        const QJsonObject root = QJsonDocument::fromJson(body).object();
        const QJsonArray rows = root[u"activities-heart-intraday"_s][u"dataset"_s].toArray();
        QCOMPARE(rows.size(), 1157);
        const auto stored =
            m_world.query(u"SELECT utc, offset_s, value FROM v_samples WHERE participant = 'default' "
                          "AND provider = 'fitbit' AND data_type = 'heartrate_1min' ORDER BY utc"_s);
        QCOMPARE(stored.size(), rows.size());
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const QTime time = QTime::fromString(rows[i][u"time"_s].toString(), u"HH:mm:ss"_s);
            const qint64 wall = QDateTime(day, time, Qt::UTC).toSecsSinceEpoch();
            QCOMPARE(stored[i][0].toLongLong() + stored[i][1].toLongLong(), wall);
            QCOMPARE(stored[i][1].toInt(),
                     7200); // the simulated profile lives in Berlin, where June is UTC+2
            QCOMPARE(stored[i][2].toDouble(), rows[i][u"value"_s].toDouble());
        }
        QCOMPARE(m_world
                     .value(u"SELECT value FROM v_daily WHERE date = '2017-06-29' AND data_type = "
                            "'resting_heart_rate'"_s)
                     .toDouble(),
                 59.0);
        QCOMPARE(m_world
                     .value(u"SELECT value FROM v_daily WHERE date = '2017-06-29' AND data_type LIKE "
                            "'heart_rate_zone_minutes%Fat Burn'"_s)
                     .toDouble(),
                 35.0);
        QCOMPARE(m_world
                     .value(u"SELECT state FROM v_ledger WHERE date = '2017-06-29' AND data_type = "
                            "'heartrate_1min'"_s)
                     .toString(),
                 u"complete"_s);
    }

    void dailyStepsOfARealWeek()
    {
        const QJsonArray week = QJsonDocument::fromJson(real(u"steps_range_2014-09.json"_s))
                                    .object()[u"activities-steps"_s]
                                    .toArray();
        QCOMPARE(week.size(), 7);
        for (const QJsonValue &day : week) {
            const QString date = day[u"dateTime"_s].toString();
            const QByteArray body = QJsonDocument(QJsonObject{{u"activities-steps"_s, QJsonArray{day}}})
                                        .toJson(QJsonDocument::Indented);
            serve(u"/1/user/-/activities/steps/date/%1/1d.json"_s.arg(date), body);
            const CliRun run = m_world.run({u"sync"_s, u"--date"_s, date, u"--data"_s, u"steps"_s});
            QVERIFY2(run.exitCode == 0, run.all().constData());
            const double steps = day[u"value"_s].toString().toDouble();
            const QVariant stored =
                m_world.value(u"SELECT value FROM v_daily WHERE data_type = 'steps' AND date = ?"_s, {date});
            const QString state =
                m_world.value(u"SELECT state FROM v_ledger WHERE data_type = 'steps' AND date = ?"_s, {date})
                    .toString();
            if (steps > 0) {
                QCOMPARE(stored.toDouble(), steps);
                QCOMPARE(state, u"complete"_s);
                QCOMPARE(m_world.dayFile(QDate::fromString(date, Qt::ISODate), u"steps"_s), body);
            } else {
                // An unworn day comes back as 0: missing is not zero.
                QVERIFY(!stored.isValid() || stored.isNull());
                QCOMPARE(state, u"empty"_s);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRealData)
#include "tst_realdata.moc"
