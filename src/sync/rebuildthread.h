// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A rebuild on a thread of its own, so that whoever asked for it can show how far it is and stop it.

#include "core/settings.h"
#include "sync/rebuild.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>

namespace wristkeep {

class RebuildThread : public QObject
{
    Q_OBJECT
public:
    RebuildThread(Settings settings, std::shared_ptr<const Clock> clock, QObject *parent = nullptr);
    ~RebuildThread() override; ///< stops it, and waits until it has tidied up

    /// Ends in exactly one of finished() and failed().
    void start(const RebuildRequest &request);
    void stop() { m_stop = true; }

Q_SIGNALS:
    void progressed(const wristkeep::SyncProgress &progress);
    void finished(const wristkeep::RebuildReport &report);
    void failed(const wristkeep::Error &error);

private:
    Settings m_settings;
    std::shared_ptr<const Clock> m_clock;
    std::atomic<bool> m_stop{false};
    std::unique_ptr<QObject> m_home;
    QThread m_thread;
};

} // namespace wristkeep
