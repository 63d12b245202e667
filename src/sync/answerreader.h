// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads answers back from the archive, one after the other in the order in which they came, and puts the
// pages of a fetch together as a run does. Knows files and parsers, no database, so that it may work beside
// one.

#include "store/visits.h"
#include "sync/keepanswer.h"

#include <QHash>

#include <functional>

namespace wristkeep {

using ProviderFinder = std::function<Result<const Provider *>(const QString &)>;

/// An answer whose turn it is.
struct DueAnswer
{
    KeptDocument kept;
    qint64 atUtc = 0; ///< when it came, this time
    Zone zone;        ///< whose civil days it is read with
};

/// What became of it. NotUnderstood by today's parser, Storage for bytes that are missing or damaged,
/// BadUsage for a provider this program does not have.
struct ReadAnswer
{
    DueAnswer due;
    Result<ArchivedAnswer> answer; ///< with its rows, without its body
};

class AnswerReader
{
public:
    AnswerReader(const Archive &archive, ProviderFinder findProvider);

    std::vector<ReadAnswer> read(const std::vector<DueAnswer> &due);

private:
    struct OpenFetch
    {
        QList<KeptPage> pages;
        QString nextPage;
    };

    Result<ArchivedAnswer> readOne(const DueAnswer &due);
    Result<ArchivedAnswer> parse(const AnswerToKeep &work, const KeptDocument &kept) const;
    Result<ArchivedAnswer> parseAcrossDays(const AnswerToKeep &work, const KeptDocument &kept) const;

    const Archive &m_archive;
    ProviderFinder m_findProvider;
    QHash<QString, OpenFetch> m_open; ///< fetches whose last page is still to come, by what was asked
};

/// Account, data type and days of a request: what its pages have in common.
QString requestName(const FetchTask &task);

} // namespace wristkeep
