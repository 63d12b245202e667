// SPDX-License-Identifier: GPL-3.0-or-later

// The provider as others see it: its table, its requests, its OAuth client, its profile and its hints.

#include "core/settings.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/fitbit/originalfiles.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QSet>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

Settings settings(const QHash<QString, QString> &own = {})
{
    Settings result;
    QHash<QString, QString> values{{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s},
                                   {u"FITBIT_CLIENT_SECRET"_s, u"not-a-real-secret"_s},
                                   {u"FITBIT_REDIRECT_URI"_s, u"http://localhost:5000/fitbit/callback"_s},
                                   {u"FITBIT_SCOPES"_s, u"activity  heartrate sleep weight profile "_s},
                                   {u"FITBIT_API_URL"_s, u"http://127.0.0.1:8080"_s},
                                   {u"FITBIT_AUTHORIZE_URL"_s, u"http://127.0.0.1:8080/oauth2/authorize"_s}};
    values.insert(own);
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        result.values.insert(value.key(), SettingValue{value.value(), SettingOrigin::Environment, {}});
    return result;
}

const Provider &fitbit()
{
    return *findProvider(u"fitbit"_s).value();
}

FetchTask task(const QString &type, QDate first, QDate last)
{
    return FetchTask{AccountKey{u"default"_s, u"fitbit"_s}, type, first, last, {}};
}

} // namespace

class TstFitbitProvider : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void registry();
    void table();
    void requests();
    void ranges_data();
    void ranges();
    void secondsComeDayByDay();
    void refusesWhatItHasNot();
    void oauthClient();
    void profile_data();
    void profile();
    void missingScopeIsNamed();
    void hints();
    void originalNames_data();
    void originalNames();
};

void TstFitbitProvider::registry()
{
    QCOMPARE(fitbit().title(), u"Fitbit"_s);
    const auto none = findProvider(u"garmin"_s);
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::BadUsage);
    QVERIFY(none.error().detail.contains(u"garmin"_s) && none.error().detail.contains(u"fitbit"_s));
    QVERIFY(!findProvider(QString()));
}

void TstFitbitProvider::table()
{
    QSet<QString> names;
    for (const DataType &type : fitbit().dataTypes()) {
        QVERIFY2(!names.contains(type.id), qPrintable(type.id));
        names.insert(type.id);
        QVERIFY(type.alias.isEmpty() || !names.contains(type.alias));
        names.insert(type.alias);
        QVERIFY(!type.title.isEmpty() && !type.scope.isEmpty());
    }
    QCOMPARE(fitbit().findType(u"heartrate"_s)->id, u"heartrate_1min"_s);
    QCOMPARE(fitbit().findType(u"steps"_s)->scope, u"activity"_s);
    QCOMPARE(fitbit().findType(u"heartrate_1min"_s)->settleDays, 7);
    QVERIFY(fitbit().findType(u"steps"_s)->inDefaultRun && fitbit().findType(u"heartrate"_s)->inDefaultRun);
    QVERIFY(!fitbit().findType(QString()));
    QStringList usual;
    for (const DataType &type : fitbit().dataTypes()) {
        if (type.inDefaultRun)
            usual << type.id;
        QVERIFY(type.typicalDayBytes > 0 && type.maxDaysPerRequest >= 1);
    }
    QCOMPARE(usual, QStringList({u"steps"_s, u"heartrate_1min"_s}));
    for (const FitbitType &row : fitbitTypes())
        QVERIFY(row.parse && row.dayPath.contains(u"%1"_s));
}

