// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What needs the person, out of what the worker tells: with the words for it, and an id by which the same
// trouble is known again, whoever meets it. Pure.

#include "core/backfill.h"
#include "core/syncmessages.h"

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

/// A new sign-in is needed, whatever for.
QString reconnectId(const AccountKey &account);
/// The same for a sync and for a backfill that meets it; of the account, the service or this computer.
QString troubleId(ErrorKind kind, const AccountKey &account);
/// Of a backfill that stands still for a reason nobody kept.
QString unexplainedId(const AccountKey &account);
QString deniedId(const AccountKey &account, const QString &dataType);
/// True for a trouble of one account that only a new answer of the service can end.
bool isRefusalId(const QString &id);

/// The gravest first.
QList<Concern> concernsOf(const QList<AccountStatus> &accounts, qint64 nowUtc);
QList<Concern> concernsOf(const SyncReport &report);
QList<Concern> concernsOf(const Error &openError);
/// None unless it stands still until a person does something.
QList<Concern> concernsOf(const BackfillStatus &history);

} // namespace wristkeep
