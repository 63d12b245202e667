// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The nights and naps of the made-up person, in stages. They lie inside the minutes that the day plan calls
// asleep and in which the tracker was worn.

#include "core/civilday.h"
#include "simulator/person.h"

#include <QList>

#include <array>

namespace wristkeep {

enum class SimSleepStage : std::uint8_t { Wake, Light, Deep, Rem, Asleep, Restless, Awake };

struct SimSleepSpan
{
    qint64 utc = 0; ///< Unix seconds
    int seconds = 0;
    SimSleepStage stage = SimSleepStage::Wake;
};

/// Why a log has no stages, or that it has them.
enum class SimSleepQuality : std::uint8_t { Staged, FewReadings, TooShort };

struct SimSleepLog
{
    qint64 id = 0; ///< stays when the log is revised
    QDate date;    ///< the civil day of its end
    qint64 startUtc = 0;
    qint64 endUtc = 0;   ///< of what is known now
    int startOffset = 0; ///< local minus UTC, seconds
    int endOffset = 0;
    SimSleepQuality quality = SimSleepQuality::Staged;
    bool nap = false;
    bool main = false;              ///< the longest of the day that is no nap
    bool revised = false;           ///< came back longer
    bool pending = false;           ///< stages are still being computed
    QList<SimSleepSpan> spans;      ///< ascending, without gaps, from start to end
    QList<SimSleepSpan> awakenings; ///< short ones that lie over the spans; staged logs only

    [[nodiscard]] bool staged() const { return quality == SimSleepQuality::Staged; }
    [[nodiscard]] int seconds() const { return int(endUtc - startUtc); }
    [[nodiscard]] int minutesInBed() const { return seconds() / 60; }
};

/// What a log adds up to, the short awakenings laid over the stages. The minutes add up to minutesInBed().
struct SimSleepSums
{
    static constexpr int stages = 7;
    std::array<int, stages> minutes{};
    std::array<int, stages> counts{}; ///< of Asleep always 0, as the service has it
    int minutesAsleep = 0;
    int minutesAwake = 0;
    int afterWakeUp = 0; ///< minutes awake at the end

    [[nodiscard]] int of(SimSleepStage stage) const { return minutes.at(std::size_t(stage)); }
    [[nodiscard]] int count(SimSleepStage stage) const { return counts.at(std::size_t(stage)); }
};

SimSleepSums sumsOf(const SimSleepLog &log);
/// "wake", "light", "deep", "rem", "asleep", "restless", "awake".
QByteArray sleepStageName(SimSleepStage stage);

/// A civil day and whether the tracker was worn on it.
struct SimSleepDay
{
    CivilDay day;
    bool worn = false;
};

/// What ended on the second of three days in a row, ascending. Pure, like makeDay().
QList<SimSleepLog> makeSleeps(const PersonTraits &person, const std::array<SimSleepDay, 3> &days);

/// The same log, as it comes back when more of the night has arrived.
void lengthenSleep(SimSleepLog &log, int minutes);
/// The log while its stages are being computed: one span without them.
void hideStages(SimSleepLog &log);

} // namespace wristkeep
