// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The generators of the simulated Fitbit data types. A new type is one function and one row in the route
// table.

#include "simulator/apicall.h"

namespace wristkeep {

SimResponse profileAnswer(const ApiCall &call);
SimResponse devicesAnswer(const ApiCall &call);
SimResponse stepsAnswer(const ApiCall &call);
SimResponse heartAnswer(const ApiCall &call);
/// Distance, floors, elevation, calories, minutes by level; the resource says which.
SimResponse activityAnswer(const ApiCall &call);
SimResponse zoneMinutesAnswer(const ApiCall &call);
SimResponse sleepAnswer(const ApiCall &call);
SimResponse sleepListAnswer(const ApiCall &call);
SimResponse weightLogAnswer(const ApiCall &call);
SimResponse fatLogAnswer(const ApiCall &call);
/// Weight, fat or BMI; days without a weigh-in repeat a neighbour.
SimResponse bodySeriesAnswer(const ApiCall &call);

/// Steps of a date as the daily series tells them now.
int dailySteps(const ApiCall &call, QDate date);

} // namespace wristkeep
