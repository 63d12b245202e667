// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/taskloop.h"

#include "sync/requestgate.h"
#include "sync/runservices.h"
#include "sync/servicepatience.h"
#include "sync/storethread.h"
#include "sync/verdict.h"

#include <algorithm>

namespace wristkeep {

TaskLoop::TaskLoop(const RunServices &services, AccountSession &session, ServicePatience &patience,
                   QList<PlannedTask> tasks, bool careful, QObject *parent)
    : QObject(parent), m_services(services), m_session(session), m_patience(patience), m_careful(careful)
{
    if (!m_session.gate)
        m_session.gate = std::make_shared<RequestGate>(paceOf(*m_session.provider, m_services.limits));
    for (PlannedTask &planned : tasks)
        m_entries << Entry{std::move(planned), State::Waiting, nullptr};
    connect(&m_patience, &ServicePatience::exhausted, this,
            [this] { stop(m_lastFailure.value_or(errorOf(ErrorKind::TimedOut))); });
}

TaskLoop::~TaskLoop() = default;

void TaskLoop::start()
{
    if (m_patience.isExhausted())
        stop(errorOf(ErrorKind::TimedOut));
    else
        pump();
}

void TaskLoop::stop(const Error &why)
{
    if (!m_stop)
        m_stop = why;
    for (Entry &entry : m_entries) {
        if (entry.job && entry.job->isAsking()) {
            FetchJob *aborted = std::exchange(entry.job, nullptr);
            entry.state = State::Waiting;
            aborted->abort();
            aborted->deleteLater(); // we may be inside one of its signals
        } else if (entry.job) {
            entry.job->giveUpTrying();
        }
    }
    pump();
}

void TaskLoop::yield(const Error &why)
{
    if (!m_stop)
        drain(why);
    pump();
}

void TaskLoop::drain(const Error &why)
{
    m_stop = why;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.job)
            QMetaObject::invokeMethod(entry.job, &FetchJob::giveUpTrying, Qt::QueuedConnection);
    }
}

int TaskLoop::underWay() const
{
    return int(
        std::count_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) { return entry.job; }));
}

int TaskLoop::asking() const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const Entry &entry) { return entry.job && entry.job->isAsking(); }));
}

bool TaskLoop::isStoreFull() const
{
    qint64 bytes = 0;
    for (const Entry &entry : m_entries)
        bytes += entry.job ? entry.job->waitingBytes() : 0;
    return underWay() >= StoreThread::MostWaiting || bytes >= StoreThread::MostWaitingBytes;
}

int TaskLoop::width() const
{
    if (m_careful)
        return 1;
    const int widest = paceOf(*m_session.provider, m_services.limits).atOnce;
    return std::clamp(m_session.quota.left.value_or(widest), 1, widest);
}

qsizetype TaskLoop::nextWaiting() const
{
    const auto next = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                   [](const Entry &entry) { return entry.state == State::Waiting; });
    return next == m_entries.cend() ? -1 : next - m_entries.cbegin();
}

void TaskLoop::pump()
{
    while (!m_stop && asking() < width() && !isStoreFull()) {
        const qsizetype index = nextWaiting();
        if (index < 0)
            break;
        startJob(index);
    }
    if (m_done || underWay() > 0)
        return;
    m_done = true;
    LoopEnd end;
    end.stop = m_stop;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.state != State::Ended)
            end.untouched << entry.planned.task;
    }
    Q_EMIT finished(end);
}

void TaskLoop::startJob(qsizetype index)
{
    Entry &entry = m_entries[index];
    entry.state = State::UnderWay;
    entry.job = new FetchJob(m_services, m_session, m_patience, entry.planned.task, this);
    connect(entry.job, &FetchJob::answered, this, &TaskLoop::pump);
    connect(entry.job, &FetchJob::retrying, this, [this, index](const Error &error, qint64 pauseMs) {
        m_lastFailure = error;
        Q_EMIT retrying(m_entries.at(index).planned.task, error, pauseMs);
    });
    // Queued, so that a request refused before it was sent cannot end the loop inside pump().
    connect(
        entry.job, &FetchJob::finished, this, [this, index](const JobEnd &end) { onJobEnded(index, end); },
        Qt::QueuedConnection);
    entry.job->start();
}

void TaskLoop::onJobEnded(qsizetype index, const JobEnd &end)
{
    Entry &entry = m_entries[index];
    if (!entry.job)
        return; // aborted between its end and this call
    std::exchange(entry.job, nullptr)->deleteLater();
    const Verdict verdict = end.error ? verdictOn(*end.error) : Verdict::CellFails;
    if (!end.error || verdict == Verdict::CellFails || verdict == Verdict::CellNotPermitted) {
        entry.state = State::Ended;
        if (end.error)
            m_lastFailure = end.error;
        else
            m_careful = false;
        Q_EMIT taskEnded(end);
        pump();
        return;
    }
    entry.state = State::Waiting;
    Error why = *end.error;
    if (end.refusedAnew)
        why.code = QStringLiteral("refused-anew");
    if (m_stop) {
        pump();
    } else if (verdict == Verdict::QuotaStops) {
        drain(why);
        pump();
    } else {
        stop(why);
    }
}

} // namespace wristkeep
