// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One sync from click to report: its accounts one after the other, with one count, one time left and one
// patience for a failing service.

#include "sync/accountrun.h"
#include "sync/servicepatience.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <memory>

namespace wristkeep {

class SyncRun : public QObject
{
    Q_OBJECT
public:
    SyncRun(const RunServices &services, SyncRequest request, QObject *parent);
    ~SyncRun() override;

    void start();
    /// At once; ends in finished() with `cancelled`.
    void cancel();

Q_SIGNALS:
    void progressed(const wristkeep::SyncProgress &progress);
    void logged(const wristkeep::LogEntry &entry);
    void finished(const wristkeep::SyncReport &report);

private:
    void next();
    void onAccountFinished(const AccountReport &report);
    void tellProgress(const QString &text);
    void finish();

    const RunServices &m_services;
    SyncRequest m_request;
    ServicePatience m_patience;
    SyncReport m_report;
    std::unique_ptr<AccountRun> m_account;
    QHash<QString, Error> m_stoppedProviders;
    QElapsedTimer m_timer;
    qsizetype m_next = 0;
    int m_done = 0;
    int m_before = 0;  ///< tasks of the accounts that are through
    int m_current = 0; ///< tasks of the account under way
    bool m_cancelled = false;
};

} // namespace wristkeep
