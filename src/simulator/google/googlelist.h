// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// list and reconcile: records, newest first, page by page.

#include "simulator/google/googlecall.h"
#include "simulator/google/googlefilter.h"
#include "simulator/google/googlepagetoken.h"

namespace wristkeep {

struct GoogleListQuery
{
    GoogleFilter filter;
    GoogleFamily family = GoogleFamily::All;
    int pageSize = 0;
    QString token; ///< as given; empty: the first page
    GooglePosition position;
    QByteArray binding;
    bool reconciled = false;
};

/// Returns the refusal, or nothing and fills `query`.
std::optional<SimResponse> readListQuery(const GoogleCall &call, bool reconcile, GoogleListQuery *query);

SimResponse listAnswer(const GoogleCall &call, const GoogleListQuery &query);

} // namespace wristkeep
