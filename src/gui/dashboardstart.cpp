// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboardstart.h"

#include "core/settings.h"

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// 2 November 2026 in UTC, the day after the last one of the Fitbit Web API.
constexpr qint64 fitbitEndedUtc = 1'793'577'600;

bool isFitbitItself(const Settings &settings, const QString &provider)
{
    return provider == "fitbit"_L1 && settings.url("FITBIT_API_URL").host() == "api.fitbit.com"_L1;
}

} // namespace

CatalogueEntry catalogueEntry(const QString &provider)
{
    Result<CatalogueEntry> found = findCatalogueEntry(provider);
    return found ? *found : CatalogueEntry{provider, provider, {}, {}};
}

std::optional<CatalogueEntry> successorOf(const QString &provider)
{
    for (const CatalogueEntry &entry : catalogue()) {
        if (entry.predecessor == provider)
            return entry;
    }
    return std::nullopt;
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
    if (isFitbitItself(settings, entry.provider))
        facts.endedUtc = fitbitEndedUtc;
    if (const std::optional<CatalogueEntry> next = successorOf(entry.provider))
        facts.successor = next->title;
    return facts;
}

} // namespace wristkeep
