// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fetchtask.h"

#include <array>

namespace wristkeep {

namespace {

struct StateName
{
    CellState state;
    const char *name;
};

constexpr std::array StateNames{StateName{CellState::Provisional, "provisional"},
                                StateName{CellState::Complete, "complete"},
                                StateName{CellState::Empty, "empty"},
                                StateName{CellState::Partial, "partial"},
                                StateName{CellState::Failed, "failed"},
                                StateName{CellState::NotPermitted, "not permitted"}};

} // namespace

QString cellStateName(CellState state)
{
    for (const StateName &entry : StateNames) {
        if (entry.state == state)
            return QString::fromLatin1(entry.name);
    }
    return {};
}

std::optional<CellState> cellStateFromName(const QString &name)
{
    for (const StateName &entry : StateNames) {
        if (name == QLatin1String(entry.name))
            return entry.state;
    }
    return std::nullopt;
}

bool isGood(CellState state)
{
    return state == CellState::Provisional || state == CellState::Complete || state == CellState::Empty;
}

} // namespace wristkeep
