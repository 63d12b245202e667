// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simscopes.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

const QList<SimScope> &simScopes()
{
    static const QList<SimScope> scopes = {
        {u"activity"_s, u"Activity and exercise"_s, u"Steps, distance, calories, active minutes"_s, u"ract"_s,
         u"ACTIVITY"_s},
        {u"heartrate"_s, u"Heart rate"_s, u"Heart rate through the day, resting rate, variability"_s,
         u"rhr"_s, u"HEARTRATE"_s},
        {u"sleep"_s, u"Sleep"_s, u"Sleep times and sleep stages"_s, u"rsle"_s, u"SLEEP"_s},
        {u"weight"_s, u"Weight"_s, u"Weight, body fat, body mass index"_s, u"rwei"_s, u"WEIGHT"_s},
        {u"nutrition"_s, u"Food and water"_s, u"Logged food, water and goals"_s, u"rnut"_s, u"NUTRITION"_s},
        {u"profile"_s, u"Profile"_s, u"Name, age, height, time zone"_s, u"rpro"_s, u"PROFILE"_s},
        {u"settings"_s, u"Devices and settings"_s, u"Trackers, their battery and last sync"_s, u"rset"_s,
         u"SETTINGS"_s},
        {u"location"_s, u"Location"_s, u"GPS tracks of recorded exercises"_s, u"rloc"_s, u"LOCATION"_s},
        {u"oxygen_saturation"_s, u"Oxygen saturation"_s, u"SpO2 during sleep"_s, u"roxy"_s,
         u"OXYGEN_SATURATION"_s},
        {u"respiratory_rate"_s, u"Breathing rate"_s, u"Breaths per minute during sleep"_s, u"rres"_s,
         u"RESPIRATORY_RATE"_s},
        {u"temperature"_s, u"Temperature"_s, u"Skin and core temperature"_s, u"rtem"_s, u"TEMPERATURE"_s},
        {u"cardio_fitness"_s, u"Cardio fitness"_s, u"Estimated VO2 max"_s, u"rcf"_s, u"CARDIO_FITNESS"_s},
        {u"electrocardiogram"_s, u"Electrocardiogram"_s, u"Recorded ECG readings"_s, u"recg"_s,
         u"ELECTROCARDIOGRAM"_s},
        {u"irregular_rhythm_notifications"_s, u"Irregular rhythm"_s,
         u"Notifications about irregular rhythm"_s, u"rirn"_s, u"IRREGULAR_RHYTHM_NOTIFICATIONS"_s},
        {u"social"_s, u"Friends"_s, u"The list of friends"_s, u"rsoc"_s, u"SOCIAL"_s},
    };
    return scopes;
}

const SimScope *findSimScope(const QString &id)
{
    const QList<SimScope> &scopes = simScopes();
    const auto found =
        std::find_if(scopes.begin(), scopes.end(), [&id](const SimScope &s) { return s.id == id; });
    return found == scopes.end() ? nullptr : &*found;
}

QStringList splitScopes(const QString &text)
{
    QStringList scopes = text.split(u' ', Qt::SkipEmptyParts);
    scopes.removeDuplicates();
    return scopes;
}

} // namespace wristkeep
