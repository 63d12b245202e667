// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/sleeplevels.h"

#include "providers/fitbit/answerchecks.h"
#include "providers/fitbit/daytimes.h"
#include "providers/fitbit/sleepspans.h"

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 SameStamp = 30; // s: levels come in multiples of it, so a smaller difference is rounding

/// The wall clock of one night. How it is served across a clock change is not known: with the clock, or going
/// on as if nothing had changed.
class NightClock
{
public:
    NightClock(QDateTime start, qint64 startUtc, const Zone &zone)
        : m_start(std::move(start)), m_startUtc(startUtc), m_zone(zone)
    {
    }

    /// The instant of an element that should begin at `expected`: that one, or a later one where the list has
    /// a hole; none where it steps back.
    std::optional<qint64> inARow(const QDateTime &stamp, qint64 expected)
    {
        const auto isExpected = [expected](qint64 utc) { return qAbs(utc - expected) < SameStamp; };
        const QList<qint64> told = instantsOf(stamp, m_zone);
        if (std::any_of(told.cbegin(), told.cend(), isExpected))
            return expected;
        m_goesOn = m_goesOn || isExpected(goingOn(stamp));
        return isExpected(goingOn(stamp)) ? expected : noEarlierThan(stamp, expected);
    }

    [[nodiscard]] std::optional<qint64> noEarlierThan(const QDateTime &stamp, qint64 earliest) const
    {
        QList<qint64> told = m_goesOn ? QList<qint64>() : instantsOf(stamp, m_zone);
        if (told.isEmpty())
            told.append(goingOn(stamp));
        const auto found =
            std::find_if(told.cbegin(), told.cend(), [earliest](qint64 utc) { return utc >= earliest; });
        return found == told.cend() ? std::nullopt : std::optional(*found);
    }

private:
    [[nodiscard]] qint64 goingOn(const QDateTime &stamp) const { return m_startUtc + m_start.secsTo(stamp); }

    QDateTime m_start;
    qint64 m_startUtc;
    const Zone &m_zone;
    bool m_goesOn = false;
};

struct LevelName
{
    QLatin1StringView served;
    QLatin1StringView stage;
};

constexpr std::array LevelNames{LevelName{"wake"_L1, "awake"_L1},    LevelName{"light"_L1, "light"_L1},
                                LevelName{"deep"_L1, "deep"_L1},     LevelName{"rem"_L1, "rem"_L1},
                                LevelName{"asleep"_L1, "asleep"_L1}, LevelName{"restless"_L1, "restless"_L1},
                                LevelName{"awake"_L1, "awake"_L1}};

Result<QString> stageOfLevel(const JsonNode &element)
{
    const auto level = element.member(u"level"_s).and_then([](const JsonNode &node) { return node.text(); });
    if (!level)
        return level;
    for (const LevelName &name : LevelNames) {
        if (*level == name.served)
            return QString(name.stage);
    }
    return notUnderstood(element.path() + u".level"_s, u"is no sleep level this program knows."_s);
}

struct Level
{
    QDateTime stamp;
    int seconds = 0;
    QString stage;
};

Result<Level> readLevel(const JsonNode &element)
{
    // Some old captures spell it "datetime".
    const auto old = element.optionalMember(u"datetime"_s);
    const auto stamp =
        (old ? Result<JsonNode>(*old) : element.member(u"dateTime"_s)).and_then(wallClockStamp);
    if (!stamp)
        return failure(stamp.error());
    const auto seconds = element.member(u"seconds"_s).and_then([](const JsonNode &node) {
        return quantity(node, 1, double(LongestSleep));
    });
    if (!seconds)
        return failure(seconds.error());
    const auto stage = stageOfLevel(element);
    if (!stage)
        return failure(stage.error());
    return Level{*stamp, int(*seconds), *stage};
}

/// `place` says where an element begins when the one before it ended at `end`; none: it is out of order.
template<typename Place>
Result<QList<Session::Stage>> readLevels(const JsonNode &list, qint64 startUtc, const Place &place)
{
    const auto elements = list.items();
    if (!elements)
        return failure(elements.error());
    QList<Session::Stage> stages;
    qint64 end = startUtc;
    for (const JsonNode &element : *elements) {
        const auto level = readLevel(element);
        if (!level)
            return failure(level.error());
        const std::optional<qint64> at = place(level->stamp, end);
        if (!at || *at - end > LongestSleepGap || *at + level->seconds - startUtc > LongestSleep)
            return notUnderstood(element.path(), u"is out of order."_s);
        stages.append({*at, level->seconds, level->stage});
        end = *at + level->seconds;
    }
    return stages;
}

/// `under` without what `over` covers, and `over`. Both ascend and do not overlap themselves.
QList<Session::Stage> laidOver(const QList<Session::Stage> &under, const QList<Session::Stage> &over)
{
    QList<Session::Stage> parts = over;
    auto first = over.cbegin();
    for (const Session::Stage &stage : under) {
        const qint64 end = stage.startUtc + stage.seconds;
        qint64 at = stage.startUtc;
        while (first != over.cend() && first->startUtc + first->seconds <= at)
            ++first;
        for (auto cover = first; cover != over.cend() && cover->startUtc < end; ++cover) {
            if (cover->startUtc > at)
                parts.append({at, int(cover->startUtc - at), stage.stage});
            at = cover->startUtc + cover->seconds;
        }
        if (at < end)
            parts.append({at, int(end - at), stage.stage});
    }
    std::sort(parts.begin(), parts.end(),
              [](const Session::Stage &a, const Session::Stage &b) { return a.startUtc < b.startUtc; });
    QList<Session::Stage> stages;
    for (const Session::Stage &part : std::as_const(parts))
        appendStage(stages, part);
    return stages;
}

} // namespace

Result<QList<Session::Stage>> stagesOfLevels(const JsonNode &levels, const QDateTime &start, qint64 startUtc,
                                             const Zone &zone)
{
    NightClock clock(start, startUtc, zone);
    const auto data = levels.member(u"data"_s).and_then([&](const JsonNode &list) {
        return readLevels(list, startUtc, [&clock](const QDateTime &stamp, qint64 expected) {
            return clock.inARow(stamp, expected);
        });
    });
    if (!data)
        return data;
    const auto list = levels.optionalMember(u"shortData"_s);
    if (!list)
        return laidOver(*data, {});
    const auto awakenings = readLevels(*list, startUtc, [&clock](const QDateTime &stamp, qint64 earliest) {
        return clock.noEarlierThan(stamp, earliest);
    });
    if (!awakenings)
        return awakenings;
    return laidOver(*data, *awakenings);
}

} // namespace wristkeep
