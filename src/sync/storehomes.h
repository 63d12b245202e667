// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The objects that live on the two threads of storethread.h. An answer goes files → store → files. Each stage
// takes everything that waits for it at once: whoever waits goes along (docs/adr/0011).

#include "store/archive.h"
#include "sync/keepanswer.h"

#include <QObject>

#include <memory>

namespace wristkeep {

class Clock;
class Store;
class StoreHome;
struct StoreOptions;

/// An answer between two stages, with whom to tell when it has ended.
template<typename T>
struct OnItsWay
{
    T value;
    Callback<KeptAnswer> done;
};

class FilesHome : public QObject
{
    Q_OBJECT
public:
    FilesHome();
    ~FilesHome() override;
    void open(const StoreOptions &options);
    void shut();
    void setNext(StoreHome *store) { m_next = store; }

    void keep(OnItsWay<AnswerToKeep> answer);
    void show(const QList<OnItsWay<CommittedAnswer>> &answers);
    /// Archives what waits and hands it to the store, ahead of anything handed to the store later.
    void archiveWaiting();
    void showWaiting();

private:
    QList<OnItsWay<AnswerToKeep>> m_toArchive;
    QList<OnItsWay<CommittedAnswer>> m_toShow;
    std::optional<Archive> m_archive; ///< while it is open
    StoreHome *m_next = nullptr;
};

class StoreHome : public QObject
{
    Q_OBJECT
public:
    explicit StoreHome(std::shared_ptr<const Clock> clock);
    ~StoreHome() override;
    Result<bool> open(const StoreOptions &options);
    void shut();
    void setNext(FilesHome *files) { m_next = files; }

    void commit(const QList<OnItsWay<ArchivedAnswer>> &answers);
    void commitWaiting();
    /// For work of another kind: what came before it is committed first.
    [[nodiscard]] Store *store();

private:
    QList<OnItsWay<ArchivedAnswer>> m_toCommit;
    std::shared_ptr<const Clock> m_clock;
    std::unique_ptr<Store> m_store;
    FilesHome *m_next = nullptr;
};

} // namespace wristkeep
