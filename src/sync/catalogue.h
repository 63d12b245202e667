// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The providers and data types by name, for rooms that must not know the providers themselves.

#include "core/datatype.h"
#include "core/result.h"

#include <QList>
#include <QStringList>

namespace wristkeep {

struct CatalogueEntry
{
    QString provider;
    QString title;
    QList<DataType> types;
    QString predecessor; ///< the provider it goes on from; empty: none
};

QList<CatalogueEntry> catalogue();

/// BadUsage listing the valid names.
Result<CatalogueEntry> findCatalogueEntry(const QString &provider);

/// Turns "steps,heartrate" or "all" into ids of that provider; BadUsage listing the valid names.
Result<QStringList> resolveDataTypes(const QString &provider, const QString &list);

} // namespace wristkeep
