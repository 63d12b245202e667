// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sync log as a table: the newest rows, at most `capacity` of them.

#include "gui/logtext.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <deque>

namespace wristkeep {

class SyncLogModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        Time = LogTime,
        Participant = LogParticipant,
        Data = LogData,
        Day = LogDay,
        Result = LogResult,
        Message = LogMessage,
        Duration = LogDuration,
        Size = LogSize,
        ColumnCount = logColumnCount
    };
    enum Role : int { ToneRole = Qt::UserRole, LevelRole };

    static constexpr int defaultCapacity = 100'000;

    explicit SyncLogModel(DataTitles titles, int capacity = defaultCapacity, QObject *parent = nullptr);

    /// Shows the entry a moment later together with others, so that a fast run does not lay out the table
    /// for each of its lines.
    void collect(const LogEntry &entry);
    void append(QList<LogEntry> entries);
    /// Entries of earlier sessions, oldest first; what finds no room above the rows is left out.
    void prepend(const QList<LogEntry> &entries);
    void clear();

    /// Row 0 is the oldest.
    [[nodiscard]] const LogEntry &entry(int row) const;
    /// A number that stays with its entry while rows come and go: row 0's, then one more each row.
    [[nodiscard]] qint64 firstSerial() const { return m_firstSerial; }
    [[nodiscard]] const DataTitles &titles() const { return m_titles; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    void showCollected();
    void removeOldest(int count);

    DataTitles m_titles;
    std::deque<LogEntry> m_rows;
    QList<LogEntry> m_collected;
    QTimer m_pause;
    int m_capacity;
    qint64 m_firstSerial = 0;
};

} // namespace wristkeep
