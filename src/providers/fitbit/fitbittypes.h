// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one table of Fitbit's data types: a new type is one row here, one parser file and one fixture folder.

#include "core/datatype.h"
#include "core/records.h"
#include "core/result.h"

#include <QList>

namespace wristkeep {

struct ParseContext;

struct FitbitType
{
    DataType type;
    QString dayPath;   ///< %1: the day
    QString rangePath; ///< %1, %2: first and last day, inclusive; empty where there is none
    Result<Batch> (*parse)(const QByteArray &body, const ParseContext &context) = nullptr;
};

const QList<FitbitType> &fitbitTypes();

/// By id; nullptr for a type that is not in the table.
const FitbitType *fitbitType(const QString &id);

/// Types that are never fetched: they exist only where files of the original were taken over.
const QList<DataType> &fitbitImportedTypes();

} // namespace wristkeep
