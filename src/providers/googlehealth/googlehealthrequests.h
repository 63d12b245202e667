// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is sent to the Google Health API (docs/PROVIDERS.md, "Requests of Google Health").

#include "core/http.h"

#include <QByteArray>

namespace wristkeep {

struct FetchTask;
struct GoogleHealthType;
struct Settings;
struct Zone;

/// One task's request; the task's days are a range. A roll-up is a POST that changes nothing: it may be sent
/// again.
HttpRequest googleHealthRequest(const GoogleHealthType &row, const FetchTask &task, const Settings &settings,
                                const Zone &zone);

/// GET of a resource of the person's own: "identity", "settings".
HttpRequest googleHealthGet(const QString &resource, const Settings &settings);

} // namespace wristkeep
