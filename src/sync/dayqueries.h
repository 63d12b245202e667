// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Questions about days, answered on a thread of their own so that the window never waits for the disk. Only
// the newest question of a kind is answered: a late answer to an older one is dropped.

#include "core/dayrecord.h"
#include "core/error.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace wristkeep {

class DayReader;

class DayQueries : public QObject
{
    Q_OBJECT
public:
    explicit DayQueries(const QString &databaseFile, QObject *parent = nullptr);
    ~DayQueries() override; ///< after the question under way, milliseconds

    /// Each is followed by exactly one daysRead (dayRead) or failed, unless it is asked again before.
    void askDays(const AccountKey &account);
    void askDay(const AccountKey &account, QDate date);

Q_SIGNALS:
    void daysRead(const wristkeep::SyncedDays &days);
    void dayRead(const wristkeep::DayRecord &day);
    void failed(const wristkeep::Error &error);

private:
    QThread m_thread;
    std::unique_ptr<DayReader> m_reader; ///< used on m_thread only
    std::unique_ptr<QObject> m_home;     ///< lives on m_thread
    quint64 m_daysAsked = 0;
    quint64 m_dayAsked = 0;
};

} // namespace wristkeep
