// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The dashboard: shows the account's state with its one primary button, progress, and the sync log.
// It holds no rules: it renders what SyncWorker says and emits requests.

#include "sync/syncworker.h"

#include <QMainWindow>

#include <memory>

namespace wristkeep
{

struct WindowOptions
{
    Settings settings;
    bool demo = false;
    QString provider;   ///< id
};

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// `worker` lives on another thread; only queued signals and slots are used.
    MainWindow(WindowOptions options, SyncWorker *worker, QWidget *parent = nullptr);
    ~MainWindow() override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
