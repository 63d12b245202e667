// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One planned task from its request to its committed cells: asks, tries again within bounds, hands the
// answer to the store thread, follows pages. Ends exactly once with finished(), unless destroyed.

#include "core/fetchtask.h"
#include "core/http.h"
#include "store/ingest.h"
#include "sync/authorisedcall.h"
#include "sync/keepanswer.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace wristkeep {

class ServicePatience;

struct JobEnd
{
    FetchTask task;
    std::optional<Error> error; ///< none: committed
    WriteStats stats;
    qint64 durationMs = 0;    ///< of all tries together
    qint64 bytes = 0;         ///< on the wire
    bool refusedAnew = false; ///< see CallEnd
};

class FetchJob : public QObject
{
    Q_OBJECT
public:
    FetchJob(const RunServices &services, AccountSession &session, ServicePatience &patience, FetchTask task,
             QObject *parent);
    ~FetchJob() override;

    void start();
    /// Nothing more is asked and finished() is not emitted; for a job that is still asking.
    void abort();
    /// The run is ending: a failure from now on is final, and what was not sent yet is not sent any more. A
    /// fetch that lacks pages then ends as Cancelled.
    void giveUpTrying();
    /// False once the answer is with the store.
    [[nodiscard]] bool isAsking() const { return m_asking; }
    /// Of an answer that is being kept.
    [[nodiscard]] qint64 waitingBytes() const { return m_waitingBytes; }

Q_SIGNALS:
    void retrying(const wristkeep::Error &error, qint64 pauseMs);
    void answered(); ///< the network is free again; the store works on it
    void finished(const wristkeep::JobEnd &end);

private:
    void ask();
    void onCallEnded(CallEnd end);
    void keep(const HttpResponse &response);
    void onKept(Result<KeptAnswer> kept);
    [[nodiscard]] qint64 bytesToKeep(const HttpResponse &response) const;
    void onFailed(const Error &error, bool worthRepeating, qint64 tookMs);
    void followPage(const KeptAnswer &kept);
    void finish(std::optional<Error> error);

    const RunServices &m_services;
    AccountSession &m_session;
    ServicePatience &m_patience;
    FetchTask m_task; ///< with the page being asked
    JobEnd m_end;
    std::unique_ptr<AuthorisedCall> m_call;
    QTimer m_pause;
    std::optional<Error> m_lastError;
    QUrl m_firstUrl;
    QList<KeptPage> m_earlier; ///< pages of this fetch that are in; their bodies stay in the archive
    QSet<QString> m_pages;
    qint64 m_keptBytes = 0; ///< of those pages
    qint64 m_waitingBytes = 0;
    int m_failedTries = 0;
    bool m_asking = false;
    bool m_noMoreTries = false;
};

} // namespace wristkeep
