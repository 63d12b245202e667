// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "providers/provider.h"

namespace wristkeep::test {

/// Provider::dayBodies() for one day.
inline Result<QByteArray> dayBody(const Provider &provider, const QList<QByteArray> &bodies, QDate date,
                                  const ParseContext &context)
{
    return provider.dayBodies(bodies, {date}, context).map([date](const DayBodies &shares) {
        return shares.value(date);
    });
}

} // namespace wristkeep::test
