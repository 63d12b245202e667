// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http.h"

namespace wristkeep {

QByteArray HttpResponse::header(const QByteArray &name) const
{
    QByteArray found;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            found = value;
    }
    return found;
}

} // namespace wristkeep
