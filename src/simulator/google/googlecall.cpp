// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlecall.h"

#include "simulator/google/googleerrors.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

QList<GooglePoint> GoogleCall::points(QDate date, GoogleFamily family, bool reconciled) const
{
    if (!type.points || family == GoogleFamily::Self || date < user.memberSince())
        return {};
    QList<GooglePoint> points =
        type.points({user, date, now, lastSync, date < user.memberSince().addDays(2)});
    // The tracker saw everything the phone did: where both counted, its records are the ones to keep.
    if (reconciled || family == GoogleFamily::Wearables)
        points.removeIf([](const GooglePoint &point) { return point.source == GoogleSource::Phone; });
    if (family == GoogleFamily::Wearables)
        points.removeIf([](const GooglePoint &point) { return point.source != GoogleSource::Tracker; });
    return points;
}

QList<GooglePoint> GoogleCall::streamPoints(QDate date, GoogleFamily family, bool reconciled) const
{
    QList<GooglePoint> list = points(date, family, reconciled);
    const qint64 end = user.civilDayOf(date.addDays(1)).startUtc;
    while (!list.isEmpty() && list.last().startUtc >= end)
        list.removeLast();
    return list;
}

std::optional<SimResponse> GoogleCall::readFamily(const QString &text, GoogleFamily *family) const
{
    if (text.isEmpty())
        return std::nullopt;
    const QString prefix = u"users/me/dataSourceFamilies/"_s;
    const QString name = text.startsWith(prefix) ? text.mid(prefix.size()) : QString();
    if (name == u"google-wearables"_s)
        *family = GoogleFamily::Wearables;
    else if (name == u"self-sources"_s)
        *family = GoogleFamily::Self;
    else if (name != u"all-sources"_s && name != u"google-sources"_s)
        return googleInvalid(u"INVALID_DATA_POINT_DATA_SOURCE_FAMILY"_s,
                             u"The data source family is not valid: %1"_s.arg(text));
    return std::nullopt;
}

std::optional<SimResponse> unknownGoogleParameter(const FormFields &query, const QStringList &known)
{
    static const QStringList common = {u"alt"_s,          u"fields"_s,   u"prettyPrint"_s,
                                       u"quotaUser"_s,    u"key"_s,      u"$.xgafv"_s,
                                       u"access_token"_s, u"callback"_s, u"oauth_token"_s};
    for (const auto &[name, value] : query) {
        if (!known.contains(name) && !common.contains(name)) {
            return googleInvalid({},
                                 u"Invalid JSON payload received. Unknown name \"%1\": Cannot bind query "
                                 "parameter. Field '%1' could not be found in request message."_s.arg(name));
        }
    }
    return std::nullopt;
}

} // namespace wristkeep
