// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one door to the network: every request of the program goes through here, with every rule of
// docs/ARCHITECTURE.md (no redirects, 64 MB, 30 s of silence, system proxy but never for loopback, nothing
// re-sent behind our back). It lives on the sync thread.

#include "core/http.h"
#include "core/result.h"

#include <QObject>

#include <memory>

class QNetworkAccessManager;

namespace wristkeep {

struct HttpLimits
{
    int silenceMs = 30'000;                   ///< longest time without a byte
    int totalMs = 600'000;                    ///< longest time altogether, for an answer that drips
    qint64 maxBodyBytes = 64LL * 1024 * 1024; ///< on the wire, and once decoded
};

class HttpDoor : public QObject
{
    Q_OBJECT
public:
    using Ticket = quint64; ///< names one request under way; 0 is none

    explicit HttpDoor(HttpLimits limits = {}, QObject *parent = nullptr);
    ~HttpDoor() override; ///< open requests end as Cancelled

    /// Any complete HTTP answer, whatever its status (3xx too), is a value. Errors: Network (no answer, wrong
    /// length, damaged encoding: a repeat may cure it), TimedOut, Cancelled, NotUnderstood (too large,
    /// unknown encoding), BadConfiguration (plain http to another computer). `bearer` (RFC 6750) may be
    /// empty. `done` runs from the event loop, never inside send(). A `totalMs` above 0 shortens the total
    /// limit.
    Ticket send(const HttpRequest &request, const QString &bearer, QObject *context,
                Callback<HttpResponse> done, int totalMs = 0);

    /// Ends that request as Cancelled; unknown tickets are ignored.
    void cancel(Ticket ticket);
    void cancelAll();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
