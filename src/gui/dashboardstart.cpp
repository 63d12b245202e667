// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboardstart.h"

#include "core/settings.h"

#include <algorithm>
#include <iterator>

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

DataTitles dataTitles()
{
    DataTitles titles;
    for (const CatalogueEntry &entry : catalogue()) {
        for (const DataType &type : entry.types)
            titles.insert(type.id, type.title);
    }
    return titles;
}

void useService(DashboardFacts &facts, const QString &id)
{
    facts.account.provider = id;
    facts.provider = catalogueEntry(id).title;
    for (const ServiceFacts &service : std::as_const(facts.services)) {
        if (service.id != id)
            continue;
        facts.configured = service.configured;
        facts.endedUtc = service.endedUtc;
        facts.successor = service.successor;
    }
}

QList<ServiceFacts> servicesOf(const DashboardFacts &facts)
{
    QList<ServiceFacts> offered;
    std::copy_if(facts.services.cbegin(), facts.services.cend(), std::back_inserter(offered),
                 [&facts](const ServiceFacts &service) {
                     return service.configured || service.id == facts.account.provider ||
                            service.title == facts.predecessor;
                 });
    return offered;
}

DashboardFacts firstFacts(const Settings &settings, const QString &provider, bool demo)
{
    DashboardFacts facts;
    facts.demo = demo;
    for (const CatalogueEntry &entry : catalogue()) {
        ServiceFacts service{entry.provider, entry.title, settings.hasCredentials(entry.provider)};
        if (demo)
            service.configured = entry.provider == provider; // the other one would be the same person again
        if (isFitbitItself(settings, entry.provider))
            service.endedUtc = fitbitEndedUtc;
        if (const std::optional<CatalogueEntry> next = successorOf(entry.provider))
            service.successor = next->title;
        facts.services << service;
    }
    useService(facts, provider);
    return facts;
}

} // namespace wristkeep
