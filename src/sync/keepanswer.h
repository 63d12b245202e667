// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// On the store thread (docs/ARCHITECTURE.md): archive, parse, commit, in this order and nowhere else.

#include "providers/provider.h"
#include "store/ingest.h"

#include <QDate>

namespace wristkeep {

class Store;

struct KeptAnswer
{
    WriteStats stats;
    QString nextPage;
    std::optional<Error> notUnderstood; ///< archived, but nothing could be read out of it
    bool broken = false;                ///< not even JSON: asking again may bring a whole answer
};

struct AnswerToKeep
{
    Answer answer;
    const Provider *provider = nullptr;
    int settleDays = 7;
    QDate today;
};

/// One result for each, in order; an Error only for an answer that could not be kept (Storage). The answers
/// share syncs and transactions as long as all goes well; after an error each goes its way alone.
QList<Result<KeptAnswer>> keepAnswers(Store &store, const QList<AnswerToKeep> &works);

} // namespace wristkeep
