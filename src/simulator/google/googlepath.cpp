// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlepath.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

bool readPointsPath(const QByteArray &verb, const QStringList &parts, GooglePath *path)
{
    path->type = parts.value(5);
    const QString last = parts.value(6);
    if (parts.size() == 8 && last == u"dataPoints"_s) {
        path->id = parts.at(7);
        path->operation = verb == "PATCH" ? GoogleOperation::Write : GoogleOperation::Get;
        return verb == "GET" || verb == "PATCH";
    }
    if (parts.size() != 7)
        return false;
    const QList<QPair<QByteArray, QPair<QString, GoogleOperation>>> known = {
        {"GET", {u"dataPoints"_s, GoogleOperation::List}},
        {"GET", {u"dataPoints:reconcile"_s, GoogleOperation::Reconcile}},
        {"POST", {u"dataPoints:rollUp"_s, GoogleOperation::RollUp}},
        {"POST", {u"dataPoints:dailyRollUp"_s, GoogleOperation::DailyRollUp}},
        {"POST", {u"dataPoints"_s, GoogleOperation::Write}},
        {"POST", {u"dataPoints:batchDelete"_s, GoogleOperation::Write}},
    };
    for (const auto &[method, meaning] : known) {
        if (verb == method && last == meaning.first) {
            path->operation = meaning.second;
            return true;
        }
    }
    return false;
}

} // namespace

QString GooglePath::method() const
{
    QString name;
    if (resource == u"dataTypes"_s) {
        const QStringList names = {u"ListDataPoints"_s,        u"GetDataPoint"_s,
                                   u"ReconcileDataPoints"_s,   u"RollUpDataPoints"_s,
                                   u"DailyRollUpDataPoints"_s, u"CreateDataPoint"_s};
        name = u"DataPointsService."_s + names.at(int(operation));
    } else {
        name = u"HealthProfileService.Get"_s + resource.at(0).toUpper() + resource.mid(1);
    }
    return u"google.devicesandservices.health.v4."_s + name;
}

bool isGooglePath(const QString &path)
{
    return path == u"/token"_s || path == u"/revoke"_s || path == u"/tokeninfo"_s || path == u"/v4"_s ||
           path.startsWith(u"/v4/"_s) || path.startsWith(u"/v4beta/"_s) || path.startsWith(u"/o/"_s) ||
           path.startsWith(u"/$discovery/"_s);
}

std::optional<GooglePath> readGooglePath(const QByteArray &verb, const QString &path)
{
    const QStringList parts = path.split(u'/');
    if (parts.size() < 5 || parts.at(1) != u"v4"_s || parts.at(2) != u"users"_s || parts.at(3).isEmpty())
        return std::nullopt;
    GooglePath read;
    read.user = parts.at(3);
    read.resource = parts.at(4);
    if (read.resource == u"dataTypes"_s)
        return readPointsPath(verb, parts, &read) ? std::optional(read) : std::nullopt;
    static const QStringList single = {u"identity"_s, u"settings"_s, u"profile"_s, u"irnProfile"_s};
    const bool devices = read.resource == u"pairedDevices"_s && parts.size() <= 6;
    if (verb != "GET" || !(devices || (single.contains(read.resource) && parts.size() == 5)))
        return std::nullopt;
    read.id = parts.value(5);
    return read;
}

} // namespace wristkeep
