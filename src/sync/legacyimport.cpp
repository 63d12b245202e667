// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/legacyimport.h"

#include "core/clock.h"
#include "core/errortexts.h"
#include "core/failpoint.h"
#include "providers/fitbit/originalfiles.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/accounts.h"
#include "store/ingest.h"
#include "store/ledger.h"
#include "store/participants.h"
#include "store/store.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 64LL * 1024 * 1024;

/// A day file of ours is written moments after its answer came; later than this it was someone else.
constexpr qint64 writtenAtOnceSeconds = 120;

struct FoundFile
{
    OriginalFile file;
    QFileInfo info;

    [[nodiscard]] qint64 changedUtc() const { return info.lastModified().toSecsSinceEpoch(); }
};

/// Profile first (it tells the zone), then by day; readings before daily values, whose zeros they witness.
int rankOf(OriginalFile::Kind kind)
{
    switch (kind) {
    case OriginalFile::Kind::UserProfile:
        return 0;
    case OriginalFile::Kind::HeartRate1Min:
        return 1;
    case OriginalFile::Kind::HeartRateDaily:
        return 2;
    case OriginalFile::Kind::HeartRateError:
        return 3;
    case OriginalFile::Kind::Steps:
    case OriginalFile::Kind::Sleep:
    case OriginalFile::Kind::Weight:
        break;
    }
    return 4;
}

QList<FoundFile> recognisedFiles(const QDir &folder)
{
    QList<FoundFile> files;
    for (const QFileInfo &info : folder.entryInfoList(QDir::Files, QDir::Name)) {
        if (const std::optional<OriginalFile> file = recognise(info.fileName()))
            files << FoundFile{*file, info};
    }
    std::stable_sort(files.begin(), files.end(), [](const FoundFile &a, const FoundFile &b) {
        return a.file.date != b.file.date ? a.file.date < b.file.date
                                          : rankOf(a.file.kind) < rankOf(b.file.kind);
    });
    return files;
}

class FolderImport
{
public:
    FolderImport(Store &store, const Provider &provider, QString participant, const QDir &folder,
                 const Clock &clock, ImportReport &report)
        : m_store(store), m_provider(provider), m_key{std::move(participant), provider.id()},
          m_folder(folder), m_clock(clock), m_report(report)
    {
    }

    Outcome run(const QList<FoundFile> &files)
    {
        if (const Outcome known = readKnown(files); !known)
            return known;
        for (const FoundFile &found : files) {
            const Outcome entered = enter(found);
            if (!entered && entered.error().kind == ErrorKind::Storage)
                return entered;
            if (!entered)
                m_report.problems << u"%1: %2"_s.arg(found.info.filePath(),
                                                     errorLine(entered.error(), m_provider.title()));
        }
        return {};
    }

private:
    using Place = QPair<QString, QDate>;

    Outcome readKnown(const QList<FoundFile> &files)
    {
        const Result<std::optional<AccountProfile>> profile = m_store.accounts().profile(m_key);
        if (!profile)
            return failure(profile.error());
        m_hasProfile = profile->has_value();
        m_zone = m_hasProfile && (*profile)->zone.zone.isValid() ? (*profile)->zone : computerZone();
        QStringList types;
        QDate first;
        QDate last;
        for (const FoundFile &found : files) {
            if (!found.file.date.isValid())
                continue;
            if (!types.contains(found.file.dataType))
                types << found.file.dataType;
            first = first.isValid() ? std::min(first, found.file.date) : found.file.date;
            last = last.isValid() ? std::max(last, found.file.date) : found.file.date;
        }
        if (types.isEmpty())
            return {};
        const Result<QList<Cell>> cells = m_store.ledger().cells(m_key, types, first, last);
        if (!cells)
            return failure(cells.error());
        for (const Cell &cell : *cells)
            m_cells.insert({cell.key.dataType, cell.key.date}, cell);
        return {};
    }

    /// True for files that were entered before and for day files of our own.
    [[nodiscard]] bool isIn(const FoundFile &found) const
    {
        if (found.file.kind == OriginalFile::Kind::UserProfile)
            return m_hasProfile;
        const auto cell = m_cells.constFind({found.file.dataType, found.file.date});
        if (cell == m_cells.constEnd())
            return false;
        if (found.file.kind == OriginalFile::Kind::HeartRateError)
            return true;
        return cell->hasData && cell->fetchedAtUtc &&
               *cell->fetchedAtUtc + writtenAtOnceSeconds >= found.changedUtc();
    }

    Outcome enter(const FoundFile &found)
    {
        if (isIn(found))
            return {};
        ++m_report.looked;
        QFile file(found.info.filePath());
        if (found.info.size() > largestFile || !file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::RequestRefused, u"It cannot be read."_s);
        const QByteArray bytes = file.readAll();
        if (found.file.kind == OriginalFile::Kind::UserProfile)
            return enterProfile(found, bytes);
        const CellKey key{m_key, found.file.dataType, found.file.date};
        if (found.file.kind == OriginalFile::Kind::HeartRateError)
            return markFailed(key, originalFailure(bytes).detail);
        const Result<std::optional<Cell>> cell = m_store.ledger().cell(key);
        if (!cell)
            return failure(cell.error());
        if (*cell && isGood((*cell)->state) && isArchived(bytes))
            return {};
        return enterRows(found, bytes, key, *cell);
    }

