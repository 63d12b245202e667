// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/synclogmodel.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

Tone toneOf(const LogEntry &entry)
{
    switch (entry.level) {
    case LogLevel::Problem:
        return Tone::Problem;
    case LogLevel::Warning:
        return Tone::Attention;
    case LogLevel::Info:
        break;
    }
    const std::optional<CellState> state = cellStateFromName(entry.result);
    return state && isGood(*state) && *state != CellState::Empty ? Tone::Good : Tone::Neutral;
}

} // namespace

SyncLogModel::SyncLogModel(DataTitles titles, int capacity, QObject *parent)
    : QAbstractTableModel(parent), m_titles(std::move(titles)), m_capacity(size_t(std::max(1, capacity)))
{
}

void SyncLogModel::append(const LogEntry &entry)
{
    // The oldest row goes before the new one comes, so that the table never grows beyond its bound.
    if (size_t(m_count) == m_capacity) {
        beginRemoveRows({}, 0, 0);
        m_oldest = (m_oldest + 1) % m_capacity;
        --m_count;
        endRemoveRows();
    }
    beginInsertRows({}, m_count, m_count);
    const size_t place = (m_oldest + size_t(m_count)) % m_capacity;
    if (place < m_ring.size())
        m_ring[place] = entry;
    else
        m_ring.push_back(entry);
    ++m_count;
    endInsertRows();
}

void SyncLogModel::clear()
{
    beginResetModel();
    m_ring.clear();
    m_oldest = 0;
    m_count = 0;
    endResetModel();
}

const LogEntry &SyncLogModel::entry(int row) const
{
    Q_ASSERT(row >= 0 && row < m_count);
    return m_ring[(m_oldest + size_t(row)) % m_capacity];
}

int SyncLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
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
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Message ? row.text : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Duration || index.column() == Size
                   ? QVariant(int(Qt::AlignRight) | int(Qt::AlignVCenter))
                   : QVariant(int(Qt::AlignLeft) | int(Qt::AlignVCenter));
    case SortRole:
        return sortValue(row, index.column());
    case ToneRole:
        return int(toneOf(row));
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
    switch (section) {
    case Time:
        return tr("Time");
    case Participant:
        return tr("Participant");
    case Data:
        return tr("Data");
    case Day:
        return tr("Day");
    case Result:
        return tr("Result");
    case Message:
        return tr("Message");
    case Duration:
        return tr("Duration");
    case Size:
        return tr("Size");
    default:
        return {};
    }
}

QString SyncLogModel::text(const LogEntry &entry, int column) const
{
    switch (column) {
    case Time:
        return QLocale().toString(QDateTime::fromMSecsSinceEpoch(entry.timeUtc).toLocalTime().time(),
                                  u"HH:mm:ss"_s);
    case Participant:
        return entry.participant;
    case Data:
        return m_titles.value(entry.dataType, entry.dataType);
    case Day:
        return entry.date.toString(Qt::ISODate);
    case Result:
        // Every row carries a word beside its symbol, also a line that is not about a cell.
        return entry.result.isEmpty() ? logLevelName(entry.level) : entry.result;
    case Message:
        return entry.text;
    case Duration:
        return durationInWords(entry.durationMs);
    case Size:
        return sizeInWords(entry.bytes);
    default:
        return {};
    }
}

QVariant SyncLogModel::sortValue(const LogEntry &entry, int column) const
{
    switch (column) {
    case Time:
        return entry.timeUtc;
    case Day:
        return entry.date;
    case Duration:
        return entry.durationMs;
    case Size:
        return entry.bytes;
    default:
        return text(entry, column);
    }
}

} // namespace wristkeep
