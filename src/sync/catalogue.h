// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The providers and data types by name, for rooms that must not know the providers themselves.

#include "core/datatype.h"
#include "core/result.h"
#include "core/syncmessages.h"

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

/// "Google Health"; an id nobody knows stays as it is.
QString providerTitle(const QString &provider);

/// True when the same participant has been connected to the provider that goes on with this account's data:
/// then this one is asked by hand only.
bool hasMovedOn(const AccountStatus &account, const QList<AccountStatus> &all);

/// Turns "steps,heartrate" or "all" into ids of that provider; BadUsage listing the valid names.
Result<QStringList> resolveDataTypes(const QString &provider, const QString &list);

} // namespace wristkeep
