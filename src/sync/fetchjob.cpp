// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/fetchjob.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "providers/provider.h"
#include "sync/answertime.h"
#include "sync/runservices.h"
#include "sync/servicepatience.h"
#include "sync/storethread.h"
#include "sync/verdict.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// A service that names ever new pages would keep a run going without end.
constexpr int mostPages = 2000;

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port() == b.port();
}

QString languageOf(const HttpRequest &request)
{
    for (const auto &[name, value] : request.headers) {
        if (name.compare("Accept-Language", Qt::CaseInsensitive) == 0)
            return QString::fromLatin1(value);
    }
    return {};
}

void addStats(WriteStats &sum, const WriteStats &more)
{
    sum.added += more.added;
    sum.changed += more.changed;
    sum.same += more.same;
    sum.withdrawn += more.withdrawn;
    // The task's own cells as its last page leaves them; zeros an earlier page proved stay proven.
    const QList<Cell> before = std::exchange(sum.cells, more.cells);
    for (const Cell &cell : before) {
        const bool again = std::any_of(more.cells.cbegin(), more.cells.cend(),
                                       [&cell](const Cell &now) { return now.key == cell.key; });
        if (!again)
            sum.cells << cell;
    }
    sum.filesWritten << more.filesWritten;
}

} // namespace

FetchJob::FetchJob(const RunServices &services, AccountSession &session, ServicePatience &patience,
                   FetchTask task, QObject *parent)
    : QObject(parent), m_services(services), m_session(session), m_patience(patience), m_task(std::move(task))
{
    m_end.task = m_task;
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &FetchJob::ask);
}

FetchJob::~FetchJob() = default;

void FetchJob::start()
{
    m_asking = true;
    ask();
}

void FetchJob::abort()
{
    m_pause.stop();
    m_call.reset();
}

void FetchJob::giveUpTrying()
{
    m_noMoreTries = true;
    if (m_pause.isActive()) {
        m_pause.stop();
        finish(m_lastError);
    } else if (m_call && m_call->isHeldBack()) {
        m_call.reset();
        finish(errorOf(ErrorKind::Cancelled));
    }
}

void FetchJob::ask()
{
    const Result<HttpRequest> request =
        m_session.provider->request(m_task, m_services.settings, m_session.zone);
    if (!request) {
        finish(request.error());
        return;
    }
    if (m_firstUrl.isEmpty())
        m_firstUrl = request->url;
    if (!sameOrigin(m_firstUrl, request->url)) {
        finish(errorOf(ErrorKind::RequestRefused, u"The next page is said to be on another server."_s));
        return;
    }
    m_asking = true;
    m_call = std::make_unique<AuthorisedCall>(m_services, m_session, nullptr);
    m_call->send(*request, [this](CallEnd end) { onCallEnded(std::move(end)); });
}

void FetchJob::onCallEnded(CallEnd end)
{
    m_call.release()->deleteLater(); // we are inside its call
    m_end.durationMs += end.durationMs;
    if (!end.answer) {
        m_end.refusedAnew = end.refusedAnew;
        onFailed(end.answer.error(), false, end.durationMs);
        return;
    }
    WRISTKEEP_FAIL_POINT("sync.answered");
    m_end.bytes += end.answer->wireBytes;
    m_asking = false;
    keep(*end.answer);
    Q_EMIT answered();
}

void FetchJob::keep(const HttpResponse &response)
{
    const DataType *type = m_session.provider->findType(m_task.dataType);
    AnswerToKeep work;
    work.answer.task = m_task;
    work.answer.pageNumber = int(m_earlier.size()) + 1;
    work.answer.url = response.url;
    work.answer.body = response.body;
    work.answer.gzipBody = response.gzipBody;
    work.answer.fetchedAtUtc = answeredAtUtc(response, m_services.clock.nowUtc());
    work.answer.zone = m_session.zone;
    work.answer.origin = m_session.key.provider;
    if (const Result<HttpRequest> request =
            m_session.provider->request(m_task, m_services.settings, m_session.zone))
        work.answer.language = languageOf(*request);
    work.provider = m_session.provider;
    work.settleDays = type ? type->settleDays : 7;
    work.today = civilDate(work.answer.fetchedAtUtc, m_session.zone);
    work.earlier = m_earlier;
    m_waitingBytes = bytesToKeep(response);
    m_services.store.keep(this, std::move(work),
                          [this](Result<KeptAnswer> kept) { onKept(std::move(kept)); });
}

void FetchJob::onKept(Result<KeptAnswer> kept)
{
    m_waitingBytes = 0;
    if (!kept) {
        finish(kept.error());
        return;
    }
    if (kept->notUnderstood) {
        onFailed(*kept->notUnderstood, kept->broken, 0);
        return;
    }
    m_patience.noteSuccess();
    m_failedTries = 0;
    addStats(m_end.stats, kept->stats);
    if (kept->nextPage.isEmpty())
        finish(std::nullopt);
    else
        followPage(*kept);
}

qint64 FetchJob::bytesToKeep(const HttpResponse &response) const
{
    const qint64 body = response.body.size();
    const bool isOneDay = m_task.first == m_task.last && m_earlier.isEmpty();
    // Cutting a fetch into days takes all its pages into memory, and as much again for the days.
    return body + response.gzipBody.size() + (isOneDay ? 0 : body + 2 * m_keptBytes);
}

void FetchJob::followPage(const KeptAnswer &kept)
{
    if (m_pages.contains(kept.nextPage)) {
        finish(errorOf(ErrorKind::NotUnderstood, u"The service names the same page again and again."_s));
        return;
    }
    m_earlier.append({m_task.page, kept.document});
    if (m_earlier.size() >= mostPages) {
        finish(errorOf(ErrorKind::NotUnderstood, u"The answer has more than %1 pages."_s.arg(mostPages)));
        return;
    }
    if (m_noMoreTries) {
        finish(errorOf(ErrorKind::Cancelled));
        return;
    }
    m_keptBytes += kept.bodyBytes;
    m_pages.insert(kept.nextPage);
    m_task.page = kept.nextPage;
    ask();
}

void FetchJob::onFailed(const Error &error, bool worthRepeating, qint64 tookMs)
{
    ++m_failedTries;
    m_lastError = error;
    Error judged = error;
    if (error.kind == ErrorKind::NotUnderstood && worthRepeating)
        judged.kind = ErrorKind::ServiceFailing; // a broken body is the service's trouble, like a 5xx
    if (isTransient(judged.kind))
        m_patience.noteFailure(tookMs);
    const auto pause = m_services.limits.retry.pauseAfter(judged, m_failedTries, m_patience.failingFor(),
                                                          QRandomGenerator::global()->generateDouble());
    if (!pause || m_noMoreTries) {
        finish(error);
        return;
    }
    m_asking = true;
    m_pause.start(*pause);
    Q_EMIT retrying(error, pause->count());
}

void FetchJob::finish(std::optional<Error> error)
{
    m_asking = false;
    m_end.error = std::move(error);
    Q_EMIT finished(m_end);
}

} // namespace wristkeep