void TstFitbitProvider::requests()
{
    const QDate day(2024, 3, 9);
    const auto steps = fitbit().request(task(u"steps"_s, day, day), settings(), computerZone());
    QVERIFY(steps);
    QCOMPARE(steps->url.toString(),
             u"http://127.0.0.1:8080/1/user/-/activities/steps/date/2024-03-09/1d.json"_s);
    QCOMPARE(steps->method, QByteArray("GET"));
    QVERIFY(steps->body.isEmpty() && !steps->sendOnce);

    const auto heart = fitbit().request(task(u"heartrate_1min"_s, day, day), settings(), computerZone());
    QCOMPARE(heart->url.path(), u"/1/user/-/activities/heart/date/2024-03-09/1d/1min.json"_s);
    const auto range = fitbit().request(task(u"steps"_s, day, day.addDays(3)), settings(), computerZone());
    QCOMPARE(range->url.path(), u"/1/user/-/activities/steps/date/2024-03-09/2024-03-12.json"_s);

    for (const HttpRequest &request : {*steps, *heart, fitbit().profileRequest(settings())}) {
        QHash<QByteArray, QByteArray> headers;
        for (const auto &[name, value] : request.headers)
            headers.insert(name.toLower(), value);
        QCOMPARE(headers.value("accept"), QByteArray("application/json"));
        // en_US would be miles and pounds, en_GB stones; without the header the desktop's language decides.
        QCOMPARE(headers.value("accept-language"), QByteArray("metric"));
        QVERIFY(headers.contains("accept-locale"));
        QVERIFY(!headers.contains("authorization"));
        QVERIFY(!request.url.hasQuery());
    }
    QCOMPARE(fitbit().profileRequest(settings()).url.path(), u"/1/user/-/profile.json"_s);
    QCOMPARE(fitbit().profileScope(), u"profile"_s);
}

// What each type is asked by, and the most days the service is documented to give at once.
void TstFitbitProvider::ranges_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<int>("mostDays");
    QTest::addColumn<QString>("dayPath");
    QTest::addColumn<QString>("rangePath");
    const auto row = [](const QString &type, const char *scope, int mostDays, const QString &start,
                        const QString &oneDay) {
        const QString first = start + u"2024-03-09"_s;
        QTest::newRow(qPrintable(type)) << type << QString::fromLatin1(scope) << mostDays
                                        << first + oneDay + u".json"_s << first + u"/2024-03-12.json"_s;
    };
    const QString series = u"/1/user/-/activities/%1/date/"_s;
    const QList<QPair<QString, QString>> resources{{u"steps"_s, u"steps"_s},
                                                   {u"distance"_s, u"distance"_s},
                                                   {u"floors"_s, u"floors"_s},
                                                   {u"elevation"_s, u"elevation"_s},
                                                   {u"calories"_s, u"calories"_s},
                                                   {u"sedentary_minutes"_s, u"minutesSedentary"_s},
                                                   {u"lightly_active_minutes"_s, u"minutesLightlyActive"_s},
                                                   {u"fairly_active_minutes"_s, u"minutesFairlyActive"_s},
                                                   {u"very_active_minutes"_s, u"minutesVeryActive"_s},
                                                   {u"active_zone_minutes"_s, u"active-zone-minutes"_s}};
    for (const auto &[type, resource] : resources)
        row(type, "activity", 1095, series.arg(resource), u"/1d"_s);
    row(u"heartrate_daily"_s, "heartrate", 365, series.arg(u"heart"_s), u"/1d"_s);
    row(u"sleep"_s, "sleep", 100, u"/1.2/user/-/sleep/date/"_s, {});
    row(u"weight"_s, "weight", 31, u"/1/user/-/body/log/weight/date/"_s, {});
    row(u"body_fat"_s, "weight", 30, u"/1/user/-/body/log/fat/date/"_s, {});
}

void TstFitbitProvider::ranges()
{
    QFETCH(QString, type);
    QFETCH(QString, scope);
    QFETCH(int, mostDays);
    QFETCH(QString, dayPath);
    QFETCH(QString, rangePath);
    const QDate day(2024, 3, 9);
    const DataType *known = fitbit().findType(type);
    QVERIFY(known);
    QCOMPARE(known->scope, scope);
    QVERIFY(known->maxDaysPerRequest <= mostDays);
    // A year costs as few requests as the service allows.
    QCOMPARE((365 + known->maxDaysPerRequest - 1) / known->maxDaysPerRequest,
             (365 + mostDays - 1) / mostDays);
    const auto path = [&](QDate last) -> QString {
        const auto request = fitbit().request(task(type, day, last), settings(), computerZone());
        return request ? request->url.path() : request.error().detail;
    };
    QCOMPARE(path(day), dayPath);
    QCOMPARE(path(day.addDays(3)), rangePath);
    QVERIFY(path(day.addDays(known->maxDaysPerRequest - 1)).startsWith(u'/'));
    QVERIFY(path(day.addDays(known->maxDaysPerRequest)).contains(u"too many"_s));
    for (const QString &asked : {dayPath, rangePath})
        QCOMPARE(fitbitTypeAsked(asked)->type.id, type);
}

