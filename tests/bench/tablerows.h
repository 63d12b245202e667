// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/floor.h"

namespace wristkeep::test {
class World;
}

namespace wristkeep::bench {

/// What the tables hold, as rows of the one table the floor knows.
QList<Row> rowsOfTables(test::World &world);

} // namespace wristkeep::bench
