// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The error bodies of Google's halves: google.rpc.Status for the API, flat JSON for the token endpoint, HTML
// where the front end knows no such path.

#include "simulator/simmessage.h"

#include <QJsonObject>

namespace wristkeep {

struct GoogleError
{
    int status = 400;
    QString message;
    QString reason; ///< of the ErrorInfo; empty: no details
    QString domain = QStringLiteral("health.googleapis.com");
    QJsonObject metadata;
    QString name; ///< e.g. "FAILED_PRECONDITION"; empty: what the status usually stands for
};

SimResponse googleError(const GoogleError &error);
/// 400 INVALID_ARGUMENT.
SimResponse googleInvalid(const QString &reason, const QString &message);
/// The JSON of a request names a member that does not exist; `where` is empty at the top.
SimResponse googleUnknownName(const QString &name, const QString &where);

/// {"error":…,"error_description":…}
SimResponse googleOAuthError(int status, const QString &error, const QString &description);

/// "Error 404 (Not Found)!!1"
SimResponse googleNotFoundPage(const QString &path);

} // namespace wristkeep
