// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rows of the sync log that are asked for: by text, by level, and those since the list was cleared. Qt's
// own filter proxy takes seconds for a hundred thousand rows of which every other one goes; this one lists
// the wanted rows anew.

#include "gui/logmatcher.h"

#include <QAbstractProxyModel>

#include <deque>
#include <limits>

namespace wristkeep {

class SyncLogModel;

class LogFilterModel : public QAbstractProxyModel
{
    Q_OBJECT
public:
    explicit LogFilterModel(QObject *parent = nullptr);

    /// In place of setSourceModel(): only a sync log knows its serials.
    void setLog(SyncLogModel *log);
    void setFilter(const QString &text, LogLevel least);
    /// Hides what is there now; undoClear() shows it again.
    void clear();
    void undoClear();
    [[nodiscard]] bool isCleared() const { return m_from != nothingCleared; }
    [[nodiscard]] const LogEntry &entry(int row) const;
    [[nodiscard]] QList<LogEntry> entries() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex mapToSource(const QModelIndex &proxyIndex) const override;
    [[nodiscard]] QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static constexpr qint64 nothingCleared = std::numeric_limits<qint64>::min();

    void onInserted(int first, int last);
    void onAboutToBeRemoved(int first, int last);
    void listAnew();
    [[nodiscard]] bool isWanted(int sourceRow);

    SyncLogModel *m_log = nullptr;
    LogMatcher m_matcher;
    qint64 m_from = nothingCleared; ///< the first serial that is shown
    std::deque<qint64> m_serials;   ///< of the wanted rows, ascending
};

} // namespace wristkeep
