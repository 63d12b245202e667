// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboardstart.h"

#include "core/settings.h"

namespace wristkeep {

CatalogueEntry catalogueEntry(const QString &provider)
{
    Result<CatalogueEntry> found = findCatalogueEntry(provider);
    return found ? *found : CatalogueEntry{provider, provider, {}};
}

DataTitles titlesOf(const CatalogueEntry &entry)
{
    DataTitles titles;
    for (const DataType &type : entry.types)
        titles.insert(type.id, type.title);
    return titles;
}

DashboardFacts firstFacts(const Settings &settings, const CatalogueEntry &entry, bool demo)
{
    DashboardFacts facts;
    facts.account.provider = entry.provider;
    facts.provider = entry.title;
    facts.demo = demo;
    facts.configured = demo || settings.hasCredentials(entry.provider);
    return facts;
}

} // namespace wristkeep
