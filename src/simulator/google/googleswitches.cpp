// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googleswitches.h"

#include <QHash>

#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct Flag
{
    const char *name;
    bool GoogleSwitches::*member;
};

constexpr std::array<Flag, 8> flags = {{
    {"googleRotate", &GoogleSwitches::rotate},
    {"googleEmptyPage", &GoogleSwitches::emptyPage},
    {"googleRepeatToken", &GoogleSwitches::repeatToken},
    {"googleDropTies", &GoogleSwitches::dropTies},
    {"googleOmitZero", &GoogleSwitches::omitZero},
    {"googleNoCivil", &GoogleSwitches::noCivil},
    {"googleNan", &GoogleSwitches::nan},
    {"googleSameDay", &GoogleSwitches::sameDay},
}};

template<typename Enum>
bool switchByName(const QJsonObject &command, const QString &member, const QHash<QString, Enum> &names,
                  Enum *value)
{
    if (!command.contains(member))
        return true;
    const auto found = names.constFind(command.value(member).toString());
    if (found == names.constEnd())
        return false;
    *value = *found;
    return true;
}

} // namespace

std::optional<QString> readGoogleSwitches(const QJsonObject &command, GoogleSwitches *switches)
{
    static const QHash<QString, GoogleProject> projects = {
        {u"ok"_s, GoogleProject::Ok},
        {u"disabled"_s, GoogleProject::Disabled},
        {u"notOnboarded"_s, GoogleProject::NotOnboarded},
    };
    static const QHash<QString, GoogleAccount> accounts = {
        {u"linked"_s, GoogleAccount::Linked},
        {u"notLinked"_s, GoogleAccount::NotLinked},
        {u"precondition"_s, GoogleAccount::Precondition},
        {u"noPermission"_s, GoogleAccount::NoPermission},
    };
    if (!switchByName(command, u"googleProject"_s, projects, &switches->project))
        return u"googleProject is ok, disabled or notOnboarded"_s;
    if (!switchByName(command, u"googleAccount"_s, accounts, &switches->account))
        return u"googleAccount is linked, notLinked, precondition or noPermission"_s;
    for (const Flag &flag : flags)
        switches->*flag.member = command.value(QLatin1StringView(flag.name)).toBool(switches->*flag.member);
    if (const auto size = command.constFind(u"googlePageSize"_s); size != command.constEnd())
        switches->pageSize = size->toInt() > 0 ? std::optional(size->toInt()) : std::nullopt;
    return std::nullopt;
}

} // namespace wristkeep
