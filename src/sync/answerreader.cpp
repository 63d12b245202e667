// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/answerreader.h"

#include "providers/fitbit/originalfiles.h"
#include "providers/registry.h"
#include "store/archive.h"
#include "store/requesttrace.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// A file of the earlier program is read by its name, and its days are those of the name.
Result<Batch> readOriginal(const KeptDocument &kept, const AnswerToKeep &work)
{
    const std::optional<OriginalFile> file = recognise(kept.fileName);
    if (!file) {
        return failure(ErrorKind::NotUnderstood,
                       u"Nothing is known about files named \"%1\"."_s.arg(kept.fileName));
    }
    return parseOriginal(*file, work.answer.body, ParseContext{work.answer.task, work.answer.zone});
}

/// Asked for in another zone, an answer to a question about instants reaches into the days beside its own.
/// Those rows are true all the same; what is known about those days comes from their own answers.
Result<Batch> readAcross(const AnswerToKeep &work, const QString &page, const QByteArray &body)
{
    const FetchTask &asked = work.answer.task;
    FetchTask wide = asked;
    wide.page = page;
    wide.first = asked.first.addDays(-1);
    wide.last = asked.last.addDays(1);
    auto batch = work.provider->parse(body, {wide, work.answer.zone});
    if (batch) {
        batch->days.removeIf(
            [&asked](const DayResult &day) { return day.date < asked.first || day.date > asked.last; });
    }
    return batch;
}

} // namespace

QString requestName(const FetchTask &task)
{
    return QStringList{task.account.participant, task.account.provider, task.dataType,
                       task.first.toString(Qt::ISODate), task.last.toString(Qt::ISODate)}
        .join(u'\n');
}

AnswerReader::AnswerReader(const Archive &archive, ProviderFinder findProvider)
    : m_archive(archive), m_findProvider(std::move(findProvider))
{
}

std::vector<ReadAnswer> AnswerReader::read(const std::vector<DueAnswer> &due)
{
    std::vector<ReadAnswer> answers;
    answers.reserve(due.size());
    for (const DueAnswer &each : due)
        answers.push_back({each, readOne(each)});
    return answers;
}

Result<ArchivedAnswer> AnswerReader::readOne(const DueAnswer &due)
{
    const KeptDocument &kept = due.kept;
    const QString request = requestName(kept.answer.task);
    const OpenFetch fetch = m_open.take(request);
    const auto provider = m_findProvider(kept.answer.task.account.provider);
    if (!provider)
        return failure(provider.error());
    const DataType *type = (*provider)->findType(kept.answer.task.dataType);
    AnswerToKeep work;
    work.answer = kept.answer;
    work.answer.fetchedAtUtc = due.atUtc;
    work.answer.zone = due.zone;
    work.provider = *provider;
    work.settleDays = type ? type->settleDays : 7;
    work.today = civilDate(due.atUtc, due.zone);
    if (!kept.page.isEmpty()) {
        if (fetch.nextPage.isEmpty() || pageTrace(fetch.nextPage) != kept.page) {
            return failure(
                ErrorKind::NotUnderstood,
                u"It is page %1 of an answer whose page before is not there."_s.arg(kept.answer.pageNumber));
        }
        work.answer.task.page = fetch.nextPage;
        work.earlier = fetch.pages;
    }
    const AccountKey &account = work.answer.task.account;
    auto body = m_archive.body(account.provider, account.participant, kept.document.sha256);
    if (!body)
        return failure(body.error());
    work.answer.body = std::move(*body);
    auto answer = parse(work, kept);
    if (!answer)
        return answer;
    if (!answer->batch)
        return failure(answer->batch.error());
    answer->work.answer.body.clear();
    if (const QString &next = answer->batch->nextPage; !next.isEmpty())
        m_open.insert(request, {work.earlier + QList{KeptPage{work.answer.task.page, kept.document}}, next});
    return answer;
}

Result<ArchivedAnswer> AnswerReader::parse(const AnswerToKeep &work, const KeptDocument &kept) const
{
    if (work.answer.origin == "original"_L1) {
        ArchivedAnswer answer{work, kept.document.sha256, readOriginal(kept, work)};
        answer.work.makesDayFiles = false;
        return answer;
    }
    auto answer = understand(m_archive, work, kept.document.sha256);
    const bool isOtherZone = work.answer.zone.id() != kept.answer.zone.id();
    if (answer && !answer->batch && isOtherZone) {
        if (auto across = parseAcrossDays(work, kept); across && across->batch)
            return across;
    }
    return answer;
}

Result<ArchivedAnswer> AnswerReader::parseAcrossDays(const AnswerToKeep &work, const KeptDocument &kept) const
{
    const AccountKey &account = work.answer.task.account;
    ArchivedAnswer answer{work, kept.document.sha256,
                          readAcross(work, work.answer.task.page, work.answer.body)};
    // Its share of the days' files would lack what the neighbours' answers hold.
    answer.work.makesDayFiles = false;
    if (!answer.batch || !answer.batch->nextPage.isEmpty())
        return answer;
    for (const KeptPage &page : work.earlier) {
        const auto body = m_archive.body(account.provider, account.participant, page.document.sha256);
        if (!body)
            return failure(body.error());
        auto batch = readAcross(work, page.page, *body);
        if (!batch)
            return failure(batch.error());
        answer.earlier.append({page.document.id, std::move(*batch)});
    }
    return answer;
}

} // namespace wristkeep
