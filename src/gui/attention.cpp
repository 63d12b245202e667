// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/attention.h"

#include "gui/runend.h"

#include <algorithm>
#include <utility>

namespace wristkeep {

std::optional<Notification> Attention::hear(const QList<AccountStatus> &accounts, qint64 nowUtc, bool watched)
{
    const QSet<QString> before = m_known.value(Source::Accounts);
    std::optional<Notification> told = note(Source::Accounts, concernsOf(accounts, nowUtc), watched);
    const QSet<QString> cured = before - m_known.value(Source::Accounts);
    for (History &history : m_histories)
        history.ids -= cured;
    m_accountsHeard = true;
    const QHash<AccountKey, BackfillStatus> waiting = std::exchange(m_unexplained, {});
    for (const BackfillStatus &history : waiting) {
        const std::optional<Notification> more = hear(history, watched);
        told = told ? told : more;
    }
    return told;
}

std::optional<Notification> Attention::hear(const SyncReport &report, bool watched)
{
    // A stopped run tells nothing about what troubled the one before it.
    if (report.cancelled)
        return std::nullopt;
    // What this run did not ask for is still as it was.
    QSet<QString> asked;
    for (const ReportCell &cell : report.cells) {
        asked << deniedId(cell.key.account, cell.key.dataType);
        if (wentWell(cell))
            asked << troubleId(ErrorKind::AccountRefused, cell.key.account);
    }
    QSet<QString> lasting;
    const QSet<QString> known = m_known.value(Source::Run);
    for (const QString &id : known) {
        if (isRefusalId(id) && !asked.contains(id))
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

std::optional<Notification> Attention::hear(const BackfillStatus &history, bool watched)
{
    History &followed = follow(history);
    m_unexplained.remove(history.account);
    if (history.state != BackfillState::NeedsPerson)
        return std::nullopt;
    // The database does not keep the kind of trouble: what is known of the account already is the same.
    if (!history.problem) {
        if (!m_accountsHeard)
            m_unexplained.insert(history.account, history);
        if (!m_accountsHeard || !followed.ids.isEmpty())
            return std::nullopt;
        if (const QString reconnect = reconnectId(history.account); isKnown(reconnect)) {
            followed.ids << reconnect;
            return std::nullopt;
        }
    }
    const bool wasUnexplained = followed.ids.contains(unexplainedId(history.account));
    const QList<Concern> concerns = concernsOf(history);
    const std::optional<Notification> told = firstNew(concerns, watched || wasUnexplained);
    followed.ids.clear();
    for (const Concern &concern : concerns)
        followed.ids << concern.id;
    return told;
}

std::optional<Notification> Attention::hear(const QList<BackfillStatus> &histories, bool watched)
{
    QHash<AccountKey, History> listed;
    for (const BackfillStatus &history : histories)
        listed.insert(history.account, m_histories.value(history.account));
    m_histories = listed;
    m_unexplained.clear();
    std::optional<Notification> told;
    for (const BackfillStatus &history : histories) {
        const std::optional<Notification> more = hear(history, watched);
        told = told ? told : more;
    }
    return told;
}

Attention::History &Attention::follow(const BackfillStatus &history)
{
    History &followed = m_histories[history.account];
    const bool isOver = history.state == BackfillState::Done || history.state == BackfillState::Cancelled;
    if (isOver || history.first != followed.first || history.dataTypes != followed.dataTypes)
        followed = {history.first, history.dataTypes, 0, {}};
    // Whatever it stood still for is behind it once it gets further than ever before.
    if (history.cellsDone > followed.furthest)
        followed.ids.clear();
    followed.furthest = std::max(followed.furthest, history.cellsDone);
    return followed;
}

std::optional<Notification> Attention::note(Source source, const QList<Concern> &concerns, bool watched)
{
    const std::optional<Notification> told = firstNew(concerns, watched);
    QSet<QString> present;
    for (const Concern &concern : concerns)
        present << concern.id;
    m_known.insert(source, present);
    return told;
}

std::optional<Notification> Attention::firstNew(const QList<Concern> &concerns, bool watched) const
{
    if (watched)
        return std::nullopt;
    const auto fresh = std::find_if(concerns.cbegin(), concerns.cend(),
                                    [this](const Concern &one) { return !isKnown(one.id); });
    return fresh == concerns.cend() ? std::nullopt : std::optional<Notification>(fresh->words);
}

bool Attention::isKnown(const QString &id) const
{
    return std::any_of(m_known.cbegin(), m_known.cend(),
                       [&id](const QSet<QString> &ids) { return ids.contains(id); }) ||
           std::any_of(m_histories.cbegin(), m_histories.cend(),
                       [&id](const History &history) { return history.ids.contains(id); });
}

} // namespace wristkeep
