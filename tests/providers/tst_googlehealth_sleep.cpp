// SPDX-License-Identifier: GPL-3.0-or-later

// Nights at the edges of days, ranges and pages: each is in exactly one day, whatever the clock did.

#include "core/settings.h"
#include "providers/daybody.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QDateTime>
#include <QMap>
#include <QTest>
#include <QUrlQuery>

#include <algorithm>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const Provider &googleHealth()
{
    return *findProvider(u"google-health"_s).value();
}

/// A night as the service keeps it.
struct Night
{
    QByteArray id;
    QDateTime start; ///< each with the offset of its moment
    QDateTime end;
};

QByteArray stamp(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyy-MM-ddTHH:mm:ssZ"_s).toLatin1();
}

QByteArray offset(const QDateTime &time)
{
    return QByteArray::number(time.offsetFromUtc()) + 's';
}

QByteArray pointOf(const Night &night)
{
    return R"({"name":"users/77/dataTypes/sleep/dataPoints/)" + night.id +
           R"(","sleep":{"interval":{"startTime":")" + stamp(night.start) + R"(","startUtcOffset":")" +
           offset(night.start) + R"(","endTime":")" + stamp(night.end) + R"(","endUtcOffset":")" +
           offset(night.end) + R"("},"type":"STAGES"}})";
}

QDateTime at(const char *local, int offsetS)
{
    const QDateTime time = QDateTime::fromString(QString::fromLatin1(local), Qt::ISODate);
    return QDateTime(time.date(), time.time(), Qt::OffsetFromUTC, offsetS);
}

/// Around two clock changes and a journey from Berlin to Tokyo, Honolulu and back; newest first, as lists
/// are.
QList<Night> journey()
{
    constexpr int Winter = 3600;
    constexpr int Summer = 7200;
    constexpr int Tokyo = 32'400;
    constexpr int Honolulu = -36'000;
    QList<Night> nights{
        {"midnight", at("2026-10-23T16:00:00", Summer), at("2026-10-24T00:00:00", Summer)},
        {"just-before", at("2026-10-24T16:00:00", Summer), at("2026-10-24T23:59:59", Summer)},
        {"clock-goes-back", at("2026-10-25T01:00:00", Summer), at("2026-10-25T07:00:00", Winter)},
        {"nap", at("2026-10-25T14:00:00", Winter), at("2026-10-25T14:40:00", Winter)},
        {"berlin", at("2026-10-26T23:00:00", Winter), at("2026-10-27T07:00:00", Winter)},
        {"in-the-plane", at("2026-10-27T20:00:00", Winter), at("2026-10-28T06:30:00", Tokyo)},
        {"tokyo", at("2026-10-29T00:10:00", Tokyo), at("2026-10-29T06:00:00", Tokyo)},
        {"over-the-date-line", at("2026-10-30T23:00:00", Tokyo), at("2026-10-30T08:00:00", Honolulu)},
        {"honolulu", at("2026-10-30T22:00:00", Honolulu), at("2026-10-31T23:30:00", Honolulu)},
        {"home", at("2026-11-01T23:30:00", Winter), at("2026-11-02T08:00:00", Winter)}};
    std::sort(nights.begin(), nights.end(), [](const Night &a, const Night &b) { return a.start > b.start; });
    return nights;
}

/// What the service answers: the nights whose civil end is within the request's own filter.
QByteArrayList answered(const FetchTask &task, const Zone &zone)
{
    Settings settings;
    settings.values.insert(u"GOOGLE_HEALTH_API_URL"_s,
                           SettingValue{u"http://127.0.0.1:8080"_s, SettingOrigin::Environment, {}});
    const auto request = googleHealth().request(task, settings, zone);
    const QString filter =
        request ? QUrlQuery(request->url).queryItemValue(u"filter"_s, QUrl::FullyDecoded) : QString();
    const QStringList literals = filter.split(u'"');
    if (literals.size() != 5)
        qFatal("not a filter with two literals: %s", qUtf8Printable(filter));
    const QDate from = QDate::fromString(literals.at(1), Qt::ISODate);
    const QDate to = QDate::fromString(literals.at(3), Qt::ISODate);
    QByteArrayList points;
    for (const Night &night : journey()) {
        if (night.end.date() >= from && night.end.date() < to)
            points.append(pointOf(night));
    }
    return points;
}

