// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The filter of list and reconcile, a small part of AIP-160: member (>= | <) "literal", joined by AND.

#include "simulator/google/googletypes.h"

#include <QString>

#include <optional>

namespace wristkeep {

/// What the bounds are compared with.
enum class GoogleBound : std::uint8_t {
    None,
    Physical, ///< milliseconds since the epoch
    Civil,    ///< seconds on the person's wall clock since 1970
    Date      ///< Julian days
};

struct GoogleFilter
{
    GoogleBound bound = GoogleBound::None;
    std::optional<qint64> from; ///< inclusive
    std::optional<qint64> to;   ///< exclusive
    bool byEnd = false;         ///< compares the record's end: sleep
    bool either = false;        ///< one bound is enough: joined by OR

    /// Compares the record's start, or its end.
    [[nodiscard]] bool takes(const GooglePoint &point) const;
};

/// The reason of the API's catalogue and the sentence that goes with it.
struct GoogleFilterFault
{
    QString reason;
    QString message;
};

/// Returns what is wrong with the text, or nothing and fills `filter`. An empty text takes everything.
std::optional<GoogleFilterFault> readGoogleFilter(const QString &text, const GoogleType &type,
                                                  GoogleFilter *filter);

} // namespace wristkeep
