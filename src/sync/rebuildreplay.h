// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Gives every answer of the archive, in the order in which they came, to the same ingest a sync uses. What
// cannot be read any more is taken over from the tables that are there.

#include "core/rebuildmessages.h"
#include "sync/answerreader.h"
#include "sync/rebuild.h"

#include <QElapsedTimer>
#include <QSet>

#include <deque>

class QSqlDatabase;

namespace wristkeep {

class Ingest;
class KeptDatabase;
class RebuildFile;

class RebuildReplay
{
public:
    RebuildReplay(KeptDatabase &kept, RebuildFile &rebuilt, Ingest &ingest, const Archive &archive,
                  const RebuildRequest &request, const RebuildWatch &watch, RebuildReport &report);

    /// Cancelled when the watch says so; Storage on any trouble with the new file.
    Outcome run();

private:
    Outcome replay();
    Result<std::vector<DueAnswer>> nextGroup();
    /// A visit with the pages that must come before it.
    Result<std::vector<DueAnswer>> dueFor(const Visit &visit);
    Result<Zone> zoneFor(const Answer &answer);
    Outcome commit(const std::vector<ReadAnswer> &answers);
    Outcome giveUpOn(const ReadAnswer &answer);
    Outcome takeOver(const CellKey &key);
    Outcome takeOverMissing();
    void tellProgress();

    KeptDatabase &m_kept;
    RebuildFile &m_rebuilt;
    Ingest &m_ingest;
    const RebuildRequest &m_request;
    const RebuildWatch &m_watch;
    RebuildReport &m_report;
    AnswerReader m_reader;
    DocumentReader m_documents;
    std::vector<Visit> m_visits;
    size_t m_next = 0;
    std::deque<DueAnswer> m_waiting; ///< of the visits begun
    QHash<QString, int> m_lastPage;  ///< of fetches under way, by what was asked
    QHash<AccountKey, Zone> m_zones; ///< what each account's profile says today
    QSet<qint64> m_givenUp;
    int m_done = 0;
    QElapsedTimer m_since;
};

} // namespace wristkeep
