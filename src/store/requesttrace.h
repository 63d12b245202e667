// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is written down about a request: enough to find an answer's place again, nothing a service may mean as
// a secret. Page tokens are opaque, so only their hash is kept (docs/DATA.md).

#include <QString>

namespace wristkeep {

struct Answer;

/// SHA-256 of a page token, hex; empty for the first page.
QString pageTrace(const QString &page);

/// The address without credentials, fragment and page token; of a page that is a link, without its query.
QString addressTrace(const Answer &answer);

} // namespace wristkeep
