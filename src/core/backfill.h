// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A backfill as it is asked for and as it stands: one per account, from its first day up to yesterday.

#include "core/error.h"
#include "core/ids.h"

#include <QDate>
#include <QMetaType>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace wristkeep {

enum class BackfillState : std::uint8_t {
    Running,
    Interrupted,       ///< begun, but nobody works on it just now: the program was ended, or another has it
    WaitingForQuota,   ///< only the reserve for today is left, or nothing
    WaitingForNetwork, ///< no answer from the network
    WaitingForService, ///< the service fails
    WaitingForRetry,   ///< what is left failed lately, or another run of the account goes on
    Paused,            ///< by a person
    NeedsPerson,       ///< e.g. to reconnect
    Done,
    Cancelled
};

/// "running", "interrupted", "waiting for quota", …: database and JSON.
QString backfillStateName(BackfillState state);
std::optional<BackfillState> backfillStateFromName(const QString &name);

/// True while there may be more to do without a person's word.
bool isUnderWay(BackfillState state);

struct BackfillOrder
{
    AccountKey account;
    std::optional<QDate> first; ///< none: the account's first day
    QStringList dataTypes;      ///< ids; empty: the provider's default run
};

struct BackfillStatus
{
    AccountKey account;
    BackfillState state = BackfillState::Interrupted;
    QDate first;
    QDate last; ///< inclusive; the participant's yesterday when it was last worked on
    QStringList dataTypes;
    int cellsDone = 0; ///< good, or given up
    int cellsTotal = 0;
    int requestsLeft = 0;
    std::optional<int> etaSeconds;     ///< waits included; none until it can be told
    std::optional<qint64> nextWakeUtc; ///< Unix seconds; none: not waiting for a moment
    qint64 changedUtc = 0;             ///< Unix seconds of the last change that was stored
    QString reason;                    ///< why it waits, or what could not be fetched; a sentence or empty
    std::optional<ErrorKind> problem;  ///< behind the reason; known only where it happened
};

/// Whether it can go on now. A clock that was put back makes no wait longer.
bool isDue(const BackfillStatus &status, qint64 nowUtc);

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::BackfillOrder)
Q_DECLARE_METATYPE(wristkeep::BackfillStatus)
