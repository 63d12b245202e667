// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an error body of Google's says, whichever of its shapes it has: google.rpc.Status as JSON from the
// API, the flat one of RFC 6749 from the token endpoint, a web page or nothing from a front end.

#include <QByteArray>
#include <QString>

namespace wristkeep {

/// All texts are blotted and short.
struct GoogleRefusal
{
    QString reason;       ///< ErrorInfo's reason, else the status: "SERVICE_DISABLED"; flat: "invalid_grant"
    bool precise = false; ///< the reason is an ErrorInfo's
    QString detail;       ///< a narrower reason: "invalid_rapt", or one of the filter's
    QString message;      ///< in the service's words
    bool webPage = false;
};

GoogleRefusal googleRefusal(const QByteArray &body);

} // namespace wristkeep
