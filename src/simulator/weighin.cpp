// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/weighin.h"

#include "core/dayrecord.h"
#include "simulator/daydata.h"
#include "simulator/dayplan.h"
#include "simulator/simrandom.h"

namespace wristkeep {

namespace {

/// A slow wave between -span and span: the straight line from one four weeks to the next.
int driftOn(const PersonTraits &person, QDate date, int span, quint64 purpose)
{
    constexpr int block = 28;
    const auto anchor = [&](qint64 number) {
        return SimRandom(mixKey({person.key, quint64(number), purpose})).between(-span, span);
    };
    const qint64 number = date.toJulianDay() / block;
    const int into = int(date.toJulianDay() % block);
    return (anchor(number) * (block - into) + anchor(number + 1) * into) / block;
}

SimWeighIn weighedAt(const PersonTraits &person, const CivilDay &day, int wallSecond, SimRandom &random)
{
    const qint64 local = simWallMidnight(day.date) + wallSecond;
    SimWeighIn made;
    made.offset = offsetAt(day, local - day.offsetS);
    made.utc = local - made.offset;
    const int grams = person.weightG + driftOn(person, day.date, 1900, 51) + random.between(-350, 350);
    made.grams = (grams + 50) / 100 * 100;
    const int fat = (person.female ? 262 : 196) + int(person.key % 70) - 35 +
                    driftOn(person, day.date, 14, 52) + random.between(-4, 4);
    made.fatPerMille = random.chance(650) ? fat : 0;
    return made;
}

} // namespace

QList<SimWeighIn> makeWeighIns(const PersonTraits &person, const CivilDay &day)
{
    QList<SimWeighIn> list;
    SimRandom random(mixKey({person.key, quint64(day.date.toJulianDay()), 50}));
    if (random.chance(430)) {
        const int minute = wakeMinuteOn(person, day.date) + random.between(4, 25);
        list.append(weighedAt(person, day, minute * 60 + random.below(60), random));
    }
    if (random.chance(30))
        list.append(weighedAt(person, day, random.between(75'000, 80'000), random));
    return list;
}

} // namespace wristkeep
