// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/profileparser.h"

#include "core/json.h"
#include "providers/provider.h"

#include <QTimeZone>

namespace wristkeep {

using namespace Qt::StringLiterals;

Result<RemoteProfile> parseFitbitProfile(const QByteArray &body)
{
    const auto user =
        JsonNode::parse(body).and_then([](const JsonNode &root) { return root.member(u"user"_s); });
    if (!user)
        return failure(user.error());
    const auto id = user->member(u"encodedId"_s).and_then([](const JsonNode &node) { return node.text(); });
    if (!id)
        return failure(id.error());
    if (id->isEmpty())
        return user->member(u"encodedId"_s)->wrong(u"a user id"_s);

    RemoteProfile profile;
    profile.userId = *id;
    // Reading the zone is a convenience: a new or odd name must not keep anybody from connecting.
    if (const auto zone = user->optionalMember(u"timezone"_s)) {
        const QString name = zone->value().toString();
        if (QTimeZone::isTimeZoneIdAvailable(name.toLatin1()))
            profile.zoneId = name;
    }
    if (const auto since = user->optionalMember(u"memberSince"_s))
        profile.memberSince = since->date().value_or(QDate());
    return profile;
}

} // namespace wristkeep
