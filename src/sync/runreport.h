// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts the report together: the cells asked for, as the ledger has them at the end, with what this run
// itself met on the way.

#include "core/syncmessages.h"

#include <QHash>

namespace wristkeep {

/// What one run met at one cell, besides what the ledger says.
struct CellNote
{
    QString reason;
    bool triedAndFailed = false;
    bool waitsForQuota = false;
    bool cancelled = false;
    std::optional<ErrorKind> error;
};

class RunNotes
{
public:
    void add(const FetchTask &task, const CellNote &note);
    void add(const CellKey &key, const CellNote &note);

    [[nodiscard]] QList<ReportCell> report(const QList<CellKey> &asked, const QList<Cell> &ledger) const;

private:
    using Place = QPair<QString, QDate>;
    QHash<Place, CellNote> m_notes;
};

/// How one account's part of a run ended.
struct AccountReport
{
    SyncReport part;                      ///< `run` is left empty
    std::optional<Error> providerStopped; ///< nothing more is to be asked of this provider in this run
    std::optional<Error> accountStopped;  ///< nothing more is given out of this account; others may go on
};

/// Adds one account's part to the whole.
void addPart(SyncReport &whole, const SyncReport &part);

/// One sentence for `status`: "Stopped. 12 of 30 done.", "2 of 2 done."
QString outcomeText(const SyncReport &part, qint64 nowUtc);

int goodCells(const SyncReport &part);

} // namespace wristkeep
