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

DataTitles titlesOf(const CatalogueEntry &entry);

DashboardFacts firstFacts(const Settings &settings, const CatalogueEntry &entry, bool demo);

} // namespace wristkeep
