// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/accountrun.h"

#include "core/clock.h"
#include "core/errortexts.h"
#include "core/failpoint.h"
#include "core/logging.h"
#include "core/settings.h"
#include "core/tokenstore.h"
#include "net/tokenmanager.h"
#include "providers/provider.h"
#include "store/ledger.h"
#include "store/runs.h"
#include "store/store.h"
#include "sync/quota.h"
#include "sync/requestgate.h"
#include "sync/runlease.h"
#include "sync/runtexts.h"
#include "sync/servicepatience.h"
#include "sync/settlement.h"
#include "sync/storethread.h"
#include "sync/taskloop.h"
#include "sync/verdict.h"
#include "sync/zonereader.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

AccountRun::AccountRun(const RunServices &services, ServicePatience &patience, const Provider &provider,
                       Order order, QObject *parent)
    : QObject(parent), m_services(services), m_patience(patience), m_order(std::move(order)),
      m_blocked(m_order.blocked), m_opening(std::make_unique<QObject>())
{
    m_session.key = m_order.key;
    m_session.provider = &provider;
    m_session.client = provider.oauthClient(services.settings);
    m_session.gate = std::make_shared<RequestGate>(paceOf(provider, services.limits));
}

AccountRun::~AccountRun() = default;

void AccountRun::start()
{
    m_startedUtc = m_services.clock.nowUtc();
    m_services.store.run<AccountFacts>(
        this, [key = m_order.key](Store &store) { return readAccountFacts(store, key); },
        [this](Result<AccountFacts> facts) { onFacts(std::move(facts)); });
}

void AccountRun::cancel()
{
    const Error why = errorOf(ErrorKind::Cancelled);
    if (m_stage == Stage::Facts) {
        if (!m_blocked)
            m_blocked = why;
    } else if (m_stage == Stage::Opening) {
        block(why);
    } else if (m_stage == Stage::Planning) {
        if (!m_blocked)
            m_blocked = why;
    } else if (m_stage == Stage::Tasks) {
        m_loop->stop(why);
    }
}

void AccountRun::yield()
{
    if (m_stage == Stage::Tasks)
        m_loop->yield(errorOf(ErrorKind::Cancelled));
    else
        cancel();
}

void AccountRun::onFacts(Result<AccountFacts> facts)
{
    if (!facts) {
        finishWithout(facts.error());
        return;
    }
    m_facts = std::move(*facts);
    m_stage = Stage::Opening;
    m_session.key = m_facts.key;
    m_session.zone = zoneOf(m_facts);
    if (m_facts.account)
        m_session.token = m_facts.account->token;
    const qint64 now = m_services.clock.nowUtc();
    if (m_facts.quota.resetAtUtc && *m_facts.quota.resetAtUtc > now)
        m_session.quota = m_facts.quota;
    if (m_blocked) {
        plan();
    } else if (const Outcome configured = m_services.settings.checkCredentials(m_session.key.provider);
               !configured) {
        block(configured.error());
    } else if (const std::optional<Error> problem = tokenProblem(m_facts.account, m_session.client)) {
        block(*problem);
    } else if (m_order.request.trigger == SyncTrigger::Schedule && isExhausted(m_facts.quota, now)) {
        Error waits = errorOf(ErrorKind::RateLimited);
        waits.retryAtUtc = m_facts.quota.resetAtUtc;
        block(waits);
    } else {
        takeLease();
    }
}

void AccountRun::takeLease()
{
    m_lease = std::make_unique<RunLease>(m_services, m_session.key, m_order.background, nullptr);
    connect(m_lease.get(), &RunLease::waiting, m_opening.get(), [this] {
        log(LogLevel::Info,
            u"Another sync of %1 is running; waiting for it."_s.arg(m_session.key.participant));
    });
    connect(m_lease.get(), &RunLease::taken, m_opening.get(), [this] { askToken(); });
    connect(m_lease.get(), &RunLease::failed, m_opening.get(), [this](const Error &error) { block(error); });
    m_lease->take();
}

void AccountRun::askToken()
{
    WRISTKEEP_FAIL_POINT("sync.leased");
    m_services.tokens.validToken(m_session.key, m_session.client, m_opening.get(),
                                 [this](Result<Token> token) {
                                     if (!token) {
                                         block(token.error());
                                         return;
                                     }
                                     WRISTKEEP_FAIL_POINT("sync.token-ready");
                                     m_session.token = *token;
                                     readZone();
                                 });
}

