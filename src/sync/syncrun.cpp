// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncrun.h"

#include "core/failpoint.h"
#include "providers/registry.h"
#include "sync/verdict.h"

#include <QUuid>

#include <algorithm>
#include <cmath>

namespace wristkeep {

using namespace Qt::StringLiterals;

SyncRun::SyncRun(const RunServices &services, SyncRequest request, QObject *parent)
    : QObject(parent), m_services(services), m_request(std::move(request)),
      m_patience(services.limits.retry.runBudget)
{
    m_report.run = QUuid::createUuid().toString(QUuid::WithoutBraces);
}

SyncRun::~SyncRun() = default;

void SyncRun::start()
{
    if (m_request.accounts.isEmpty())
        m_report.stopped = errorOf(ErrorKind::BadUsage, u"No account was named to sync."_s);
    next();
}

void SyncRun::cancel()
{
    m_cancelled = true;
    m_report.cancelled = true;
    if (m_account)
        m_account->cancel();
}

void SyncRun::next()
{
    const bool ended = m_report.stopped && verdictOn(*m_report.stopped) == Verdict::RunStops;
    if (ended || m_next >= m_request.accounts.size()) {
        finish();
        return;
    }
    const AccountKey key = m_request.accounts.at(m_next++);
    const Result<const Provider *> provider = findProvider(key.provider);
    if (!provider) {
        m_report.stopped = provider.error();
        finish();
        return;
    }
    AccountRun::Order order{key, m_request, m_report.run, std::nullopt};
    if (m_cancelled)
        order.blocked = errorOf(ErrorKind::Cancelled);
    else if (const auto stopped = m_stoppedProviders.constFind(key.provider);
             stopped != m_stoppedProviders.constEnd())
        order.blocked = *stopped;
    m_account = std::make_unique<AccountRun>(m_services, m_patience, **provider, std::move(order), nullptr);
    connect(m_account.get(), &AccountRun::logged, this, &SyncRun::logged);
    connect(m_account.get(), &AccountRun::planned, this, [this](int tasks) {
        m_current = tasks;
        tellProgress({});
        if (!m_timer.isValid())
            m_timer.start();
    });
    connect(m_account.get(), &AccountRun::taskEnded, this, [this](const QString &text) {
        ++m_done;
        tellProgress(text);
    });
    connect(m_account.get(), &AccountRun::finished, this, &SyncRun::onAccountFinished);
    m_account->start();
}

void SyncRun::onAccountFinished(const AccountReport &report)
{
    addPart(m_report, report.part);
    if (report.providerStopped)
        m_stoppedProviders.insert(m_request.accounts.at(m_next - 1).provider, *report.providerStopped);
    m_before += m_current;
    m_done = m_before; // what a stop left undone is given up
    m_current = 0;
    m_account.release()->deleteLater(); // we are inside its signal
    next();
}

void SyncRun::tellProgress(const QString &text)
{
    SyncProgress progress;
    progress.done = m_done;
    // Accounts that are not planned yet are taken to be like the present one.
    progress.total = m_before + m_current * int(1 + m_request.accounts.size() - m_next);
    progress.total = std::max(progress.total, m_done);
    progress.text = text;
    if (m_done > 0 && m_timer.isValid()) {
        const double seconds = double(m_timer.elapsed()) / 1000.0 / m_done;
        progress.etaSeconds = int(std::ceil(seconds * (progress.total - progress.done)));
    }
    Q_EMIT progressed(progress);
}

void SyncRun::finish()
{
    WRISTKEEP_FAIL_POINT("sync.before-report");
    Q_EMIT finished(m_report);
}

} // namespace wristkeep
