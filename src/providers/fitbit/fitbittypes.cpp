// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/fitbittypes.h"

#include "providers/fitbit/heartrateparser.h"
#include "providers/fitbit/stepsparser.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

// One day a request for now, also where Fitbit has a range form: the planner goes day by day.
const QList<FitbitType> &fitbitTypes()
{
    static const QList<FitbitType> rows{
        {{.id = u"steps"_s,
          .alias = {},
          .title = u"Steps"_s,
          .scope = u"activity"_s,
          .inDefaultRun = true,
          .settleDays = 7,
          .maxDaysPerRequest = 1},
         u"/1/user/-/activities/steps/date/%1/1d.json"_s,
         u"/1/user/-/activities/steps/date/%1/%2.json"_s,
         &parseSteps},
        {{.id = u"heartrate_1min"_s,
          .alias = u"heartrate"_s,
          .title = u"Heart rate, every minute"_s,
          .scope = u"heartrate"_s,
          .inDefaultRun = true,
          .settleDays = 7,
          .maxDaysPerRequest = 1},
         u"/1/user/-/activities/heart/date/%1/1d/1min.json"_s,
         {},
         &parseHeartRate},
    };
    return rows;
}

const FitbitType *fitbitType(const QString &id)
{
    const QList<FitbitType> &rows = fitbitTypes();
    const auto found =
        std::find_if(rows.cbegin(), rows.cend(), [&id](const FitbitType &row) { return row.type.id == id; });
    return found == rows.cend() ? nullptr : &*found;
}

const QList<DataType> &fitbitImportedTypes()
{
    static const QList<DataType> types{
        {.id = u"heartrate_daily"_s,
         .alias = {},
         .title = u"Resting heart rate and zones"_s,
         .scope = u"heartrate"_s},
        {.id = u"sleep"_s, .alias = {}, .title = u"Sleep"_s, .scope = u"sleep"_s},
        {.id = u"weight"_s, .alias = {}, .title = u"Weight"_s, .scope = u"weight"_s},
    };
    return types;
}

} // namespace wristkeep
