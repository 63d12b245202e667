// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention.h"

#include "core/errortexts.h"
#include "sync/catalogue.h"

#include <QCoreApplication>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct AttentionTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::Attention)
};

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

QString deniedId(const CellKey &key)
{
    return u"denied/%1/%2/%3"_s.arg(key.account.participant, key.account.provider, key.dataType);
}

Concern endsSoon(const AccountStatus &account)
{
    const QString &who = account.key.participant;
    // Without a countdown: a message may be read days later.
    const QString what = who == defaultParticipant()
                             ? AttentionTr::tr("The permission ends within two days.")
                             : AttentionTr::tr("The permission of %1 ends within two days.").arg(who);
    return {
        u"ends/%1/%2"_s.arg(who, account.key.provider),
        {AttentionTr::tr("Reconnect %1 soon").arg(providerTitle(account.key.provider)),
         what + u' ' +
             AttentionTr::tr("Your data stays. Open Wristkeep and choose Reconnect, so that it goes on.")}};
}

QString providerOf(const SyncReport &report)
{
    return report.cells.isEmpty() ? QString() : providerTitle(report.cells.first().key.account.provider);
}

} // namespace

QList<Concern> concernsOf(const QList<AccountStatus> &accounts, qint64 nowUtc)
{
    QList<Concern> concerns;
    QList<Concern> soon;
    for (const AccountStatus &account : accounts) {
        if (hasMovedOn(account, accounts))
            continue;
        if (permissionEndsSoon(account, nowUtc))
            soon << endsSoon(account);
        if (account.state != ConnectionState::ReconnectNeeded)
            continue;
        const QString who =
            account.key.participant == defaultParticipant()
                ? AttentionTr::tr("Wristkeep cannot sync any more.")
                : AttentionTr::tr("Wristkeep cannot sync %1 any more.").arg(account.key.participant);
        concerns << Concern{
            u"reconnect/%1/%2"_s.arg(account.key.participant, account.key.provider),
            {AttentionTr::tr("Reconnect %1").arg(providerTitle(account.key.provider)),
             who + u' ' + AttentionTr::tr("Your data stays. Open Wristkeep and choose Reconnect to go on.")}};
    }
    return concerns + soon;
}

QList<Concern> concernsOf(const SyncReport &report)
{
    QList<Concern> concerns;
    // Whoever pressed Cancel knows it.
    if (report.cancelled)
        return concerns;
    if (report.stopped) {
        if (needsPerson(*report.stopped))
            concerns << Concern{u"stopped/"_s + errorKindName(report.stopped->kind),
                                wordsOf(*report.stopped, providerOf(report))};
        else if (isTransient(report.stopped->kind))
            concerns << Concern{
                u"failed"_s,
                {AttentionTr::tr("The last sync failed"), errorLine(*report.stopped, providerOf(report))}};
        return concerns;
    }
    QSet<QString> denied;
    int failed = 0;
    for (const ReportCell &cell : report.cells) {
        if (cell.state == CellState::NotPermitted)
            denied << deniedId(cell.key);
        else if (cell.triedAndFailed && !cell.waitsForQuota && !cell.cancelled)
            ++failed;
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
    return {{u"store/"_s + errorKindName(openError.kind), wordsOf(openError, {})}};
}

std::optional<Notification> Attention::hear(const QList<AccountStatus> &accounts, qint64 nowUtc, bool watched)
{
    return note(Source::Accounts, concernsOf(accounts, nowUtc), watched);
}

std::optional<Notification> Attention::hear(const SyncReport &report, bool watched)
{
    // A stopped run tells nothing about what troubled the one before it.
    if (report.cancelled)
        return std::nullopt;
    // What this run did not ask for is still as it was.
    QSet<QString> asked;
    for (const ReportCell &cell : report.cells)
        asked << deniedId(cell.key);
    QSet<QString> lasting;
    const QSet<QString> known = m_known.value(Source::Run);
    for (const QString &id : known) {
        if (id.startsWith("denied/"_L1) && !asked.contains(id))
            lasting << id;
    }
    const std::optional<Notification> told = note(Source::Run, concernsOf(report), watched);
    m_known[Source::Run].unite(lasting);
    return told;
}

std::optional<Notification> Attention::hear(const std::optional<Error> &openError, bool watched)
{
    return note(Source::Store, openError ? concernsOf(*openError) : QList<Concern>(), watched);
}

std::optional<Notification> Attention::note(Source source, const QList<Concern> &concerns, bool watched)
{
    const QSet<QString> known = m_known.value(source);
    QSet<QString> present;
    for (const Concern &concern : concerns)
        present << concern.id;
    m_known.insert(source, present);
    if (watched)
        return std::nullopt;
    const auto fresh = std::find_if(concerns.cbegin(), concerns.cend(),
                                    [&known](const Concern &one) { return !known.contains(one.id); });
    return fresh == concerns.cend() ? std::nullopt : std::optional<Notification>(fresh->words);
}

} // namespace wristkeep