void AccountRun::readZone()
{
    if (!wantsProfile(m_facts, m_session.token.userId, m_services.clock.nowUtc())) {
        plan();
        return;
    }
    m_zoneReader = std::make_unique<ZoneReader>(m_services, m_session, nullptr);
    m_zoneReader->read([this](const Result<AccountProfile> &profile) { onProfile(profile); });
}

void AccountRun::onProfile(const Result<AccountProfile> &profile)
{
    m_zoneReader.release()->deleteLater(); // we are inside its call
    if (profile) {
        if (m_facts.profile && m_facts.profile->zone.zone.isValid() &&
            profile->zone.id() != m_session.zone.id())
            log(LogLevel::Warning,
                u"The account's time zone is now %1; days synced before were counted in %2."_s.arg(
                    profile->zone.id(), m_session.zone.id()));
        m_session.zone = profile->zone;
        plan();
        return;
    }
    const Error &error = profile.error();
    const Verdict verdict = verdictOn(error);
    if (verdict != Verdict::CellFails && verdict != Verdict::CellNotPermitted) {
        block(error);
        return;
    }
    if (error.kind != ErrorKind::ScopeMissing)
        log(LogLevel::Warning,
            u"The time zone of %1 could not be read (%2); going on with %3."_s.arg(
                m_session.key.participant, errorText(error, m_session.provider->title()).sentence,
                m_session.zone.id()));
    plan();
}

void AccountRun::block(const Error &error)
{
    if (!m_blocked)
        m_blocked = error;
    // Late answers of the opening have nobody to go to any more; a refresh under way still ends durably.
    m_opening = std::make_unique<QObject>();
    m_zoneReader.reset();
    plan();
}

PlanInput AccountRun::planInput() const
{
    PlanInput input;
    input.account = m_session.key;
    input.types = m_session.provider->dataTypes();
    input.granted = m_session.token.scopes;
    input.request = m_order.request;
    input.today = m_today;
    input.zone = m_session.zone;
    return input;
}

void AccountRun::plan()
{
    m_stage = Stage::Planning;
    m_today = civilDate(m_services.clock.nowUtc(), m_session.zone);
    const PlanInput input = planInput();
    const Result<DayRange> days = askedDays(input.request, input.today);
    if (!days) {
        finishWithout(days.error());
        return;
    }
    QStringList ids;
    for (const DataType &type : askedTypes(input))
        ids << type.id;
    RunRecord record;
    record.id = m_order.record;
    record.account = m_session.key;
    record.startedUtc = m_startedUtc;
    m_services.store.run<QList<Cell>>(
        this,
        [=, key = m_session.key,
         known = m_facts.account && !m_order.background](Store &store) -> Result<QList<Cell>> {
            if (known) {
                if (const Outcome begun = store.runs().begin(record); !begun)
                    return failure(begun.error());
            }
            return store.ledger().cells(key, ids, days->first, days->last);
        },
        [this](Result<QList<Cell>> cells) { onCells(std::move(cells)); });
}

void AccountRun::onCells(Result<QList<Cell>> cells)
{
    if (!cells) {
        finishWithout(cells.error());
        return;
    }
    PlanInput input = planInput();
    input.cells = std::move(*cells);
    Result<Plan> made = m_order.plan ? m_order.plan(input, m_session.quota) : planRun(input);
    if (!made) {
        finishWithout(made.error());
        return;
    }
    m_plan = std::move(*made);
    Q_EMIT planned(int(m_plan.tasks.size()));
    for (const CellKey &key : std::as_const(m_plan.notPermitted)) {
        if (const DataType *type = m_session.provider->findType(key.dataType))
            m_notes.add(key, CellNote{scopeMissingText(*type), true, false, false, ErrorKind::ScopeMissing});
    }
    runTasks();
}

void AccountRun::runTasks()
{
    if (m_blocked || m_plan.tasks.isEmpty()) {
        QList<FetchTask> untouched;
        for (const PlannedTask &planned : std::as_const(m_plan.tasks))
            untouched << planned.task;
        settle(untouched);
        return;
    }
    WRISTKEEP_FAIL_POINT("sync.planned");
    m_stage = Stage::Tasks;
    const bool careful = isExhausted(m_facts.quota, m_services.clock.nowUtc());
    m_loop = std::make_unique<TaskLoop>(m_services, m_session, m_patience, m_plan.tasks, careful, nullptr);
    connect(m_loop.get(), &TaskLoop::taskEnded, this, &AccountRun::onTaskEnded);
    connect(m_loop.get(), &TaskLoop::finished, this, &AccountRun::onLoopEnded);
    connect(m_loop.get(), &TaskLoop::retrying, this,
            [this](const FetchTask &task, const Error &error, qint64 pauseMs) {
                LogEntry entry;
                entry.level = LogLevel::Warning;
                entry.dataType = task.dataType;
                entry.date = task.last;
                entry.text =
                    u"%1 Trying again in %2 s."_s.arg(errorText(error, m_session.provider->title()).sentence,
                                                      QString::number(double(pauseMs) / 1000.0, 'f', 1));
                log(entry);
            });
    m_loop->start();
}

