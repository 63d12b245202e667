// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/tablerows.h"

#include "support/world.h"

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace wristkeep::bench {

QList<Row> rowsOfTables(World &world)
{
    QList<Row> rows;
    for (const QVariantList &row : world.query(u"SELECT series, t, v FROM samples"_s))
        rows.append(Row{row[0].toLongLong(), row[1].toLongLong(), row[2].toDouble()});
    qint64 type = 1000;
    QString last;
    for (const QVariantList &row :
         world.query(u"SELECT type, unixepoch(date), value FROM daily_values ORDER BY type, date"_s)) {
        type += last == row[0].toString() ? 0 : 1;
        last = row[0].toString();
        rows.append(Row{type, row[1].toLongLong(), row[2].toDouble()});
    }
    return rows;
}

} // namespace wristkeep::bench
