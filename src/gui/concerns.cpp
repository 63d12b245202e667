// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/concerns.h"

#include "core/errortexts.h"
#include "sync/catalogue.h"

#include <QCoreApplication>
#include <QSet>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct AttentionTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::Attention)
};

bool isAlone(const AccountKey &account)
{
    return account.participant.isEmpty() || account.participant == defaultParticipant();
}

QString accountId(const QString &what, const AccountKey &account)
{
    return u"%1/%2/%3"_s.arg(what, account.participant, account.provider);
}

Notification wordsOf(const Error &error, const QString &provider)
{
    const ErrorText text = errorText(error, provider);
    return {text.title, (text.sentence + u' ' + text.nextStep).trimmed()};
}

/// What another try cures by itself is nothing to call a person for.
bool needsPerson(const Error &error)
{
    return !isTransient(error.kind) && error.kind != ErrorKind::RateLimited &&
           error.kind != ErrorKind::Cancelled && error.kind != ErrorKind::Busy;
}

Concern endsSoon(const AccountStatus &account)
{
    // Without a countdown: a message may be read days later.
    const QString what =
        isAlone(account.key)
            ? AttentionTr::tr("The permission ends within two days.")
            : AttentionTr::tr("The permission of %1 ends within two days.").arg(account.key.participant);
    return {
        accountId(u"ends"_s, account.key),
        {AttentionTr::tr("Reconnect %1 soon").arg(providerTitle(account.key.provider)),
         what + u' ' +
             AttentionTr::tr("Your data stays. Open Wristkeep and choose Reconnect, so that it goes on.")}};
}

Concern reconnectWanted(const AccountKey &account)
{
    const QString who = isAlone(account)
                            ? AttentionTr::tr("Wristkeep cannot sync any more.")
                            : AttentionTr::tr("Wristkeep cannot sync %1 any more.").arg(account.participant);
    return {reconnectId(account),
            {AttentionTr::tr("Reconnect %1").arg(providerTitle(account.provider)),
             who + u' ' + AttentionTr::tr("Your data stays. Open Wristkeep and choose Reconnect to go on.")}};
}

AccountKey accountOf(const SyncReport &report)
{
    return report.cells.isEmpty() ? AccountKey() : report.cells.first().key.account;
}

bool isOfRefusedAccount(const ReportCell &cell)
{
    return cell.error == ErrorKind::AccountRefused;
}

/// Its reason is the refusal with what to do; no answer with data is behind it.
Concern accountRefused(const ReportCell &cell)
{
    const AccountKey &account = cell.key.account;
    Error error;
    error.kind = ErrorKind::AccountRefused;
    Notification words = wordsOf(error, providerTitle(account.provider));
    if (!isAlone(account))
        words.title = AttentionTr::tr("%1: %2").arg(words.title, account.participant);
    if (!cell.reason.isEmpty())
        words.body = cell.reason;
    return {troubleId(ErrorKind::AccountRefused, account), words};
}

QList<Concern> concernsOfStop(const SyncReport &report)
{
    const Error &stopped = *report.stopped;
    const AccountKey account = accountOf(report);
    const QString provider = account.provider.isEmpty() ? QString() : providerTitle(account.provider);
    if (needsPerson(stopped))
        return {{troubleId(stopped.kind, account), wordsOf(stopped, provider)}};
    if (isTransient(stopped.kind))
        return {{u"failed"_s, {AttentionTr::tr("The last sync failed"), errorLine(stopped, provider)}}};
    return {};
}

Notification historyStopped(const BackfillStatus &history)
{
    const QString why =
        history.reason.isEmpty() ? AttentionTr::tr("Open Wristkeep: the sync log says why.") : history.reason;
    return {isAlone(history.account)
                ? AttentionTr::tr("The history needs you")
                : AttentionTr::tr("The history of %1 needs you").arg(history.account.participant),
            AttentionTr::tr("Wristkeep has stopped fetching it.") + u' ' + why};
}

} // namespace

