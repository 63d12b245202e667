// SPDX-License-Identifier: GPL-3.0-or-later
// Does one piece of the store's work, so that a test can kill it in the middle: victim FOLDER WORK
// [ARGUMENT…].

#include "store/originals.h"
#include "store/storebench.h"
#include "store/tokentable.h"

#include <QCoreApplication>

#include <cstdio>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

int main(int argc, char **argv)
{
    ::umask(077);
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const StorePlace place(arguments.at(1));
    const QString work = arguments.at(2);
    auto store = Store::open(place.options(), place.clock);
    if (!store) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(store.error().detail));
        return 1;
    }
    if (work == "open"_L1)
        return 0;
    if (work == "heart"_L1) {
        Fetch fetch;
        keep(**store, fetch.heart(1440, arguments.at(3).toDouble()));
        return 0;
    }
    if (work == "pages"_L1) {
        keepPages(**store, Fetch().heartInPages(1000, 440, arguments.at(3).toDouble()));
        return 0;
    }
    if (work == "days"_L1) {
        Fetch fetch;
        fetch.account = fitbit(arguments.at(3));
        for (int i = 0; i < 30; ++i) {
            fetch.date = fetch.date.addDays(1);
            keep(**store, fetch.heart(100));
            keep(**store, fetch.steps(1000 + i));
        }
        return 0;
    }
    if (work == "refresh"_L1) {
        const auto saved =
            (*store)->tokens().saveRefreshed(fitbit(), u"me"_s, u"refresh-old"_s, tokenOf(u"new"_s));
        return saved && *saved ? 0 : 1;
    }
    if (work == "lease"_L1) {
        const auto lease =
            (*store)->tokens().takeRefreshLease(fitbit(), arguments.at(3), place.clock.nowUtc() + 60);
        std::printf("%d", lease && lease->granted ? 1 : 0);
        return 0;
    }
    return 2;
}
