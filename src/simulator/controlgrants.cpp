// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of the control interface about grants and switches.
#include "simulator/controlservice.h"

#include "simulator/simworld.h"

#include <QJsonArray>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Sets `value` from a member that holds one of the names; false for another text.
template<typename Enum>
bool setByName(const QJsonObject &command, const QString &member, const QList<QPair<QString, Enum>> &names,
               Enum *value)
{
    if (!command.contains(member))
        return true;
    for (const auto &[name, choice] : names) {
        if (command.value(member).toString() == name) {
            *value = choice;
            return true;
        }
    }
    return false;
}

void setFlag(const QJsonObject &command, const QString &member, bool *flag)
{
    *flag = command.value(member).toBool(*flag);
}

} // namespace

QJsonObject ControlService::grants(const QJsonObject &)
{
    QJsonArray list;
    for (const Grant &grant : m_world.grants.all()) {
        list.append(QJsonObject{{u"user"_s, grant.userId},
                                {u"client"_s, grant.clientId},
                                {u"scopes"_s, QJsonArray::fromStringList(grant.scopes)},
                                {u"refreshes"_s, grant.generation}});
    }
    return {{u"count"_s, list.size()}, {u"grants"_s, list}};
}

QJsonObject ControlService::expire(const QJsonObject &)
{
    for (Grant &grant : m_world.grants.all())
        grant.expiredUpTo = grant.generation;
    return {{u"count"_s, int(m_world.grants.all().size())}};
}

QJsonObject ControlService::revoke(const QJsonObject &command)
{
    const SimUser *user = userOf(command);
    if (!user)
        return {{u"error"_s, u"no such user"_s}};
    const int count = m_world.grants.revoke(user->id());
    m_world.save();
    return {{u"count"_s, count}};
}

QJsonObject ControlService::secrets(const QJsonObject &)
{
    QJsonArray list;
    for (const QByteArray &secret : m_world.grants.issued())
        list.append(QString::fromLatin1(secret));
    return {{u"secrets"_s, list}};
}

QJsonObject ControlService::switches(const QJsonObject &command)
{
    SimSwitches &switches = m_world.switches;
    const bool known =
        setByName<FallBack>(command, u"fallBack"_s,
                            {{u"single"_s, FallBack::SingleCopy}, {u"both"_s, FallBack::BothCopies}},
                            &switches.fallBack) &&
        setByName<NotWorn>(
            command, u"notWorn"_s,
            {{u"mixed"_s, NotWorn::Mixed}, {u"minutes"_s, NotWorn::WithMinutes}, {u"bare"_s, NotWorn::Bare}},
            &switches.notWorn);
    if (!known)
        return {{u"error"_s, u"fallBack is single or both; notWorn is mixed, minutes or bare"_s}};
    if (const auto problem = readGoogleSwitches(command, &switches.google))
        return {{u"error"_s, *problem}};
    setFlag(command, u"zonesFillDay"_s, &switches.zonesFillDay);
    setFlag(command, u"intraday"_s, &switches.intraday);
    setFlag(command, u"intradayInDaily"_s, &switches.intradayInDaily);
    setFlag(command, u"refreshConflict"_s, &switches.refreshConflict);
    setFlag(command, u"refreshKillsAccess"_s, &switches.refreshKillsAccess);
    setFlag(command, u"gone"_s, &switches.gone);
    setFlag(command, u"chunked"_s, &switches.chunked);
    setFlag(command, u"plain"_s, &switches.plain);
    return {{u"ok"_s, true}};
}

} // namespace wristkeep