ParseContext contextOf(QDate first, QDate last, const char *zone)
{
    return {FetchTask{AccountKey{u"default"_s, u"google-health"_s}, u"sleep"_s, first, last, {}},
            Zone{QTimeZone(zone), ZoneSource::Profile}};
}

QByteArray listed(const QByteArrayList &points, const QByteArray &token = {})
{
    return "{\"dataPoints\":[" + points.join(',') + "]" +
           (token.isEmpty() ? token : ",\"nextPageToken\":\"" + token + '"') + "}";
}

const QDate First(2026, 10, 22);
const QDate Last(2026, 11, 3);

QMap<QString, QDate> truth()
{
    QMap<QString, QDate> days;
    for (const Night &night : journey())
        days.insert(QString::fromLatin1(night.id), night.end.date());
    return days;
}

} // namespace

class TstGoogleHealthSleep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The account's zone at the time of a fetch may be any: it neither loses a night nor counts one twice.
    void everyNightIsInExactlyOneDay_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<QByteArray>("zone");
        for (const int days : {1, 2, 5, 13}) {
            for (const char *zone : {"Europe/Berlin", "Asia/Tokyo", "Pacific/Honolulu", "Pacific/Kiritimati"})
                QTest::addRow("%d days, %s", days, zone) << days << QByteArray(zone);
        }
    }

    void everyNightIsInExactlyOneDay()
    {
        QFETCH(int, days);
        QFETCH(QByteArray, zone);
        QMap<QString, QDate> found;
        for (QDate first = First; first <= Last; first = first.addDays(days)) {
            const ParseContext context = contextOf(first, first.addDays(days - 1), zone.constData());
            const auto batch = googleHealth().parse(listed(answered(context.task, context.zone)), context);
            QVERIFY2(batch, batch ? "" : qUtf8Printable(batch.error().detail));
            for (const Session &session : batch->sessions) {
                QVERIFY2(!found.contains(session.key), qUtf8Printable(session.key));
                found.insert(session.key, session.date);
            }
        }
        QCOMPARE(found, truth());
    }

    // Wherever a page ends: the pages together hold what one answer holds, and so do the days cut out of
    // them.
    void pagesEndAnywhere()
    {
        const ParseContext context = contextOf(First, Last, "Europe/Berlin");
        const QByteArrayList points = answered(context.task, context.zone);
        const auto whole = googleHealth().parse(listed(points), context);
        QVERIFY(whole);
        QCOMPARE(whole->sessions.size(), journey().size());
        for (qsizetype cut = 0; cut <= points.size(); ++cut) {
            const QList<QByteArray> pages{listed(points.mid(0, cut), "t"), listed(points.mid(cut))};
            QMap<QString, QDate> found;
            int counted = 0;
            for (const QByteArray &page : pages) {
                const auto batch = googleHealth().parse(page, context);
                QVERIFY(batch);
                QCOMPARE(batch->nextPage, page == pages.first() ? u"t"_s : QString());
                for (const Session &session : batch->sessions)
                    found.insert(session.key, session.date);
                for (const DayResult &day : batch->days)
                    counted += day.points;
            }
            QCOMPARE(found, truth());
            QCOMPARE(counted, int(found.size()));
            for (const DayResult &day : whole->days) {
                const auto body = test::dayBody(googleHealth(), pages, day.date, context);
                QVERIFY(body);
                const auto part = googleHealth().parse(*body, contextOf(day.date, day.date, "Europe/Berlin"));
                QVERIFY(part);
                QCOMPARE(part->days, QList<DayResult>{day});
            }
        }
    }

    void aNightOfAnotherDayIsAnError()
    {
        const Night late{"late", at("2026-11-20T23:00:00", 3600), at("2026-11-22T00:00:00", 3600)};
        const QDate day(2026, 11, 21);
        const auto batch =
            googleHealth().parse(listed({pointOf(late)}), contextOf(day, day, "Europe/Berlin"));
        QVERIFY(!batch);
        QCOMPARE(batch.error().kind, ErrorKind::NotUnderstood);
        QVERIFY2(batch.error().detail.startsWith(u"$.dataPoints[0] is about 2026-11-22"_s),
                 qUtf8Printable(batch.error().detail));
    }
};

QTEST_GUILESS_MAIN(TstGoogleHealthSleep)
#include "tst_googlehealth_sleep.moc"
