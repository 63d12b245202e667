// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One authorized call of the simulated Health API, as lists and roll-ups see it.

#include "simulator/google/googletypes.h"
#include "simulator/simmessage.h"
#include "simulator/simusers.h"

namespace wristkeep {

struct GoogleSwitches;

/// Whose records are meant (dataSourceFamily).
enum class GoogleFamily : std::uint8_t {
    All,
    Wearables, ///< the tracker's alone
    Self       ///< what this client wrote itself: nothing
};

struct GoogleCall
{
    const SimRequest &request;
    const SimUser &user;
    const GoogleSwitches &switches;
    const GoogleType &type;
    qint64 now = 0;      ///< Unix seconds
    qint64 lastSync = 0; ///< Unix seconds

    [[nodiscard]] QDate today() const { return user.dateAt(now); }
    /// The records of one civil day, ascending. `reconciled`: one source where several saw the same.
    [[nodiscard]] QList<GooglePoint> points(QDate date, GoogleFamily family, bool reconciled) const;
    /// As points(), for a stream over several days: a day ends where the next begins, even when the person
    /// flew east in between.
    [[nodiscard]] QList<GooglePoint> streamPoints(QDate date, GoogleFamily family, bool reconciled) const;
    /// "users/me/dataSourceFamilies/…" read; the refusal of anything else. Empty: All.
    [[nodiscard]] std::optional<SimResponse> readFamily(const QString &text, GoogleFamily *family) const;
};

/// The refusal of a query parameter that `known` and the parameters of every method do not hold.
std::optional<SimResponse> unknownGoogleParameter(const FormFields &query, const QStringList &known);

} // namespace wristkeep
