// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/storeoptions.h"

#include "core/settings.h"
#include "providers/provider.h"
#include "providers/registry.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

StoreOptions storeOptions(const Settings &settings)
{
    StoreOptions options;
    options.databaseFile = settings.databaseFile;
    options.secretKeyHex = settings.secretKeyHex;
    options.keyFile = settings.keyFile;
    for (const Provider *provider : providers()) {
        options.dataDirs.insert(provider->id(), settings.dataDir(provider->id()));
        if (provider->id() == "fitbit"_L1)
            options.fitbitTokenHost = tokenHostOf(provider->oauthClient(settings).tokenUrl);
    }
    return options;
}

} // namespace wristkeep
