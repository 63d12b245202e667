// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one door to the network: every request of the program goes through here, with every rule of
// DESIGN 4 (no redirects, 64 MB, 30 s of silence, system proxy but never for loopback, nothing re-sent
// behind our back). It lives on the sync thread.

#include "core/http.h"
#include "core/result.h"

#include <QObject>

#include <memory>

class QNetworkAccessManager;

namespace wristkeep
{

struct HttpLimits
{
    int silenceMs = 30'000;                      ///< longest time without a byte
    qint64 maxBodyBytes = 64LL * 1024 * 1024;    ///< once decoded
};

class HttpDoor : public QObject
{
    Q_OBJECT
public:
    using Ticket = quint64; ///< names one request under way; 0 is none

    explicit HttpDoor(HttpLimits limits = {}, QObject *parent = nullptr);
    ~HttpDoor() override; ///< open requests end as Cancelled

    /// Any complete HTTP answer, whatever its status, is a value; errors are Network, TimedOut, Cancelled,
    /// NotUnderstood (damaged encoding, wrong length, too large). `bearer` (RFC 6750) may be empty.
    Ticket send(const HttpRequest &request, const QString &bearer, QObject *context, Callback<HttpResponse> done);

    /// Ends that request as Cancelled; unknown tickets are ignored.
    void cancel(Ticket ticket);
    void cancelAll();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
