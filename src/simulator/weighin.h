// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When the made-up person stood on the scale, and what it showed: some mornings, now and then once more in
// the evening, with a slow drift over months.

#include "core/civilday.h"
#include "simulator/person.h"

#include <QList>

namespace wristkeep {

struct SimWeighIn
{
    qint64 utc = 0;      ///< Unix seconds
    int offset = 0;      ///< local minus UTC, seconds
    int grams = 0;       ///< full hundreds, as the scale shows them
    int fatPerMille = 0; ///< body fat; 0: not measured
};

/// Pure, like makeDay(); ascending.
QList<SimWeighIn> makeWeighIns(const PersonTraits &person, const CivilDay &day);

} // namespace wristkeep
