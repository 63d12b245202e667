// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sync log as a table over a ring buffer: the newest rows, at most `capacity` of them.

#include "core/syncmessages.h"
#include "gui/statecolors.h"
#include "gui/wording.h"

#include <QAbstractTableModel>

#include <vector>

namespace wristkeep {

class SyncLogModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { Time, Participant, Data, Day, Result, Message, Duration, Size, ColumnCount };
    enum Role : int { SortRole = Qt::UserRole, ToneRole, LevelRole };

    static constexpr int defaultCapacity = 10000;

    explicit SyncLogModel(DataTitles titles, int capacity = defaultCapacity, QObject *parent = nullptr);

    void append(const LogEntry &entry);
    void clear();
    /// Row 0 is the oldest.
    [[nodiscard]] const LogEntry &entry(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(const LogEntry &entry, int column) const;
    [[nodiscard]] QVariant sortValue(const LogEntry &entry, int column) const;

    DataTitles m_titles;
    std::vector<LogEntry> m_ring;
    size_t m_capacity;
    size_t m_oldest = 0;
    int m_count = 0;
};

} // namespace wristkeep
