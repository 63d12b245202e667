// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/generators.h"

#include "simulator/simrandom.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString localTime(const ApiCall &call, qint64 utc)
{
    const QDateTime instant = QDateTime::fromSecsSinceEpoch(utc, Qt::UTC);
    const Zone zone = call.user.zoneOn(call.user.dateAt(utc));
    return instant.addSecs(zone.zone.offsetFromUtc(instant)).toString(u"yyyy-MM-ddTHH:mm:ss"_s) + u".000"_s;
}

QString batteryWord(int level)
{
    return level > 60 ? u"High"_s : (level > 25 ? u"Medium"_s : u"Low"_s);
}

QJsonObject device(const ApiCall &call, const QString &type, const QString &version, int level, qint64 synced)
{
    SimRandom random(mixKey({call.user.traits().key, quint64(type.size()), 60}));
    const quint64 number = 1'000'000'000ULL + random.next() % 1'500'000'000ULL;
    const QByteArray mac =
        QByteArray::number(random.next() % 0xffffffffffffULL, 16).rightJustified(12, '0').toUpper();
    return {
        {u"battery"_s, batteryWord(level)},   {u"batteryLevel"_s, level},
        {u"deviceVersion"_s, version},        {u"features"_s, QJsonArray()},
        {u"id"_s, QString::number(number)},   {u"lastSyncTime"_s, localTime(call, synced)},
        {u"mac"_s, QString::fromLatin1(mac)}, {u"type"_s, type},
    };
}

} // namespace

SimResponse devicesAnswer(const ApiCall &call)
{
    const QDate today = call.today();
    // The charge follows the four-day rhythm of the charger in the day plan.
    const int sinceCharge = int((today.toJulianDay() + 4 - qint64(call.user.traits().key % 4)) % 4);
    const qint64 weighed = call.user.civilDayOf(today.addDays(-1)).startUtc + 7 * 3600 + 131;
    // The scale comes first, so that nobody takes element 0 for the watch.
    const QJsonArray devices{
        device(call, u"SCALE"_s, u"Aria Air"_s, 90, weighed),
        device(call, u"TRACKER"_s, u"Charge 6"_s, 96 - 22 * sinceCharge, call.lastSync),
    };
    return jsonResponse(QJsonDocument(devices).toJson(QJsonDocument::Compact));
}

} // namespace wristkeep
