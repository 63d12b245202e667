// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the values of data points and of roll-up windows are written: the members between the braces, without
// times and source.

#include "simulator/google/googletypes.h"

namespace wristkeep {

QByteArray stepValue(const GooglePoint &point, const GoogleCall &call);
QByteArray stepSum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray rateValue(const GooglePoint &point, const GoogleCall &call);
QByteArray rateSpread(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray restingValue(const GooglePoint &point, const GoogleCall &call);
QByteArray restingRange(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray zoneBoundValue(const GooglePoint &point, const GoogleCall &call);
QByteArray distanceValue(const GooglePoint &point, const GoogleCall &call);
QByteArray distanceSum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray altitudeValue(const GooglePoint &point, const GoogleCall &call);
QByteArray altitudeSum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray calorieSum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray activeValue(const GooglePoint &point, const GoogleCall &call);
QByteArray activeSum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray zoneMinuteValue(const GooglePoint &point, const GoogleCall &call);
QByteArray zoneMinuteSum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray sedentaryValue(const GooglePoint &point, const GoogleCall &call);
QByteArray sedentarySum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray timeInZoneValue(const GooglePoint &point, const GoogleCall &call);
QByteArray timeInZoneSum(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray weightValue(const GooglePoint &point, const GoogleCall &call);
QByteArray weightMean(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray fatValue(const GooglePoint &point, const GoogleCall &call);
QByteArray fatMean(const GoogleSums &sums, const GoogleSwitches &switches);
QByteArray sleepValue(const GooglePoint &point, const GoogleCall &call);

} // namespace wristkeep
