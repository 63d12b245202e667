// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Day files: the original's view of the data, one readable JSON file per data type and day (docs/DATA.md).
// Nothing poorer ever takes the place of something richer.

#include "core/result.h"

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QStringList>

namespace wristkeep {

struct DayFile
{
    QString folder; ///< the participant's
    QString dataType;
    QDate date;

    [[nodiscard]] QString path() const;
};

/// What a write may assume about the file that is there.
struct DayFileRules
{
    bool hasData = true;    ///< an answer without data only fills an empty or damaged place
    QByteArray knownSha256; ///< hash of the answer the ledger knows: its richness was compared already
};

/// Bytes that are to become a day file, unless what is there is as good.
struct DayFileWish
{
    DayFile file;
    QByteArray bytes;
    DayFileRules rules;
};

/// Durable before it returns, with one sync for what can share it. The paths of the files it wrote, each at
/// most once. Of two wishes for one file the second is judged against what the first leaves.
Result<QStringList> showDayFiles(const QList<DayFileWish> &wishes);

/// Cheap: looks at both ends, and at the whole only when the size is not the expected one.
bool isDayFileSound(const DayFile &file, qint64 expectedBytes);

} // namespace wristkeep
