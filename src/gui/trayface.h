// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tray shows in a given state, in words and as a picture, without a tray.

#include "core/backfill.h"
#include "gui/dashboardfacts.h"

#include <QIcon>

namespace wristkeep {

enum class TrayState : std::uint8_t { Idle, Syncing, Attention };

struct TrayFace
{
    TrayState state = TrayState::Idle;
    QString tooltip; ///< several lines
    QString result;  ///< the last run in one line
    bool maySync = false;
};

/// `histories`: the backfills of all accounts. What needs the person is never hidden by one that is running.
TrayFace trayFace(const DashboardFacts &facts, const QList<BackfillStatus> &histories, qint64 nowUtc);

/// The program's icon; while syncing with two arrows in a round badge, for attention with an exclamation mark
/// in a triangular one: the shapes alone tell them apart.
QIcon trayPicture(TrayState state);

} // namespace wristkeep
