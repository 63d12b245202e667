// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Faults on demand: rules that pick requests by path, method and count, and spoil their answers.

#include "core/result.h"
#include "simulator/simmessage.h"

#include <QJsonObject>
#include <QList>
#include <QRegularExpression>

#include <cstdint>

namespace wristkeep {

enum class FaultKind : std::uint8_t {
    None,            ///< only delays or headers
    Status,          ///< status, body and headers as given; the request is not worked on
    Hang,            ///< no answer, the connection stays open
    Drop,            ///< closed before the first byte
    DropBody,        ///< closed in the middle of the body
    TruncatedJson,   ///< the first half of the body with the length that fits it
    MalformedJson,   ///< a brace too few and a comma too many
    Html,            ///< a 200 with an HTML page
    LongerLength,    ///< Content-Length says more than comes, then the connection closes
    ShorterLength,   ///< Content-Length says less than comes
    TruncatedGzip,   ///< half of the compressed bytes
    SlowBody,        ///< the body in ten parts, `pauseMs` apart
    SplitHeader,     ///< the header in three TCP segments
    Quota,           ///< the user's hour is used up from this request on
    Expired,         ///< the grant's access tokens are expired from this request on
    Revoked,         ///< the user took the permission back at the web site
    Gone,            ///< 410
    ServerError,     ///< 5xx with an HTML body
    FrontEnd403,     ///< the front end's PERMISSION_DENIED
    Conflict,        ///< 409
    NoIntraday,      ///< 403 insufficient_permissions
    RecordsTwice,    ///< some records of each list come twice
    RecordsShuffled, ///< the records of each list in another order
    RecordsNone,     ///< each list is empty
    RecordsFewer,    ///< the end of each list is missing
    RecordsThinner   ///< single records of each list are missing
};

struct FaultRule
{
    int id = 0;
    FaultKind kind = FaultKind::None;
    QString pathPrefix;             ///< empty: any path
    QRegularExpression pathPattern; ///< empty: any path
    QByteArray method;              ///< empty: any
    int skip = 0;                   ///< so many matching requests pass first
    int times = 1;                  ///< then so many are spoilt; -1: all
    int status = 0;
    QByteArray body;
    HttpHeaders headers;
    int delayMs = 0;
    int pauseMs = 50;            ///< SlowBody
    std::optional<qint64> bytes; ///< DropBody, TruncatedJson: where; the lengths: by how much
    bool process = true;         ///< false: Drop and Hang happen without the request being worked on
    int hits = 0;                ///< how often it was used
};

class FaultBook
{
public:
    /// BadUsage naming what is wrong with the rule. Returns its id.
    Result<int> add(const QJsonObject &rule);
    void clear() { m_rules.clear(); }
    bool remove(int id);
    [[nodiscard]] QJsonObject toJson() const;

    /// The first rule that takes this request; counts it.
    std::optional<FaultRule> take(const SimRequest &request);

private:
    QList<FaultRule> m_rules;
    int m_lastId = 0;
};

/// What replaces the service's own answer; none when the request is to be worked on. `google`: in the shape
/// of that half's errors.
std::optional<SimResponse> faultReplacement(const FaultRule &rule, bool google = false);

/// Spoils the service's own answer.
void applyFault(const FaultRule &rule, SimResponse &response);

} // namespace wristkeep
