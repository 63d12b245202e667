// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/catalogue.h"

#include "providers/provider.h"
#include "providers/registry.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

CatalogueEntry entryOf(const Provider &provider)
{
    return {provider.id(), provider.title(), provider.dataTypes(), provider.predecessor()};
}

QStringList validNames(const Provider &provider)
{
    QStringList names;
    for (const DataType &type : provider.dataTypes()) {
        names << type.id;
        if (!type.alias.isEmpty())
            names << type.alias;
    }
    names << u"all"_s;
    return names;
}

} // namespace

QList<CatalogueEntry> catalogue()
{
    QList<CatalogueEntry> entries;
    for (const Provider *provider : providers())
        entries << entryOf(*provider);
    return entries;
}

Result<CatalogueEntry> findCatalogueEntry(const QString &provider)
{
    return findProvider(provider).map([](const Provider *found) { return entryOf(*found); });
}

QString providerTitle(const QString &provider)
{
    const Result<const Provider *> found = findProvider(provider);
    return found ? (*found)->title() : provider;
}

bool hasMovedOn(const AccountStatus &account, const QList<AccountStatus> &all)
{
    return std::any_of(all.cbegin(), all.cend(), [&account](const AccountStatus &other) {
        const bool isThere =
            other.state == ConnectionState::Connected || other.state == ConnectionState::ReconnectNeeded;
        if (!isThere || other.key.participant != account.key.participant)
            return false;
        const Result<CatalogueEntry> entry = findCatalogueEntry(other.key.provider);
        return entry && entry->predecessor == account.key.provider;
    });
}

Result<QStringList> resolveDataTypes(const QString &provider, const QString &list)
{
    const Result<const Provider *> found = findProvider(provider);
    if (!found)
        return failure(found.error());
    QStringList ids;
    for (const QString &raw : list.split(u',')) {
        const QString name = raw.trimmed().toLower();
        if (name == "all"_L1) {
            for (const DataType &type : (*found)->dataTypes())
                ids << type.id;
            continue;
        }
        const DataType *type = name.isEmpty() ? nullptr : (*found)->findType(name);
        if (!type)
            return failure(ErrorKind::BadUsage,
                           u"There is no data named \"%1\" at %2. Valid names: %3."_s.arg(
                               raw.trimmed(), (*found)->title(), validNames(**found).join(", "_L1)));
        ids << type->id;
    }
    ids.removeDuplicates();
    return ids;
}

} // namespace wristkeep
