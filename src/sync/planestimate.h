// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a plan costs, told before it begins: requests, quota windows, time, disk.

#include "core/ids.h"

#include <QDate>
#include <QList>
#include <QMetaType>

#include <optional>

namespace wristkeep {

struct PlanEstimate
{
    struct OfType
    {
        QString dataType;
        int requests = 0; ///< pages after the first included
        int days = 0;     ///< cells that are asked for
        bool operator==(const OfType &) const = default;
    };

    AccountKey account;
    QList<OfType> types; ///< in the provider's order, those asked for only
    QDate first;         ///< of what was asked for; both invalid when nothing was
    QDate last;
    int requests = 0;      ///< of all types
    int otherRequests = 0; ///< beside the plan: the account's profile, once a day
    int cells = 0;         ///< asked for, whether or not a request is needed
    int days = 0;          ///< of these, the ones a request is sent for
    int notPermitted = 0;  ///< of these, the ones whose scope was not granted
    int windows = 0;       ///< quota windows in which requests are sent
    int windowSeconds = 0; ///< how long one is; 0: there are none
    /// Requests the present window still holds; none: no limit is known.
    std::optional<int> leftNow;
    std::optional<qint64> resetAtUtc; ///< Unix seconds at which the present window ends
    qint64 finishUtc = 0;             ///< Unix seconds
    qint64 seconds = 0;               ///< from now to finishUtc, waits included
    qint64 archiveBytes = 0;          ///< the answers, compressed
    qint64 fileBytes = 0;             ///< the day files
    qint64 rowBytes = 0;              ///< what the database grows by

    [[nodiscard]] qint64 diskBytes() const { return archiveBytes + fileBytes + rowBytes; }
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::PlanEstimate)
