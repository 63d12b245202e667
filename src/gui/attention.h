// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What needs the person while they are not looking, told once for each new state. Values in, values out.

#include "core/syncmessages.h"

#include <QHash>
#include <QSet>

namespace wristkeep {

/// A message outside the window. Plain text, free of measured values: it may show on a locked screen.
struct Notification
{
    QString title;
    QString body;
    bool operator==(const Notification &) const = default;
};

/// Something that needs the person. The same state has the same id as long as it lasts.
struct Concern
{
    QString id;
    Notification words;
};

/// The gravest first.
QList<Concern> concernsOf(const QList<AccountStatus> &accounts, qint64 nowUtc);
QList<Concern> concernsOf(const SyncReport &report);
QList<Concern> concernsOf(const Error &openError);

class Attention
{
public:
    /// What is to be told now; nothing while the person sees the window, nothing known, nothing good.
    [[nodiscard]] std::optional<Notification> hear(const QList<AccountStatus> &accounts, qint64 nowUtc,
                                                   bool watched);
    [[nodiscard]] std::optional<Notification> hear(const SyncReport &report, bool watched);
    /// None: the data could be opened.
    [[nodiscard]] std::optional<Notification> hear(const std::optional<Error> &openError, bool watched);

private:
    enum class Source : std::uint8_t { Accounts, Run, Store };
    std::optional<Notification> note(Source source, const QList<Concern> &concerns, bool watched);

    QHash<Source, QSet<QString>> m_known;
};

} // namespace wristkeep
