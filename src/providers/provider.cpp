// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/provider.h"

#include <algorithm>

namespace wristkeep {

const QList<DataType> &Provider::importedTypes() const
{
    static const QList<DataType> none;
    return none;
}

const DataType *Provider::findType(const QString &idOrAlias) const
{
    const QList<DataType> &types = dataTypes();
    const auto found = std::find_if(types.cbegin(), types.cend(), [&idOrAlias](const DataType &type) {
        return type.id == idOrAlias || (!type.alias.isEmpty() && type.alias == idOrAlias);
    });
    return found == types.cend() ? nullptr : &*found;
}

} // namespace wristkeep
