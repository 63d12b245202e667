// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/rebuildthread.h"

#include "core/clock.h"
#include "core/invoke.h"
#include "sync/storeoptions.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

RebuildThread::RebuildThread(Settings settings, std::shared_ptr<const Clock> clock, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_clock(std::move(clock)),
      m_home(std::make_unique<QObject>())
{
    m_thread.setObjectName(u"rebuild"_s);
    m_home->moveToThread(&m_thread);
    m_thread.start();
}

RebuildThread::~RebuildThread()
{
    stop();
    m_thread.quit();
    m_thread.wait();
}

void RebuildThread::start(const RebuildRequest &request)
{
    runOn<RebuildReport>(
        m_home.get(), this,
        [this, request, options = storeOptions(m_settings)] {
            const RebuildWatch watch{[this](const SyncProgress &progress) { Q_EMIT progressed(progress); },
                                     [this] { return m_stop.load(); }};
            return rebuildTables(options, request, *m_clock, watch);
        },
        [this](const Result<RebuildReport> &report) {
            if (report)
                Q_EMIT finished(*report);
            else
                Q_EMIT failed(report.error());
        });
}

} // namespace wristkeep