    Outcome enterRows(const FoundFile &found, const QByteArray &bytes, const CellKey &key,
                      const std::optional<Cell> &cell)
    {
        Answer answer;
        answer.task = {m_key, found.file.dataType, found.file.date, found.file.date, {}};
        answer.url = QUrl::fromLocalFile(found.info.absoluteFilePath());
        answer.body = bytes;
        answer.fetchedAtUtc = found.changedUtc();
        answer.zone = m_zone;
        answer.origin = u"original"_s;
        const Result<Batch> batch = parseOriginal(found.file, bytes, ParseContext{answer.task, m_zone});
        const auto isDay = [&](const DayResult &day) { return day.date == found.file.date; };
        if (batch && cell && cell->hasData) {
            const auto day = std::find_if(batch->days.begin(), batch->days.end(), isDay);
            if (day == batch->days.end() || day->points <= cell->points)
                return {}; // what is kept is at least as rich
        }
        if (!batch && cell && cell->hasData)
            return {}; // a damaged day file of ours: it is healed from the archive
        const Result<Document> document = m_store.ingest().archive(answer);
        if (!document)
            return failure(document.error());
        if (!batch) {
            if (!cell) {
                if (const Outcome marked = markFailed(key, errorLine(batch.error(), m_provider.title()));
                    !marked)
                    return marked;
            }
            return failure(batch.error());
        }
        WRISTKEEP_FAIL_POINT("sync.original-archived");
        CommitRequest request;
        request.answer = answer;
        request.document = *document;
        request.batch = *batch;
        request.today = civilDate(answer.fetchedAtUtc, m_zone);
        const DataType *type = m_provider.findType(found.file.dataType);
        request.settleDays = type ? type->settleDays : 7;
        request.writeDayFiles = false;
        const Result<WriteStats> stats = m_store.ingest().commit(request);
        if (!stats)
            return failure(stats.error());
        ++m_report.entered;
        return {};
    }

    Outcome markFailed(const CellKey &key, const QString &reason)
    {
        const Result<Cell> cell =
            m_store.ledger().markTried(key, CellState::Failed, reason, m_clock.nowUtc());
        return cell ? Outcome() : failure(cell.error());
    }

    Outcome enterProfile(const FoundFile &found, const QByteArray &bytes)
    {
        const Result<RemoteProfile> remote = m_provider.parseProfile(bytes);
        if (!remote)
            return failure(remote.error());
        AccountProfile profile;
        profile.userId = remote->userId;
        profile.memberSince = remote->memberSince;
        profile.readAtUtc = found.changedUtc();
        profile.zone = {QTimeZone(remote->zoneId.toLatin1()), ZoneSource::Profile};
        if (!profile.zone.zone.isValid())
            return {};
        if (const Outcome saved = m_store.accounts().saveProfile(m_key, profile); !saved)
            return saved;
        m_hasProfile = true;
        m_zone = profile.zone;
        return {};
    }

    /// The archive names its files by the hash of what they hold (docs/DATA.md).
    [[nodiscard]] bool isArchived(const QByteArray &bytes) const
    {
        const QByteArray sha = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        return QFileInfo::exists(u"%1/.archive/%2/%3.json.gz"_s.arg(QFileInfo(m_folder.path()).path(),
                                                                    participantFolder(m_key.participant),
                                                                    QString::fromLatin1(sha)));
    }

    Store &m_store;
    const Provider &m_provider;
    AccountKey m_key;
    QDir m_folder;
    const Clock &m_clock;
    ImportReport &m_report;
    Zone m_zone;
    bool m_hasProfile = false;
    QHash<Place, Cell> m_cells;
};

/// The participant a folder belongs to; a folder of recognised files nobody is listed for adds one.
Result<QString> participantOf(Store &store, const QString &folder)
{
    const Result<QList<Participant>> all = store.participants().all();
    if (!all)
        return failure(all.error());
    for (const Participant &participant : *all) {
        // The original named its folders by the id itself, also where ours is an escaped one.
        if (sameParticipant(participantFolder(participant.id), folder) ||
            sameParticipant(participant.id, folder))
            return participant.id;
    }
    if (const Outcome added = store.participants().add({folder, {}, {}, {}}); !added)
        return failure(added.error());
    return folder;
}

} // namespace

ImportReport importOriginalFiles(Store &store, const QString &dataDir, const Clock &clock)
{
    ImportReport report;
    const Result<const Provider *> provider = findProvider(u"fitbit"_s);
    if (!provider)
        return report;
    for (const QFileInfo &folder :
         QDir(dataDir).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (sameParticipant(folder.fileName(), u"exports"_s) || folder.isSymLink())
            continue;
        const QDir dir(folder.absoluteFilePath());
        const QList<FoundFile> files = recognisedFiles(dir);
        if (files.isEmpty())
            continue;
        const Result<QString> participant = participantOf(store, folder.fileName());
        if (!participant) {
            report.problems << u"%1: %2"_s.arg(folder.filePath(),
                                               errorLine(participant.error(), (*provider)->title()));
            continue;
        }
        FolderImport import(store, **provider, *participant, dir, clock, report);
        if (const Outcome done = import.run(files); !done) {
            report.problems << errorLine(done.error(), (*provider)->title());
            break;
        }
    }
    return report;
}

} // namespace wristkeep
