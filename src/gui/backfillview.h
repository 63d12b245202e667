// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the window says and offers about a backfill in each of its states, without a widget. The person reads
// "history": nobody needs to know the word.

#include "core/backfill.h"
#include "gui/statecolors.h"

namespace wristkeep {

struct BackfillView
{
    Tone tone = Tone::Neutral;
    QString title;    ///< "History: paused"
    QString sentence; ///< what happens next, or what to do
    QString why;      ///< more about it; may be empty
    QString counts;   ///< "2,196 of 7,305 days of data, 612 requests left, about 5 h 12 min"
    int done = 0;
    int total = 0; ///< 0: not known yet
    bool mayPause = false;
    bool mayResume = false;
    bool mayCancel = false;
    bool mayHide = false;    ///< it has ended
    bool countsDown = false; ///< the sentence holds a countdown: renew it each second
};

/// `provider`: its title. `syncing`: a sync of this window goes first just now.
BackfillView backfillView(const BackfillStatus &status, const QString &provider, bool syncing, qint64 nowUtc);

} // namespace wristkeep
