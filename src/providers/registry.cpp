// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/registry.h"

#include "providers/fitbit/fitbitprovider.h"
#include "providers/googlehealth/googlehealthprovider.h"

#include <QStringList>

namespace wristkeep {

const QList<const Provider *> &providers()
{
    static const FitbitProvider fitbit;
    static const GoogleHealthProvider googleHealth;
    static const QList<const Provider *> all{&fitbit, &googleHealth};
    return all;
}

Result<const Provider *> findProvider(const QString &id)
{
    QStringList names;
    for (const Provider *provider : providers()) {
        if (provider->id() == id)
            return provider;
        names.append(provider->id());
    }
    return failure(
        ErrorKind::BadUsage,
        QStringLiteral("There is no provider \"%1\". Known: %2.").arg(id, names.join(QStringLiteral(", "))));
}

} // namespace wristkeep
