// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/accountparsers.h"

#include "core/json.h"
#include "providers/provider.h"

#include <QRegularExpression>
#include <QTimeZone>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// The form the service promises for its ids: "2515055256096816351".
bool isUserId(const QString &id)
{
    static const QRegularExpression form(QRegularExpression::anchoredPattern(u"[A-Za-z0-9-]{1,63}"_s));
    return form.match(id).hasMatch();
}

Result<JsonNode> objectOf(const QByteArray &body)
{
    auto root = JsonNode::parse(body);
    if (root && !root->value().isObject())
        return root->wrong(u"an object"_s);
    return root;
}

/// "users/2515055256096816351/settings" as well as "users/me/settings".
QString ownerOf(const QString &resource)
{
    const QString owner = resource.section(u'/', 1, 1);
    return resource.startsWith("users/"_L1) && owner != "me"_L1 && isUserId(owner) ? owner : QString();
}

} // namespace

Result<RemoteIdentity> parseGoogleIdentity(const QByteArray &body)
{
    const auto root = objectOf(body);
    if (!root)
        return failure(root.error());
    const auto id = root->member(u"healthUserId"_s);
    if (!id)
        return failure(id.error());
    RemoteIdentity identity;
    identity.userId = id->value().toString();
    if (!isUserId(identity.userId))
        return id->wrong(u"a user id"_s);
    const auto legacy = root->optionalMember(u"legacyUserId"_s);
    if (legacy && isUserId(legacy->value().toString()))
        identity.legacyUserId = legacy->value().toString();
    return identity;
}

Result<RemoteProfile> parseGoogleSettings(const QByteArray &body)
{
    const auto root = objectOf(body);
    if (!root)
        return failure(root.error());
    RemoteProfile profile;
    if (const auto name = root->optionalMember(u"name"_s))
        profile.userId = ownerOf(name->value().toString());
    // Reading the zone is a convenience: a new or odd name must not keep anybody from connecting.
    if (const auto zone = root->optionalMember(u"timeZone"_s)) {
        const QString id = zone->value().toString();
        if (QTimeZone::isTimeZoneIdAvailable(id.toLatin1()))
            profile.zoneId = id;
    }
    return profile;
}

} // namespace wristkeep