void TstFitbitProvider::secondsComeDayByDay()
{
    const QDate day(2024, 3, 9);
    const auto request = fitbit().request(task(u"heartrate_1s"_s, day, day), settings(), computerZone());
    QCOMPARE(request->url.path(), u"/1/user/-/activities/heart/date/2024-03-09/1d/1sec.json"_s);
    QCOMPARE(fitbitTypeAsked(request->url.path())->type.id, u"heartrate_1s"_s);
    QVERIFY(!fitbit().request(task(u"heartrate_1s"_s, day, day.addDays(1)), settings(), computerZone()));
    QVERIFY(!fitbitTypeAsked(u"/1/user/-/profile.json"_s));
}

void TstFitbitProvider::refusesWhatItHasNot()
{
    const QDate day(2024, 3, 9);
    QVERIFY(!fitbit().request(task(u"food"_s, day, day), settings(), computerZone()));
    QVERIFY(!fitbit().request(task(u"steps"_s, day, day.addDays(-1)), settings(), computerZone()));
    QVERIFY(!fitbit().request(task(u"steps"_s, QDate(), day), settings(), computerZone()));
    QVERIFY(!fitbit().request(task(u"heartrate_1min"_s, day, day.addDays(1)), settings(), computerZone()));
    const auto parsed = fitbit().parse("{}", ParseContext{task(u"food"_s, day, day), computerZone()});
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind, ErrorKind::Internal);
}

void TstFitbitProvider::oauthClient()
{
    const OAuthClient client = fitbit().oauthClient(settings());
    QCOMPARE(client.provider, u"fitbit"_s);
    QCOMPARE(client.clientId, u"23ABCD"_s);
    QCOMPARE(client.authorizeUrl.toString(), u"http://127.0.0.1:8080/oauth2/authorize"_s);
    QCOMPARE(client.tokenUrl.toString(), u"http://127.0.0.1:8080/oauth2/token"_s);
    QCOMPARE(client.revokeUrl.toString(), u"http://127.0.0.1:8080/oauth2/revoke"_s);
    QCOMPARE(client.redirectUri, u"http://localhost:5000/fitbit/callback"_s);
    QCOMPARE(client.redirectSetting, u"FITBIT_REDIRECT_URI"_s);
    QCOMPARE(client.scopes,
             QStringList({u"activity"_s, u"heartrate"_s, u"sleep"_s, u"weight"_s, u"profile"_s}));
    QVERIFY(client.basicAuthentication);
    QVERIFY(!fitbit().oauthClient(settings({{u"FITBIT_CLIENT_SECRET"_s, QString()}})).basicAuthentication);
    QVERIFY(client.askPromptWhenSeveral);
    QCOMPARE(client.promptValue, u"login consent"_s);
    QVERIFY(!client.manualRevokePage.isEmpty());
    QVERIFY(client.classifyError);
    HttpResponse refused;
    refused.status = 400;
    refused.body = R"({"error":"invalid_grant"})";
    QCOMPARE(client.classifyError(refused).kind, ErrorKind::TokenRefused);
}

void TstFitbitProvider::profile_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("userId");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QDate>("since");
    const auto row = [](const char *name, const char *body, const QString &id, const QString &zone,
                        QDate since) { QTest::newRow(name) << QByteArray(body) << id << zone << since; };
    row("all",
        R"({"user":{"timezone":"Europe/Berlin","memberSince":"2019-11-02","encodedId":"9XY7QZ","age":41}})",
        u"9XY7QZ"_s, u"Europe/Berlin"_s, QDate(2019, 11, 2));
    row("id alone", R"({"user":{"encodedId":"9XY7QZ"}})", u"9XY7QZ"_s, {}, {});
    row("unknown zone", R"({"user":{"encodedId":"9XY7QZ","timezone":"Mars/Olympus","memberSince":"soon"}})",
        u"9XY7QZ"_s, {}, {});
    row("nulls", R"({"user":{"encodedId":"9XY7QZ","timezone":null,"memberSince":null}})", u"9XY7QZ"_s, {},
        {});
    row("no user", R"({})", {}, {}, {});
    row("no id", R"({"user":{}})", {}, {}, {});
    row("empty id", R"({"user":{"encodedId":""}})", {}, {}, {});
    row("id of another type", R"({"user":{"encodedId":7}})", {}, {}, {});
    row("html", "<html>", {}, {}, {});
}

