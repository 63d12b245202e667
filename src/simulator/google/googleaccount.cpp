// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googleaccount.h"

#include "simulator/google/googlecall.h"
#include "simulator/google/googleerrors.h"
#include "simulator/google/googlejson.h"
#include "simulator/google/googlescopes.h"
#include "simulator/simrandom.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

SimResponse answered(const QJsonObject &object)
{
    return jsonResponse(QJsonDocument(object).toJson(QJsonDocument::Indented));
}

SimResponse identityAnswer(const GoogleAccountCall &call)
{
    return answered({{u"name"_s, u"users/me/identity"_s},
                     {u"healthUserId"_s, googleHealthUserId(call.user)},
                     {u"legacyUserId"_s, call.user.id()}});
}

SimResponse settingsAnswer(const GoogleAccountCall &call)
{
    const Zone zone = call.user.zoneOn(call.user.dateAt(call.now));
    const int offset = zone.zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(call.now, Qt::UTC));
    return answered({{u"name"_s, u"users/me/settings"_s},
                     {u"timeZone"_s, zone.id()},
                     {u"utcOffset"_s, QString::number(offset) + u's'},
                     {u"languageLocale"_s, u"de_DE"_s},
                     {u"distanceUnit"_s, u"DISTANCE_UNIT_KILOMETERS"_s},
                     {u"weightUnit"_s, u"WEIGHT_UNIT_KILOGRAMS"_s},
                     {u"heightUnit"_s, u"HEIGHT_UNIT_CENTIMETERS"_s},
                     {u"temperatureUnit"_s, u"TEMPERATURE_UNIT_CELSIUS"_s},
                     {u"waterUnit"_s, u"WATER_UNIT_ML"_s},
                     {u"glucoseUnit"_s, u"GLUCOSE_UNIT_MG_DL"_s},
                     {u"swimUnit"_s, u"SWIM_UNIT_METERS"_s},
                     {u"autoStrideEnabled"_s, true},
                     {u"strideLengthWalkingType"_s, u"STRIDE_LENGTH_TYPE_AUTO"_s},
                     {u"strideLengthRunningType"_s, u"STRIDE_LENGTH_TYPE_AUTO"_s},
                     {u"foodLanguageCode"_s, u"de"_s}});
}

SimResponse profileAnswer(const GoogleAccountCall &call)
{
    const PersonTraits &person = call.user.traits();
    const QDate since = call.user.memberSince();
    QJsonObject profile{
        {u"name"_s, u"users/me/profile"_s},
        {u"age"_s, person.ageOn(call.user.dateAt(call.now))},
        {u"membershipStartDate"_s,
         QJsonObject{{u"year"_s, since.year()}, {u"month"_s, since.month()}, {u"day"_s, since.day()}}}};
    if (call.scopes.contains(googleHealthScope(QLatin1StringView("activity_and_fitness.readonly")))) {
        profile.insert(u"autoWalkingStrideLengthMm"_s, person.heightMm * 414 / 1000);
        profile.insert(u"autoRunningStrideLengthMm"_s, person.heightMm * 610 / 1000);
    }
    return answered(profile);
}

SimResponse irnAnswer(const GoogleAccountCall &)
{
    return answered({{u"name"_s, u"users/me/irnProfile"_s}});
}

QJsonObject pairedDevice(const GoogleAccountCall &call, bool scale)
{
    SimRandom random(mixKey({call.user.traits().key, quint64(scale), 61}));
    const quint64 id = 1'000'000'000ULL + random.next() % 1'500'000'000ULL;
    // The charge follows the four-day rhythm of the charger in the day plan.
    const QDate today = call.user.dateAt(call.now);
    const int sinceCharge = int((today.toJulianDay() + 4 - qint64(call.user.traits().key % 4)) % 4);
    const int level = scale ? 90 : 96 - 22 * sinceCharge;
    const QString word = level > 60 ? u"High"_s : (level > 25 ? u"Medium"_s : u"Low"_s);
    QByteArray synced;
    appendInstant(synced, scale ? (call.lastSync - 86'400) * 1000 : call.lastSync * 1000);
    const QJsonArray features = scale ? QJsonArray{u"WEIGHT"_s} : QJsonArray{u"STEPS"_s, u"HEART_RATE"_s};
    return {{u"name"_s, u"users/me/pairedDevices/%1"_s.arg(id)},
            {u"deviceType"_s, scale ? u"SCALE"_s : u"TRACKER"_s},
            {u"deviceVersion"_s, scale ? u"Aria Air"_s : u"Charge 6"_s},
            {u"batteryStatus"_s, word},
            {u"batteryLevel"_s, level},
            {u"lastSyncTime"_s, QString::fromLatin1(synced)},
            {u"features"_s, features}};
}

SimResponse devicesAnswer(const GoogleAccountCall &call)
{
    // The scale comes first, so that nobody takes element 0 for the watch.
    const QJsonArray devices{pairedDevice(call, true), pairedDevice(call, false)};
    if (call.id.isEmpty()) {
        if (auto refusal = unknownGoogleParameter(call.request.query, {u"pageSize"_s, u"pageToken"_s}))
            return *refusal;
        return answered({{u"pairedDevices"_s, devices}});
    }
    for (const QJsonValue one : devices) {
        if (one.toObject().value(u"name"_s).toString() == u"users/me/pairedDevices/"_s + call.id)
            return answered(one.toObject());
    }
    GoogleError error;
    error.status = 404;
    error.message = u"The device was not found."_s;
    error.reason = u"RESOURCE_NOT_FOUND"_s;
    return googleError(error);
}

constexpr std::array<GoogleAccountResource, 5> resources = {{
    {"identity", "", identityAnswer},
    {"settings", "settings", settingsAnswer},
    {"profile", "profile", profileAnswer},
    {"pairedDevices", "settings", devicesAnswer},
    {"irnProfile", "irn", irnAnswer},
}};

} // namespace

const GoogleAccountResource *findGoogleAccountResource(const QString &name)
{
    const auto found = std::find_if(resources.begin(), resources.end(), [&name](const auto &resource) {
        return name == QLatin1StringView(resource.name);
    });
    return found == resources.end() ? nullptr : &*found;
}

QString googleHealthUserId(const SimUser &user)
{
    return QString::number(1'000'000'000'000'000'000ULL +
                           SimRandom(mixKey({user.traits().key, 70})).next() % 8'000'000'000'000'000'000ULL);
}

} // namespace wristkeep
