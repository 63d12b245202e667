// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/sleeplog.h"

#include <algorithm>

namespace wristkeep {

namespace {

/// The stages of a log in time order, the short awakenings laid over them.
QList<SleepSpan> laidOver(const SleepLog &log)
{
    QList<SleepSpan> out;
    const auto add = [&out](qint64 from, qint64 to, SleepStage stage) {
        if (to <= from)
            return;
        if (!out.isEmpty() && out.last().stage == stage && stage != SleepStage::Wake)
            out.last().seconds += int(to - from);
        else
            out.append({from, int(to - from), stage});
    };
    auto over = log.awakenings.begin();
    qint64 at = log.startUtc;
    for (const SleepSpan &span : log.spans) {
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
std::array<int, SleepSums::stages> wholeMinutes(const std::array<int, SleepSums::stages> &seconds, int total)
{
    std::array<int, SleepSums::stages> minutes{};
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

SleepSums sumsOf(const SleepLog &log)
{
    SleepSums sums;
    std::array<int, SleepSums::stages> seconds{};
    const QList<SleepSpan> parts = laidOver(log);
    for (const SleepSpan &part : parts) {
        seconds.at(std::size_t(part.stage)) += part.seconds;
        sums.counts.at(std::size_t(part.stage)) += part.stage == SleepStage::Asleep ? 0 : 1;
    }
    sums.minutes = wholeMinutes(seconds, log.minutesInBed());
    sums.minutesAwake =
        sums.of(SleepStage::Wake) + sums.of(SleepStage::Restless) + sums.of(SleepStage::Awake);
    sums.minutesAsleep = log.minutesInBed() - sums.minutesAwake;
    if (!parts.isEmpty() &&
        (parts.last().stage == SleepStage::Wake || parts.last().stage == SleepStage::Awake))
        sums.afterWakeUp = parts.last().seconds / 60;
    return sums;
}

QByteArray sleepStageName(SleepStage stage)
{
    constexpr std::array<const char *, SleepSums::stages> names = {"wake",   "light",    "deep", "rem",
                                                                   "asleep", "restless", "awake"};
    return names.at(std::size_t(stage));
}

void lengthenSleep(SleepLog &log, int minutes)
{
    const SleepStage stage = log.staged() ? SleepStage::Light : SleepStage::Asleep;
    log.spans.append({log.endUtc, minutes * 60, stage});
    if (log.spans.size() > 1 && log.spans.at(log.spans.size() - 2).stage == stage) {
        log.spans.removeLast();
        log.spans.last().seconds += minutes * 60;
    }
    log.endUtc += minutes * 60;
    log.revised = true;
}

void hideStages(SleepLog &log)
{
    log.pending = true;
    log.quality = SleepQuality::FewReadings;
    log.awakenings.clear();
    log.spans = {{log.startUtc, log.seconds(), SleepStage::Asleep}};
}

int offsetAt(const CivilDay &day, qint64 utc)
{
    return day.changeUtc && utc >= *day.changeUtc ? day.offsetAfterS : day.offsetS;
}

} // namespace wristkeep