void AccountRun::onTaskEnded(const JobEnd &end)
{
    LogEntry entry;
    entry.dataType = end.task.dataType;
    entry.date = end.task.last;
    entry.durationMs = end.durationMs;
    entry.bytes = end.bytes;
    entry.request = requestLine(*m_session.provider, end.task, m_services.settings, m_session.zone);
    m_report.part.added += end.stats.added;
    m_report.part.changed += end.stats.changed;
    m_report.part.same += end.stats.same;
    m_report.part.withdrawn += end.stats.withdrawn;
    m_report.part.filesWritten << end.stats.filesWritten;
    if (end.error) {
        const CellNote note = noteFor(end.task.dataType, *end.error);
        const bool denied = verdictOn(*end.error) == Verdict::CellNotPermitted;
        const CellState state = denied ? CellState::NotPermitted : CellState::Failed;
        QList<CellMark> marks;
        for (const FetchTask &part : m_plan.wantedParts(end.task)) {
            marks << CellMark{part, state, note.reason};
            m_notes.add(part, note);
        }
        m_services.store.run<bool>(
            this,
            [marks, now = m_services.clock.nowUtc()](Store &store) -> Result<bool> {
                for (const CellMark &mark : marks) {
                    if (const Outcome marked = markCells(store, mark, now); !marked)
                        return failure(marked.error());
                }
                return true;
            },
            [this](const Result<bool> &marked) {
                if (!marked && m_stage == Stage::Tasks)
                    m_loop->stop(marked.error());
            });
        entry.level = denied ? LogLevel::Warning : LogLevel::Problem;
        entry.result = cellStateName(state);
        entry.text = u"%1: %2"_s.arg(taskText(*m_session.provider, end.task), note.reason);
        entry.nextStep = errorText(*end.error, m_session.provider->title()).nextStep;
    } else if (const QList<Cell> cells = cellsOfTask(end.task, end.stats.cells); !cells.isEmpty()) {
        const bool isSuspicious =
            std::any_of(cells.begin(), cells.end(), [](const Cell &cell) { return cell.suspicious; });
        entry.result = cellStateName(cells.last().state);
        entry.level = isSuspicious ? LogLevel::Warning : LogLevel::Info;
        entry.text = committedText(*m_session.provider, end.task, cells, end.stats);
        if (const QString proven = provenText(*m_session.provider, end.task, end.stats.cells);
            !proven.isEmpty())
            entry.text += u' ' + proven;
    }
    log(entry);
    int brought = 0;
    for (const FetchTask &part : m_plan.wantedParts(end.task))
        brought += end.error ? 0 : int(part.first.daysTo(part.last)) + 1;
    Q_EMIT taskEnded(taskText(*m_session.provider, end.task), brought);
}

void AccountRun::onLoopEnded(const LoopEnd &end)
{
    m_blocked = end.stop;
    if (end.stop && end.stop->kind == ErrorKind::TokenRefused) {
        // Marks the row "Reconnect", unless a newer consent has replaced it meanwhile. Whoever reads the row
        // puts the sentence before the reason, so only where there is none the sentence is it.
        const QString reason = end.stop->detail.isEmpty()
                                   ? errorText(*end.stop, m_session.provider->title()).sentence
                                   : end.stop->detail;
        m_services.tokenStore.releaseRefreshLease(m_session.key, m_services.owner,
                                                  m_session.token.refreshToken, reason, this,
                                                  [](const Result<bool> &) {});
    }
    settle(end.untouched);
}

CellNote AccountRun::noteFor(const QString &dataType, const Error &error) const
{
    CellNote note;
    note.cancelled = error.kind == ErrorKind::Cancelled;
    note.waitsForQuota = error.kind == ErrorKind::RateLimited;
    note.triedAndFailed = !note.cancelled && !note.waitsForQuota;
    note.reason = failureText(*m_session.provider, dataType, error);
    note.error = error.kind;
    return note;
}

