// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/synclogmodel.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace wristkeep {

namespace {
constexpr std::chrono::milliseconds collecting{50};
}

SyncLogModel::SyncLogModel(DataTitles titles, int capacity, QObject *parent)
    : QAbstractTableModel(parent), m_titles(std::move(titles)), m_capacity(std::max(1, capacity))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(collecting);
    connect(&m_pause, &QTimer::timeout, this, &SyncLogModel::showCollected);
}

void SyncLogModel::collect(const LogEntry &entry)
{
    m_collected << entry;
    if (!m_pause.isActive())
        m_pause.start();
}

void SyncLogModel::append(QList<LogEntry> entries)
{
    if (entries.size() > m_capacity)
        entries = entries.mid(entries.size() - m_capacity);
    if (entries.isEmpty())
        return;
    // The oldest rows go before the new ones come, so that the table never grows beyond its bound.
    const int count = int(entries.size());
    removeOldest(rowCount() + count - m_capacity);
    beginInsertRows({}, rowCount(), rowCount() + count - 1);
    std::move(entries.begin(), entries.end(), std::back_inserter(m_rows));
    endInsertRows();
}

void SyncLogModel::prepend(const QList<LogEntry> &entries)
{
    const int count = std::min(int(entries.size()), m_capacity - rowCount());
    if (count <= 0)
        return;
    beginInsertRows({}, 0, count - 1);
    m_rows.insert(m_rows.begin(), entries.end() - count, entries.end());
    m_firstSerial -= count;
    endInsertRows();
}

void SyncLogModel::clear()
{
    beginResetModel();
    m_firstSerial += rowCount();
    m_rows.clear();
    m_collected.clear();
    endResetModel();
}

const LogEntry &SyncLogModel::entry(int row) const
{
    Q_ASSERT(row >= 0 && row < rowCount());
    return m_rows[size_t(row)];
}

int SyncLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int SyncLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant SyncLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogEntry &row = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return logCell(row, index.column(), m_titles);
    case Qt::ToolTipRole:
        return index.column() == Message ? row.text : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Duration || index.column() == Size
                   ? QVariant(int(Qt::AlignRight) | int(Qt::AlignVCenter))
                   : QVariant(int(Qt::AlignLeft) | int(Qt::AlignVCenter));
    case ToneRole:
        return int(logTone(row));
    case LevelRole:
        return int(row.level);
    default:
        return {};
    }
}

QVariant SyncLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return logColumnTitle(section);
}

void SyncLogModel::showCollected()
{
    append(std::exchange(m_collected, {}));
}

void SyncLogModel::removeOldest(int count)
{
    if (count <= 0)
        return;
    beginRemoveRows({}, 0, count - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + count);
    m_firstSerial += count;
    endRemoveRows();
}

} // namespace wristkeep