void TstFitbitProvider::profile()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, userId);
    QFETCH(QString, zone);
    QFETCH(QDate, since);
    const auto profile = fitbit().parseProfile(body);
    QCOMPARE(profile.has_value(), !userId.isEmpty());
    if (!profile) {
        QCOMPARE(profile.error().kind, ErrorKind::NotUnderstood);
        return;
    }
    QCOMPARE(profile->userId, userId);
    QCOMPARE(profile->zoneId, zone);
    QCOMPARE(profile->memberSince, since);
}

void TstFitbitProvider::missingScopeIsNamed()
{
    HttpResponse response;
    response.status = 403;
    response.body = R"({"errors":[{"errorType":"insufficient_scope","message":"no"}]})";
    response.url = fitbit()
                       .request(task(u"heartrate_1min"_s, QDate(2024, 3, 9), QDate(2024, 3, 9)), settings(),
                                computerZone())
                       ->url;
    const Error error = fitbit().classify(response, 0);
    QCOMPARE(error.kind, ErrorKind::ScopeMissing);
    QCOMPARE(error.detail, u"No permission for heart rate, every minute (scope heartrate)."_s);
}

void TstFitbitProvider::hints()
{
    const QStringList heart = fitbit().permissionHints(u"heartrate_1min"_s);
    QCOMPARE(heart.size(), 3);
    QVERIFY(heart[0].contains(u"Personal"_s));
    QVERIFY(heart[1].contains(u"heartrate"_s) && heart[1].contains(u"FITBIT_SCOPES"_s));
    QVERIFY(heart[2].contains(u"Server"_s));
    QCOMPARE(fitbit().permissionHints(u"steps"_s).size(), 1);
    QCOMPARE(fitbit().permissionHints(u"heartrate_1s"_s).size(), 3);
    // Daily summaries need no application of type Personal.
    QCOMPARE(fitbit().permissionHints(u"heartrate_daily"_s).size(), 1);
    QVERIFY(fitbit().permissionHints(u"nothing"_s).isEmpty());
}

void TstFitbitProvider::originalNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QDate>("date");
    const auto row = [](const char *name, const QString &type, QDate date) {
        QTest::newRow(name) << QString::fromLatin1(name) << type << date;
    };
    const QDate day(2025, 11, 18);
    row("2025-11-18_steps.json", u"steps"_s, day);
    row("2025-11-18_steps_summary.json", u"steps"_s, day);
    row("2025-11-18_heartrate_1min.json", u"heartrate_1min"_s, day);
    row("2025-11-18_heartrate.json", u"heartrate_daily"_s, day);
    row("2025-11-18_heartrate_summary.json", u"heartrate_daily"_s, day);
    row("2025-11-18_heartrate_error.txt", u"heartrate_1min"_s, day);
    row("2025-11-18_sleep.json", u"sleep"_s, day);
    row("2025-11-18_weight.json", u"weight"_s, day);
    row("user_profile.json", {}, {});
    for (const char *stranger :
         {"", "steps.json", "2025-11-18.json", "2025-02-30_steps.json", "2025-1-18_steps.json",
          "2025-11-18_steps.json.bak", "2025-11-18_steps.csv", "2025-11-18_Steps.json",
          "x2025-11-18_steps.json", "2025-11-18_heartrate_error.json", "2025-11-18_floors.json",
          "fitbit_export_default.csv"})
        row(stranger, u"none"_s, {});
}

void TstFitbitProvider::originalNames()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(QDate, date);
    const auto file = recognise(name);
    QCOMPARE(file.has_value(), type != u"none"_s);
    if (!file)
        return;
    QCOMPARE(file->dataType, type);
    QCOMPARE(file->date, date);
    // Everything that is taken over has a title to show.
    bool titled = type.isEmpty();
    for (const DataType &known : fitbit().dataTypes())
        titled = titled || known.id == type;
    QVERIFY(titled);
}

QTEST_GUILESS_MAIN(TstFitbitProvider)
#include "tst_fitbit_provider.moc"