void AccountRun::settle(const QList<FetchTask> &untouched)
{
    m_stage = Stage::Settling;
    const qint64 now = m_services.clock.nowUtc();
    Settlement work;
    work.key = m_session.key;
    work.nowUtc = now;
    for (const CellKey &key : std::as_const(m_plan.cells)) {
        if (!work.dataTypes.contains(key.dataType))
            work.dataTypes << key.dataType;
        work.first = work.first.isValid() ? std::min(work.first, key.date) : key.date;
        work.last = work.last.isValid() ? std::max(work.last, key.date) : key.date;
    }
    for (const CellKey &key : std::as_const(m_plan.notPermitted)) {
        if (const DataType *type = m_session.provider->findType(key.dataType))
            work.marks << CellMark{{key.account, key.dataType, key.date, key.date, {}},
                                   CellState::NotPermitted,
                                   scopeMissingText(*type)};
    }
    if (m_blocked) {
        Error stop = *m_blocked;
        if (stop.kind == ErrorKind::RateLimited) {
            m_session.quota = exhaustedQuota(m_session.quota, stop, now);
            m_report.part.nextAtUtc = m_session.quota.resetAtUtc;
            stop.retryAtUtc = m_session.quota.resetAtUtc;
        }
        for (const FetchTask &task : untouched) {
            const CellNote note = noteFor(task.dataType, stop);
            for (const FetchTask &part : m_plan.wantedParts(task)) {
                m_notes.add(part, note);
                if (marksCells(stop))
                    work.marks << CellMark{part, CellState::Failed, note.reason};
            }
        }
        m_report.part.cancelled = stop.kind == ErrorKind::Cancelled;
        m_report.part.noUsableToken = meansNoUsableToken(stop);
        const Verdict verdict = verdictOn(stop);
        if (verdict == Verdict::ProviderStops || (m_patience.isExhausted() && verdict == Verdict::CellFails))
            m_report.providerStopped = stop;
        if (verdict == Verdict::AccountStops)
            m_report.accountStopped = stop;
        if (verdict == Verdict::ProviderStops || (verdict == Verdict::RunStops && !m_report.part.cancelled))
            m_report.part.stopped = stop;
        const bool isQuiet = m_order.background && (m_report.part.cancelled || m_report.part.nextAtUtc);
        if (!m_order.blocked && !isQuiet)
            log(stop.kind == ErrorKind::Cancelled || stop.kind == ErrorKind::RateLimited ? LogLevel::Warning
                                                                                         : LogLevel::Problem,
                failureText(*m_session.provider, {}, stop));
    }
    if (m_session.quota.left || m_session.quota.exhausted)
        work.quota = m_session.quota;
    m_services.store.run<QList<Cell>>(
        this, [work](Store &store) { return settleAccount(store, work); },
        [this](const Result<QList<Cell>> &cells) {
            if (!cells && !m_report.part.stopped)
                m_report.part.stopped = cells.error();
            m_report.part.cells = m_notes.report(m_plan.cells, cells.value_or(QList<Cell>()));
            recordAndFinish();
        });
}

void AccountRun::recordAndFinish()
{
    RunRecord record;
    record.id = m_order.record;
    record.account = m_session.key;
    record.startedUtc = m_startedUtc;
    record.finishedUtc = m_services.clock.nowUtc();
    record.outcome = outcomeText(m_report.part, *record.finishedUtc);
    record.good = goodCells(m_report.part);
    record.notGood = int(m_report.part.cells.size()) - record.good;
    if (m_facts.account && !m_order.background) {
        m_services.store.post([record](Store &store) {
            if (const Outcome finished = store.runs().finish(record); !finished)
                qCWarning(lcSync) << "The end of a run could not be recorded.";
        });
    }
    m_lease.reset();
    WRISTKEEP_FAIL_POINT("sync.settled");
    Q_EMIT finished(m_report);
}

void AccountRun::finishWithout(const Error &error)
{
    m_report.part.stopped = error;
    m_report.part.noUsableToken = meansNoUsableToken(error);
    log(LogLevel::Problem, errorLine(error, m_session.provider->title()));
    m_lease.reset();
    Q_EMIT finished(m_report);
}

void AccountRun::log(LogLevel level, const QString &text)
{
    LogEntry entry;
    entry.level = level;
    entry.text = text;
    log(entry);
}

void AccountRun::log(LogEntry entry)
{
    entry.timeUtc = m_services.clock.now().toMSecsSinceEpoch();
    entry.participant = m_session.key.participant;
    entry.provider = m_session.key.provider;
    Q_EMIT logged(entry);
}

} // namespace wristkeep
