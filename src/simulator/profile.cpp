// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/generators.h"

#include "simulator/simworld.h"
#include "simulator/units.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

int averageSteps(const ApiCall &call)
{
    int sum = 0;
    for (int back = 1; back <= 7; ++back)
        sum += dailySteps(call, call.today().addDays(-back));
    return sum / 7;
}

} // namespace

SimResponse profileAnswer(const ApiCall &call)
{
    const PersonTraits &person = call.user.traits();
    const Zone zone = call.user.zoneOn(call.today());
    const SimUnits units = unitsOf(call.request.header("Accept-Language"));
    const int offset = zone.zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(call.now, Qt::UTC));
    const QString avatar = u"https://static0.fitbit.com/images/profile/defaultProfile_%1.png"_s;
    const QJsonObject user{
        {u"age"_s, person.ageOn(call.today())},
        {u"ambassador"_s, false},
        {u"autoStrideEnabled"_s, true},
        {u"avatar"_s, avatar.arg(100)},
        {u"avatar150"_s, avatar.arg(150)},
        {u"avatar640"_s, avatar.arg(640)},
        {u"averageDailySteps"_s, averageSteps(call)},
        {u"challengesBeta"_s, true},
        {u"clockTimeDisplayFormat"_s, u"24hour"_s},
        {u"corporate"_s, false},
        {u"corporateAdmin"_s, false},
        {u"dateOfBirth"_s, person.born.toString(Qt::ISODate)},
        {u"displayName"_s, person.firstName + u' ' + person.lastName.at(0) + u'.'},
        {u"displayNameSetting"_s, u"name"_s},
        {u"distanceUnit"_s, u"METRIC"_s},
        {u"encodedId"_s, person.id},
        {u"features"_s, QJsonObject{{u"exerciseGoal"_s, true}}},
        {u"firstName"_s, person.firstName},
        {u"foodsLocale"_s, u"de_DE"_s},
        {u"fullName"_s, person.fullName()},
        {u"gender"_s, person.female ? u"FEMALE"_s : u"MALE"_s},
        {u"glucoseUnit"_s, u"METRIC"_s},
        {u"height"_s, lengthIn(units, qint64(person.heightMm) * 1000)},
        {u"heightUnit"_s, u"METRIC"_s},
        {u"isBugReportEnabled"_s, false},
        {u"isChild"_s, false},
        {u"isCoach"_s, false},
        {u"languageLocale"_s, u"de_DE"_s},
        {u"lastName"_s, person.lastName},
        {u"legalTermsAcceptRequired"_s, false},
        {u"locale"_s, u"de_DE"_s},
        {u"memberSince"_s, call.user.memberSince().toString(Qt::ISODate)},
        {u"mfaEnabled"_s, false},
        {u"offsetFromUTCMillis"_s, offset * 1000},
        {u"sdkDeveloper"_s, false},
        {u"sleepTracking"_s, u"Normal"_s},
        {u"startDayOfWeek"_s, u"MONDAY"_s},
        {u"strideLengthRunning"_s, lengthIn(units, qint64(person.heightMm) * 610)},
        {u"strideLengthRunningType"_s, u"auto"_s},
        {u"strideLengthWalking"_s, lengthIn(units, qint64(person.heightMm) * 414)},
        {u"strideLengthWalkingType"_s, u"auto"_s},
        {u"swimUnit"_s, u"METRIC"_s},
        {u"temperatureUnit"_s, u"METRIC"_s},
        {u"timezone"_s, zone.id()},
        {u"topBadges"_s, QJsonArray()},
        {u"visibleUser"_s, true},
        {u"waterUnit"_s, u"METRIC"_s},
        {u"waterUnitName"_s, u"ml"_s},
        {u"weight"_s, weightIn(units, qint64(person.weightG) * 1000)},
        {u"weightUnit"_s, u"METRIC"_s},
    };
    return jsonResponse(QJsonDocument(QJsonObject{{u"user"_s, user}}).toJson(QJsonDocument::Compact));
}

} // namespace wristkeep
