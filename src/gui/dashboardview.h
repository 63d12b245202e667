// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the window says and offers in a given state: the table of sentences and buttons, without a widget.

#include "gui/dashboardfacts.h"

namespace wristkeep {

enum class PrimaryAction : std::uint8_t {
    None,
    OpenAgain,
    TryDemo,
    Connect,
    Reconnect,
    SyncNow,
    CancelConnect,
    CancelSync,
    OpenSettings,
    MoveOver, ///< to the successor's set-up page
    StayHere  ///< and back
};

struct DashboardView
{
    Tone tone = Tone::Neutral;
    QString status; ///< "Status: Connected"
    QString sentence;
    PrimaryAction action = PrimaryAction::None;
    QString actionText; ///< with its mnemonic
    bool actionEnabled = true;
    bool actionIsQuiet = false;   ///< a way out; what the state asks for is elsewhere
    bool showsSetup = false;      ///< the set-up page takes the dashboard's place
    bool showsConnecting = false; ///< link and redirect address take the day's place
    bool countsDown = false;      ///< the sentence holds a countdown: renew it each second
    bool maySync = false;
    bool mayConnect = false; ///< also again while connected, to grant more
    bool mayDisconnect = false;
    bool mayChoose = false; ///< another participant
};

DashboardView dashboardView(const DashboardFacts &facts, qint64 nowUtc);

} // namespace wristkeep
