// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the dashboard knows before the worker has said anything.

#include "gui/dashboardfacts.h"
#include "gui/wording.h"
#include "sync/catalogue.h"

#include <optional>

namespace wristkeep {

struct Settings;

/// A provider nobody knows has its id for a title, and no data.
CatalogueEntry catalogueEntry(const QString &provider);

/// The provider that goes on with this one's data; none: there is no such.
std::optional<CatalogueEntry> successorOf(const QString &provider);

/// The titles of every provider's data types.
DataTitles dataTitles();

/// The facts of one of `facts.services` become those of the account.
void useService(DashboardFacts &facts, const QString &id);

DashboardFacts firstFacts(const Settings &settings, const QString &provider, bool demo);

} // namespace wristkeep
