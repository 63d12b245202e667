// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/sleeplog.h"

#include <algorithm>

namespace wristkeep {

namespace {

/// The stages of a log in time order, the short awakenings laid over them.
QList<SimSleepSpan> laidOver(const SimSleepLog &log)
{
    QList<SimSleepSpan> out;
    const auto add = [&out](qint64 from, qint64 to, SimSleepStage stage) {
        if (to <= from)
            return;
        if (!out.isEmpty() && out.last().stage == stage && stage != SimSleepStage::Wake)
            out.last().seconds += int(to - from);
        else
            out.append({from, int(to - from), stage});
    };
    auto over = log.awakenings.begin();
    qint64 at = log.startUtc;
    for (const SimSleepSpan &span : log.spans) {
        const qint64 end = span.utc + span.seconds;
        for (; over != log.awakenings.end() && over->utc < end; ++over) {
            add(at, over->utc, span.stage);
            add(over->utc, over->utc + over->seconds, over->stage);
            at = over->utc + over->seconds;
        }
        add(at, end, span.stage);
        at = qMax(at, end);
    }
    return out;
}

/// Whole minutes by stage that add up to `total`: the largest remainders are rounded up.
std::array<int, SimSleepSums::stages> wholeMinutes(const std::array<int, SimSleepSums::stages> &seconds,
                                                   int total)
{
    std::array<int, SimSleepSums::stages> minutes{};
    int left = total;
    for (std::size_t stage = 0; stage < seconds.size(); ++stage) {
        minutes.at(stage) = seconds.at(stage) / 60;
        left -= minutes.at(stage);
    }
    for (; left > 0; --left) {
        std::size_t best = 0;
        for (std::size_t stage = 1; stage < seconds.size(); ++stage) {
            if (seconds.at(stage) - 60 * minutes.at(stage) > seconds.at(best) - 60 * minutes.at(best))
                best = stage;
        }
        ++minutes.at(best);
    }
    return minutes;
}

} // namespace

SimSleepSums sumsOf(const SimSleepLog &log)
{
    SimSleepSums sums;
    std::array<int, SimSleepSums::stages> seconds{};
    const QList<SimSleepSpan> parts = laidOver(log);
    for (const SimSleepSpan &part : parts) {
        seconds.at(std::size_t(part.stage)) += part.seconds;
        sums.counts.at(std::size_t(part.stage)) += part.stage == SimSleepStage::Asleep ? 0 : 1;
    }
    sums.minutes = wholeMinutes(seconds, log.minutesInBed());
    sums.minutesAwake =
        sums.of(SimSleepStage::Wake) + sums.of(SimSleepStage::Restless) + sums.of(SimSleepStage::Awake);
    sums.minutesAsleep = log.minutesInBed() - sums.minutesAwake;
    if (!parts.isEmpty() &&
        (parts.last().stage == SimSleepStage::Wake || parts.last().stage == SimSleepStage::Awake))
        sums.afterWakeUp = parts.last().seconds / 60;
    return sums;
}

QByteArray sleepStageName(SimSleepStage stage)
{
    constexpr std::array<const char *, SimSleepSums::stages> names = {"wake",   "light",    "deep", "rem",
                                                                      "asleep", "restless", "awake"};
    return names.at(std::size_t(stage));
}

void lengthenSleep(SimSleepLog &log, int minutes)
{
    const SimSleepStage stage = log.staged() ? SimSleepStage::Light : SimSleepStage::Asleep;
    log.spans.append({log.endUtc, minutes * 60, stage});
    if (log.spans.size() > 1 && log.spans.at(log.spans.size() - 2).stage == stage) {
        log.spans.removeLast();
        log.spans.last().seconds += minutes * 60;
    }
    log.endUtc += minutes * 60;
    log.revised = true;
}

void hideStages(SimSleepLog &log)
{
    log.pending = true;
    log.quality = SimSleepQuality::FewReadings;
    log.awakenings.clear();
    log.spans = {{log.startUtc, log.seconds(), SimSleepStage::Asleep}};
}

} // namespace wristkeep
