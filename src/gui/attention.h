// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What needs the person while they are not looking, told once for each new state, whether a sync, a backfill
// or the account's own state brings it. Values in, values out.

#include "gui/concerns.h"

#include <QDate>
#include <QHash>
#include <QSet>

namespace wristkeep {

class Attention
{
public:
    /// What is to be told now; nothing while the person sees the window, nothing known, nothing good.
    [[nodiscard]] std::optional<Notification> hear(const QList<AccountStatus> &accounts, qint64 nowUtc,
                                                   bool watched);
    [[nodiscard]] std::optional<Notification> hear(const SyncReport &report, bool watched);
    /// None: the data could be opened.
    [[nodiscard]] std::optional<Notification> hear(const std::optional<Error> &openError, bool watched);
    /// One that is tried anew and stops for the same reason is nothing new, unless it got further meanwhile.
    [[nodiscard]] std::optional<Notification> hear(const BackfillStatus &history, bool watched);
    /// All there are, as the database has them.
    [[nodiscard]] std::optional<Notification> hear(const QList<BackfillStatus> &histories, bool watched);

private:
    enum class Source : std::uint8_t { Accounts, Run, Store };
    /// Of one account's backfill.
    struct History
    {
        QDate first;
        QStringList dataTypes;
        int furthest = 0;  ///< cells done
        QSet<QString> ids; ///< of what it stands still for
    };

    std::optional<Notification> note(Source source, const QList<Concern> &concerns, bool watched);
    [[nodiscard]] std::optional<Notification> firstNew(const QList<Concern> &concerns, bool watched) const;
    [[nodiscard]] bool isKnown(const QString &id) const;
    History &follow(const BackfillStatus &history);

    QHash<Source, QSet<QString>> m_known;
    QHash<AccountKey, History> m_histories;
    QHash<AccountKey, BackfillStatus> m_unexplained; ///< stand still, and the accounts may tell why
    bool m_accountsHeard = false;
};

} // namespace wristkeep
