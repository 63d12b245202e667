// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A path below /v4/, taken apart. What is not one of the API's paths or verbs has no meaning: the front end
// answers with its page.

#include "simulator/google/googletypes.h"
#include "simulator/simmessage.h"

namespace wristkeep {

struct GooglePath
{
    QString user;     ///< "me", or a number
    QString resource; ///< "identity", "dataTypes" …
    QString id;       ///< what follows a collection: a data point, a device
    QString type;     ///< of resource dataTypes
    GoogleOperation operation = GoogleOperation::Get;

    /// "google.devicesandservices.health.v4.DataPointsService.ListDataPoints": as errors name it.
    [[nodiscard]] QString method() const;
};

/// True for every path of Google's three hosts.
bool isGooglePath(const QString &path);

std::optional<GooglePath> readGooglePath(const QByteArray &verb, const QString &path);

} // namespace wristkeep
