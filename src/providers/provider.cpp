// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/provider.h"

#include <algorithm>

namespace wristkeep {

namespace {

// Seen, not promised: the time an answer takes, without its bytes.
constexpr double usualAnswerSeconds = 0.4;

} // namespace

ServiceAllowance Provider::allowance() const
{
    ServiceAllowance allowance;
    allowance.pace = pace();
    allowance.answerSeconds = usualAnswerSeconds;
    return allowance;
}

bool Provider::mayBeOldToken(const Error &refusal) const
{
    return refusal.kind == ErrorKind::TokenRefused;
}

Result<DayBodies> Provider::dayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                      const ParseContext &context) const
{
    const QDate only = context.task.first;
    if (bodies.size() == 1 && context.task.last == only && dates == QList<QDate>{only})
        return DayBodies{{only, bodies.first()}};
    return failure(ErrorKind::Internal,
                   QStringLiteral("%1 cannot tell one day of an answer from the others.").arg(title()));
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
