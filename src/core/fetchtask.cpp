// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fetchtask.h"

#include <array>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct StateName
{
    CellState state;
    QString name;
};

/// Texts that cost nothing to hand out: a report of ten years names tens of thousands.
const std::array<StateName, 6> &stateNames()
{
    static const std::array<StateName, 6> names{{{CellState::Provisional, u"provisional"_s},
                                                 {CellState::Complete, u"complete"_s},
                                                 {CellState::Empty, u"empty"_s},
                                                 {CellState::Partial, u"partial"_s},
                                                 {CellState::Failed, u"failed"_s},
                                                 {CellState::NotPermitted, u"not permitted"_s}}};
    return names;
}

} // namespace

QString cellStateName(CellState state)
{
    for (const StateName &entry : stateNames()) {
        if (entry.state == state)
            return entry.name;
    }
    return {};
}

std::optional<CellState> cellStateFromName(const QString &name)
{
    for (const StateName &entry : stateNames()) {
        if (name == entry.name)
            return entry.state;
    }
    return std::nullopt;
}

bool isGood(CellState state)
{
    return state == CellState::Provisional || state == CellState::Complete || state == CellState::Empty;
}

} // namespace wristkeep