QString reconnectId(const AccountKey &account)
{
    return accountId(u"reconnect"_s, account);
}

QString unexplainedId(const AccountKey &account)
{
    return accountId(u"history"_s, account);
}

QString deniedId(const AccountKey &account, const QString &dataType)
{
    return accountId(u"denied"_s, account) + u'/' + dataType;
}

bool isRefusalId(const QString &id)
{
    return id.startsWith("denied/"_L1) || id.startsWith(errorKindName(ErrorKind::AccountRefused) + u'/');
}

QString troubleId(ErrorKind kind, const AccountKey &account)
{
    switch (kind) {
    case ErrorKind::TokenRefused:
    case ErrorKind::KeyUnusable:
    case ErrorKind::WrongAccount:
        return reconnectId(account);
    case ErrorKind::ServiceGone:
    case ErrorKind::ClientRefused:
    case ErrorKind::ProjectRefused:
    case ErrorKind::BadConfiguration:
        return errorKindName(kind) + u'/' + account.provider;
    case ErrorKind::Storage:
    case ErrorKind::DatabaseTooNew:
        return errorKindName(kind);
    default:
        return accountId(errorKindName(kind), account);
    }
}

QList<Concern> concernsOf(const QList<AccountStatus> &accounts, qint64 nowUtc)
{
    QList<Concern> concerns;
    QList<Concern> soon;
    for (const AccountStatus &account : accounts) {
        if (hasMovedOn(account, accounts))
            continue;
        if (permissionEndsSoon(account, nowUtc))
            soon << endsSoon(account);
        if (account.state == ConnectionState::ReconnectNeeded)
            concerns << reconnectWanted(account.key);
    }
    return concerns + soon;
}

QList<Concern> concernsOf(const SyncReport &report)
{
    // Whoever pressed Cancel knows it.
    if (report.cancelled)
        return {};
    if (report.stopped)
        return concernsOfStop(report);
    QList<Concern> concerns;
    QSet<AccountKey> refused;
    QSet<QString> denied;
    int failed = 0;
    for (const ReportCell &cell : report.cells) {
        const AccountKey &account = cell.key.account;
        if (isOfRefusedAccount(cell)) {
            if (!refused.contains(account))
                concerns << accountRefused(cell);
            refused << account;
        } else if (cell.state == CellState::NotPermitted) {
            denied << deniedId(account, cell.key.dataType);
        } else if (cell.triedAndFailed && !cell.waitsForQuota && !cell.cancelled) {
            ++failed;
        }
    }
    for (const QString &one : std::as_const(denied))
        concerns << Concern{
            one,
            {AttentionTr::tr("A permission is missing"),
             AttentionTr::tr("Some data may not be fetched. Open Wristkeep and connect again to "
                             "allow it; the rest goes on.")}};
    // That somebody must reconnect is told by the accounts, in better words.
    if (failed > 0 && !report.noUsableToken)
        concerns << Concern{
            u"failed"_s,
            {AttentionTr::tr("The last sync brought only part"),
             AttentionTr::tr("Part of what was asked for could not be fetched. Open Wristkeep: the "
                             "sync log says why.")}};
    return concerns;
}

QList<Concern> concernsOf(const Error &openError)
{
    return {{troubleId(openError.kind, {}), wordsOf(openError, {})}};
}

QList<Concern> concernsOf(const BackfillStatus &history)
{
    if (history.state != BackfillState::NeedsPerson)
        return {};
    if (!history.problem)
        return {{unexplainedId(history.account), historyStopped(history)}};
    const QString id = troubleId(*history.problem, history.account);
    if (id == reconnectId(history.account))
        return {reconnectWanted(history.account)};
    if (history.problem != ErrorKind::ScopeMissing)
        return {{id, historyStopped(history)}};
    QList<Concern> concerns;
    for (const QString &type : history.dataTypes)
        concerns << Concern{deniedId(history.account, type), historyStopped(history)};
    return concerns;
}

} // namespace wristkeep
