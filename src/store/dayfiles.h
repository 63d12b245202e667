// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Day files: the original's view of the data, one readable JSON file per data type and day (docs/DATA.md).
// Nothing poorer ever takes the place of something richer.

#include "core/result.h"

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QString>

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

/// True when the bytes are to take the place of what is there.
bool isDayFileWanted(const DayFile &file, const QByteArray &bytes, const DayFileRules &rules);

struct DayFileToWrite
{
    DayFile file;
    QByteArray bytes;
};

/// For wanted files, each of another name.
Outcome writeDayFiles(const QList<DayFileToWrite> &files);

/// Cheap: looks at both ends, and at the whole only when the size is not the expected one.
bool isDayFileSound(const DayFile &file, qint64 expectedBytes);

} // namespace wristkeep
