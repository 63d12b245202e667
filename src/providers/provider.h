// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A service as data and pure functions: URLs out, records in. No socket, no SQL, no widget.
// A new provider is one folder below this one and one line in registry.cpp.

#include "core/civilday.h"
#include "core/datatype.h"
#include "core/fetchtask.h"
#include "core/http.h"
#include "core/oauthclient.h"
#include "core/records.h"
#include "core/result.h"
#include "core/syncmessages.h"

#include <QDate>
#include <QList>
#include <QMap>

namespace wristkeep {

struct Settings;

/// Everything a parser may know besides the bytes.
struct ParseContext
{
    FetchTask task;
    Zone zone;
};

/// One-day answers by their days.
using DayBodies = QMap<QDate, QByteArray>;

/// What the provider says about the account itself.
struct RemoteProfile
{
    QString userId;
    QString zoneId; ///< IANA; empty if not told
    QDate memberSince;
};

/// How fast one account may be asked.
struct RequestPace
{
    int atOnce = 4;    ///< requests under way
    int perSecond = 0; ///< requests begun within any second; 0: no limit of its own
};

/// What the service allows one account, and how fast it answers: what plans are reckoned with before the
/// first answer has told better (docs/PROVIDERS.md).
struct ServiceAllowance
{
    int requests = 0;      ///< in one quota window; 0: no limit is known
    int windowSeconds = 0; ///< windows are counted from full to full, e.g. from hour to hour
    int reserve = 0;       ///< of these, what a backfill leaves to the day's own syncs
    int marginSeconds = 0; ///< after a reset, because the two clocks differ
    RequestPace pace;
    double answerSeconds = 0; ///< of one request, roughly
    qint64 pageBytes = 0;     ///< an answer longer than this comes in pages; 0: in one piece
};

class Provider
{
public:
    virtual ~Provider() = default;

    [[nodiscard]] virtual QString id() const = 0;    ///< "fitbit"
    [[nodiscard]] virtual QString title() const = 0; ///< "Fitbit"
    [[nodiscard]] virtual const QList<DataType> &dataTypes() const = 0;
    /// The provider this one goes on from, under the same participant: "fitbit"; empty: none.
    [[nodiscard]] virtual QString predecessor() const { return {}; }
    /// Configured client: BadConfiguration is the caller's business (Settings::checkCredentials).
    [[nodiscard]] virtual OAuthClient oauthClient(const Settings &settings) const = 0;

    /// Asks for one task's data; `zone` tells when its civil days begin. Errors: Internal for a type this
    /// provider has not.
    [[nodiscard]] virtual Result<HttpRequest> request(const FetchTask &task, const Settings &settings,
                                                      const Zone &zone) const = 0;
    /// Errors: NotUnderstood with the path of the member at fault; ServiceFailing where the service says in
    /// words of its own that the answer is not ready yet and may be asked for again. Never partial.
    [[nodiscard]] virtual Result<Batch> parse(const QByteArray &body, const ParseContext &context) const = 0;

    /// Each wanted civil day's share of an answer and its pages, in page order: the day's elements as source
    /// text, in their order, inside the envelope of a one-day answer. `task.first` to `task.last` is what was
    /// asked. Without an override a single body that covers the wanted day alone is its own share; anything
    /// else is Internal.
    [[nodiscard]] virtual Result<DayBodies>
    dayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates, const ParseContext &context) const;
    [[nodiscard]] virtual RequestPace pace() const { return {}; }
    /// Without an override: its pace, and no limit.
    [[nodiscard]] virtual ServiceAllowance allowance() const;

    [[nodiscard]] virtual HttpRequest profileRequest(const Settings &settings) const = 0;
    [[nodiscard]] virtual Result<RemoteProfile> parseProfile(const QByteArray &body) const = 0;
    /// The scope the profile request needs; without it the computer's zone is used.
    [[nodiscard]] virtual QString profileScope() const = 0;

    /// The kind of error a non-2xx answer stands for; texts blotted; `nowUtc` turns relative resets into
    /// instants.
    [[nodiscard]] virtual Error classify(const HttpResponse &response, qint64 nowUtc) const = 0;
    /// Whether an access token that is merely old may have caused the refusal: a fresh one is worth one more
    /// try.
    [[nodiscard]] virtual bool mayBeOldToken(const Error &refusal) const;
    /// What the answer's headers say about the quota; all empty when they say nothing.
    [[nodiscard]] virtual QuotaState quota(const HttpResponse &response, qint64 nowUtc) const = 0;

    /// Up to three hints for a NotPermitted cell of this type.
    [[nodiscard]] virtual QStringList permissionHints(const QString &dataType) const = 0;

    [[nodiscard]] const DataType *findType(const QString &idOrAlias) const;
};

} // namespace wristkeep
