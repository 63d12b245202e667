// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/statustext.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString fact(const QString &name, const QString &value)
{
    return u"  %1 %2"_s.arg(name.leftJustified(16), value);
}

QString zoneText(const AccountStatus &account)
{
    if (account.zoneSource == u"delivered"_s)
        return account.zone + u" (told by the data)"_s;
    if (account.zoneSource == u"profile"_s)
        return account.zone + u" (from the account's profile)"_s;
    return account.zone + u" (this computer's; the account's is not known)"_s;
}

QString quotaText(const QuotaState &quota)
{
    QString text = quota.exhausted ? u"used up"_s : u"%1 requests left"_s.arg(quota.left.value_or(0));
    if (!quota.exhausted && quota.limit)
        text = u"%1 of %2 requests left"_s.arg(quota.left.value_or(0)).arg(*quota.limit);
    if (quota.resetAtUtc)
        text += u", all again at %1"_s.arg(instantText(double(*quota.resetAtUtc)));
    return text;
}

template<typename T>
QJsonValue number(const std::optional<T> &value)
{
    return value ? QJsonValue(qint64(*value)) : QJsonValue();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

QString connectionStateName(ConnectionState state)
{
    switch (state) {
    case ConnectionState::NotConfigured:
        return u"not configured"_s;
    case ConnectionState::NotConnected:
        return u"not connected"_s;
    case ConnectionState::Connecting:
        return u"connecting"_s;
    case ConnectionState::Connected:
        return u"connected"_s;
    case ConnectionState::ReconnectNeeded:
        return u"reconnect"_s;
    case ConnectionState::Disconnecting:
        return u"disconnecting"_s;
    }
    return {};
}

QString instantText(double utc)
{
    return QDateTime::fromSecsSinceEpoch(qint64(utc)).toString(u"yyyy-MM-dd HH:mm"_s);
}

QString permissionEndText(double utc, qint64 nowUtc)
{
    constexpr qint64 hour = 3600;
    constexpr qint64 day = 24 * hour;
    const qint64 left = qint64(utc) - nowUtc;
    QString when = u"over"_s;
    if (left >= 2 * day)
        when = u"in %1 days"_s.arg(left / day);
    else if (left >= 2 * hour)
        when = u"in %1 hours"_s.arg(left / hour);
    else if (left > 0)
        when = u"in %1 minutes"_s.arg(left / 60 + 1);
    // Only projects in Testing give permissions that end (docs/PROVIDERS.md, "Google Health").
    return u"%1 (%2): this Google project is in Testing; %3"_s.arg(
        instantText(utc), when, left > 0 ? u"reconnect before then"_s : u"reconnect"_s);
}

QString scopesText(const QStringList &scopes)
{
    QStringList words;
    for (const QString &scope : scopes) {
        // Google's are addresses; what differs is a word in the middle.
        static const QRegularExpression address(
            u"\\Ahttps://www\\.googleapis\\.com/auth/googlehealth\\.(\\w+)\\.readonly\\z"_s);
        const auto found = address.match(scope);
        words << (found.hasMatch() ? found.captured(1) : scope);
    }
    return words.join(u", "_s);
}

QStringList statusLines(const AccountStatus &account, const QString &providerTitle,
                        const QString &connectCall, qint64 nowUtc)
{
    const QString who = u"%1, %2: "_s.arg(account.key.participant, providerTitle);
    QStringList lines;
    if (account.state == ConnectionState::ReconnectNeeded)
        lines.append(who + u"to be reconnected"_s);
    else
        lines.append(who + connectionStateName(account.state));
    if (!account.reason.isEmpty())
        lines.append(fact(u"Why"_s, account.reason));
    if (account.state == ConnectionState::NotConnected)
        lines.append(fact(u"Next"_s, connectCall));
    if (account.state == ConnectionState::ReconnectNeeded)
        lines.append(fact(u"Next"_s, connectCall + u" (the data stays)"_s));
    if (!account.userId.isEmpty())
        lines.append(fact(u"Account"_s, account.userId));
    if (!account.granted.isEmpty())
        lines.append(fact(u"Permission for"_s, scopesText(account.granted)));
    if (!account.missing.isEmpty())
        lines.append(fact(u"Left out"_s, scopesText(account.missing)));
    if (account.expiresAt && account.state == ConnectionState::Connected)
        lines.append(
            fact(u"Access until"_s, instantText(*account.expiresAt) + u", then renewed by itself"_s));
    if (account.refreshEndsAt)
        lines.append(fact(u"Permission until"_s, permissionEndText(*account.refreshEndsAt, nowUtc)));
    if (!account.zone.isEmpty())
        lines.append(fact(u"Time zone"_s, zoneText(account)));
    if (account.lastRunUtc)
        lines.append(fact(u"Last sync"_s,
                          (QStringList{instantText(double(*account.lastRunUtc))} +
                           (account.lastRunText.isEmpty() ? QStringList() : QStringList{account.lastRunText}))
                              .join(u": "_s)));
    if (account.quota.exhausted || account.quota.left)
        lines.append(fact(u"Limit"_s, quotaText(account.quota)));
    return lines;
}

QJsonObject statusObject(const AccountStatus &account)
{
    return {{u"id"_s, account.key.participant},
            {u"provider"_s, account.key.provider},
            {u"state"_s, connectionStateName(account.state)},
            {u"user_id"_s, textOrNull(account.userId)},
            {u"zone"_s, textOrNull(account.zone)},
            {u"zone_source"_s, textOrNull(account.zoneSource)},
            {u"granted"_s, QJsonArray::fromStringList(account.granted)},
            {u"missing"_s, QJsonArray::fromStringList(account.missing)},
            {u"expires_at"_s, number(account.expiresAt)},
            {u"refresh_ends_at"_s, number(account.refreshEndsAt)},
            {u"last_run"_s, number(account.lastRunUtc)},
            {u"quota_left"_s, number(account.quota.left)},
            {u"quota_reset_at"_s, number(account.quota.resetAtUtc)}};
}

} // namespace wristkeep
