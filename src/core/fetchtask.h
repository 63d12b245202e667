// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One request the planner decided on, and the state of the cells it is meant to fill.

#include "core/ids.h"

#include <QDate>
#include <QMetaType>

#include <cstdint>
#include <optional>

namespace wristkeep {

struct FetchTask
{
    AccountKey account;
    QString dataType;
    QDate first;
    QDate last;   ///< inclusive
    QString page; ///< a page token or link; empty for the first page
    bool operator==(const FetchTask &) const = default;
};

/// States of a ledger cell (docs/ARCHITECTURE.md, "The ledger"). No row at all means never asked.
enum class CellState : std::uint8_t { Provisional, Complete, Empty, Partial, Failed, NotPermitted };

/// "provisional", "complete", "empty", "partial", "failed", "not permitted": ledger, views and JSON.
QString cellStateName(CellState state);
std::optional<CellState> cellStateFromName(const QString &name);

/// Complete, empty and provisional are good.
bool isGood(CellState state);

struct CellKey
{
    AccountKey account;
    QString dataType;
    QDate date;
    bool operator==(const CellKey &) const = default;
};

struct Cell
{
    CellKey key;
    CellState state = CellState::Failed;
    bool hasData = false;
    bool suspicious = false;            ///< the last answer was empty or poorer although data is kept
    QString reason;                     ///< why it is not good; empty otherwise
    std::optional<qint64> fetchedAtUtc; ///< of the answer the data came from
    qint64 lastTryUtc = 0;
    QString lastError; ///< of the last try; empty if it went well
    int points = 0;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::FetchTask)
Q_DECLARE_METATYPE(wristkeep::Cell)
