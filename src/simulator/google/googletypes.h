// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The table of data types: what each is, which operations it knows, which scope it needs. A new type with
// data is one generator and the last columns of one row.

#include "simulator/google/googlepoints.h"

#include <QString>

#include <array>
#include <optional>

namespace wristkeep {

struct GoogleCall;
struct GoogleSwitches;

enum class GoogleKind : std::uint8_t {
    Interval,
    Sample,
    Daily,
    CivilSession, ///< asked for by civil start alone: exercise, logs
    Sleep,        ///< asked for by its end
    Ecg,          ///< asked for by its start, lower bound alone
    Catalogue,    ///< without time
    RollUpOnly
};

enum class GoogleOperation : std::uint8_t { List, Get, Reconcile, RollUp, DailyRollUp, Write };

/// What fell into one window of a roll-up.
struct GoogleSums
{
    qint64 count = 0;
    qint64 sum = 0;
    int least = 0;
    int most = 0;
    std::array<qint64, 5> parts{}; ///< sums by GooglePoint::part

    void add(const GooglePoint &point);
};

struct GoogleType
{
    const char *id;  ///< "heart-rate"
    const char *key; ///< "heartRate"
    GoogleKind kind;
    const char *operations; ///< letters of L G R U D W
    const char *scope;      ///< "health_metrics_and_measurements"
    int rollUpDays = 90;    ///< longest range of a roll-up
    int maxPage = 10'000;
    GoogleDayPoints points = nullptr; ///< none: known, but this person has no such data
    /// The value's members: "count":"97"; nothing when there is none.
    QByteArray (*value)(const GooglePoint &point, const GoogleCall &call) = nullptr;
    QByteArray (*rollUp)(const GoogleSums &sums, const GoogleSwitches &switches) = nullptr;
    const char *rollUpKey = nullptr; ///< where it is not `key`

    [[nodiscard]] bool supports(GoogleOperation operation) const;
    [[nodiscard]] QString name() const { return QString::fromLatin1(id); }
    /// As filters call it: "heart_rate".
    [[nodiscard]] QString filterName() const;
    [[nodiscard]] QString readScope() const;
    /// "list, reconcile": for the error text.
    [[nodiscard]] QString operationNames() const;
};

const GoogleType *findGoogleType(const QString &id);
/// By the name filters use, with underscores.
const GoogleType *findGoogleFilterType(const QString &name);
/// "dailyRollup", as the error texts say it.
QString googleOperationName(GoogleOperation operation);

} // namespace wristkeep
