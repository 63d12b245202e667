// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuildmessages.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

QString rebuildKindName(RebuildDifference::Kind kind)
{
    switch (kind) {
    case RebuildDifference::Kind::Day:
        return u"day"_s;
    case RebuildDifference::Kind::State:
        return u"state"_s;
    case RebuildDifference::Kind::Value:
        return u"value"_s;
    case RebuildDifference::Kind::Reading:
        return u"reading"_s;
    case RebuildDifference::Kind::Session:
        return u"session"_s;
    }
    return {};
}

bool RebuildReport::isArchiveWhole() const
{
    const bool isAnyMissing =
        std::any_of(problems.cbegin(), problems.cend(),
                    [](const RebuildProblem &problem) { return problem.isDamaged || problem.takenOver > 0; });
    return !isAnyMissing && withoutAnswer == 0;
}

} // namespace wristkeep
