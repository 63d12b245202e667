// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bench with a made-up paged service on it.

#include "support/testserver.h"
#include "sync/fetchbench.h"
#include "sync/pagedprovider.h"

namespace wristkeep::test {

struct PagedService
{
    TestServer server;
    PagedProvider provider{server.url(QStringLiteral("/"))};
};

class PagedBench : public PagedService, public FetchBench
{
public:
    PagedBench();

    /// The page each request of the server's asked for.
    [[nodiscard]] QStringList pagesAsked() const;
};

} // namespace wristkeep::test
