// SPDX-License-Identifier: GPL-3.0-or-later
// The main promise as a property: whatever person and day, tables and files hold what the person did. Fifty
// random persons in ten zones and four random days of each, with both providers. WRISTKEEP_SEED tries
// others.

#include "support/world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Persons = 50;
constexpr int DaysEach = 4;
constexpr quint32 UsualSeed = 20'261'102;

const QStringList Zones{u"Europe/Berlin"_s,     u"America/New_York"_s,    u"Asia/Kathmandu"_s,
                        u"Pacific/Chatham"_s,   u"Australia/Lord_Howe"_s, u"America/St_Johns"_s,
                        u"Africa/Casablanca"_s, u"Asia/Tokyo"_s,          u"Pacific/Kiritimati"_s,
                        u"America/Sao_Paulo"_s};

/// What the day's file says: the sum of its steps, or how many readings it holds; none: nothing in it.
std::optional<qint64> fileSum(const QByteArray &bytes, bool google, bool steps)
{
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    if (!google && steps) {
        const QJsonArray days = root.value(u"activities-steps"_s).toArray();
        if (days.isEmpty())
            return std::nullopt;
        return days.first().toObject().value(u"value"_s).toString().toLongLong();
    }
    if (!google)
        return root.value(u"activities-heart-intraday"_s).toObject().value(u"dataset"_s).toArray().size();
    const QJsonArray points = root.value(u"rollupDataPoints"_s).toArray();
    if (!steps)
        return points.size();
    if (points.isEmpty())
        return std::nullopt;
    qint64 sum = 0;
    for (const QJsonValue &point : points)
        sum += point.toObject().value(u"steps"_s).toObject().value(u"countSum"_s).toString().toLongLong();
    return sum;
}

} // namespace

class TestTruth : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<World> m_world;

    void compare(const QString &participant, const QString &user, QDate date, bool google)
    {
        const QString provider = google ? u"google-health"_s : u"fitbit"_s;
        const QString day = date.toString(Qt::ISODate);
        const QJsonObject truth = m_world->control(u"truth"_s, {{u"user"_s, user}, {u"date"_s, day}});
        const QString place =
            u"%1 %2 %3 (%4)"_s.arg(provider, participant, day, truth.value(u"zone"_s).toString());
        const qint64 steps = truth.value(u"steps"_s).toInteger();
        const qint64 minutes = truth.value(u"heartMinutes"_s).toInteger();
        const qint64 start = truth.value(u"startUtc"_s).toInteger();
        const qint64 end = start + truth.value(u"seconds"_s).toInteger();

        const QVariant kept =
            m_world->value(u"SELECT value FROM v_daily WHERE participant = ? AND provider = ? AND "
                           "data_type = 'steps' AND date = ?"_s,
                           {participant, provider, day});
        // No steps and no readings: nobody can say whether that is a zero, so none is shown.
        if (steps == 0 && minutes == 0)
            QVERIFY2(kept.isNull(), qPrintable(place + u": a zero that nobody measured"_s));
        else
            QVERIFY2(!kept.isNull() && kept.toLongLong() == steps,
                     qPrintable(u"%1: %2 steps, kept %3"_s.arg(place).arg(steps).arg(kept.toString())));

        const QList<QVariantList> rows =
            m_world->query(u"SELECT utc, value FROM v_samples WHERE participant = ? AND provider = ? AND "
                           "data_type = 'heartrate_1min' AND utc >= ? AND utc < ? ORDER BY utc"_s,
                           {participant, provider, start, end});
        const QJsonArray rates = truth.value(u"rates"_s).toArray();
        // Fitbit writes wall times and serves the hour of a clock that goes back once: what it never says
        // cannot be kept.
        const qint64 unsaid = google ? 0 : std::max<qint64>(0, (end - start - 86'400) / 60);
        QVERIFY2(
            rows.size() <= rates.size() && rows.size() >= rates.size() - unsaid,
            qPrintable(
                u"%1: %2 minutes with heart rate, kept %3"_s.arg(place).arg(rates.size()).arg(rows.size())));
        for (qsizetype i = 0; unsaid == 0 && i < rows.size(); ++i) {
            const QJsonArray expected = rates.at(i).toArray();
            QVERIFY2(rows.at(i).at(0).toLongLong() == expected.at(0).toInteger() &&
                         rows.at(i).at(1).toDouble() == expected.at(1).toDouble(),
                     qPrintable(u"%1: reading %2"_s.arg(place).arg(i)));
        }

        const auto inFile = fileSum(m_world->dayFile(date, u"steps"_s, participant), google, true);
        QVERIFY2(
            inFile.value_or(0) == steps,
            qPrintable(u"%1: %2 steps in the file, not %3"_s.arg(place).arg(inFile.value_or(0)).arg(steps)));
        const auto readings =
            fileSum(m_world->dayFile(date, u"heartrate_1min"_s, participant), google, false);
        QVERIFY2(
            readings.value_or(0) == minutes,
            qPrintable(
                u"%1: %2 readings in the file, not %3"_s.arg(place).arg(readings.value_or(0)).arg(minutes)));
    }

private Q_SLOTS:
    void tablesAndFilesHoldWhatThePersonDid_data()
    {
        QTest::addColumn<bool>("google");
        QTest::newRow("fitbit") << false;
        QTest::newRow("google-health") << true;
    }

    void tablesAndFilesHoldWhatThePersonDid()
    {
        QFETCH(bool, google);
        const quint32 seed = qEnvironmentVariableIsSet("WRISTKEEP_SEED")
                                 ? quint32(qEnvironmentVariableIntValue("WRISTKEEP_SEED"))
                                 : UsualSeed;
        qInfo("WRISTKEEP_SEED=%u", seed);
        QRandomGenerator random(seed);
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start({u"--seed"_s, QString::number(seed), u"--quota"_s, u"1000000"_s}),
                 qPrintable(m_world->problem));
        if (google)
            m_world->useGoogleHealth();
        for (int person = 0; person < Persons; ++person) {
            const QString participant = u"P%1"_s.arg(person, 2, 10, QLatin1Char('0'));
            const QString user = m_world->control(u"user"_s, {{u"add"_s, true}}).value(u"id"_s).toString();
            m_world->control(u"zone"_s, {{u"user"_s, user}, {u"zone"_s, Zones.at(person % Zones.size())}});
            QCOMPARE(m_world->run({u"participants"_s, u"add"_s, participant}).exitCode, 0);
            const CliRun connected = m_world->connect({}, {u"--participant"_s, participant});
            QVERIFY2(connected.exitCode == 0, connected.all().constData());
            const QDate last = QDate::currentDate().addDays(-10 - random.bounded(700));
            const QDate first = last.addDays(1 - DaysEach);
            const CliRun run =
                m_world->run({u"--participant"_s, participant, u"sync"_s, u"--from"_s,
                              first.toString(Qt::ISODate), u"--to"_s, last.toString(Qt::ISODate)});
            QVERIFY2(run.exitCode == 0, run.all().constData());
            for (QDate date = first; date <= last; date = date.addDays(1)) {
                compare(participant, user, date, google);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTruth)
#include "tst_truth.moc"
