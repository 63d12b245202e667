// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logfiltermodel.h"

#include "gui/synclogmodel.h"

#include <algorithm>
#include <vector>

namespace wristkeep {

LogFilterModel::LogFilterModel(QObject *parent) : QAbstractProxyModel(parent) {}

void LogFilterModel::setLog(SyncLogModel *log)
{
    beginResetModel();
    m_log = log;
    setSourceModel(log);
    connect(log, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { onInserted(first, last); });
    connect(log, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { onAboutToBeRemoved(first, last); });
    connect(log, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        beginResetModel();
        m_serials.clear();
    });
    connect(log, &QAbstractItemModel::modelReset, this, [this] {
        listAnew();
        endResetModel();
    });
    listAnew();
    endResetModel();
}

void LogFilterModel::setFilter(const QString &text, LogLevel least)
{
    beginResetModel();
    m_matcher = LogMatcher(text, least);
    listAnew();
    endResetModel();
}

void LogFilterModel::clear()
{
    beginResetModel();
    m_from = m_log->firstSerial() + m_log->rowCount();
    m_serials.clear();
    endResetModel();
}

void LogFilterModel::undoClear()
{
    beginResetModel();
    m_from = nothingCleared;
    listAnew();
    endResetModel();
}

const LogEntry &LogFilterModel::entry(int row) const
{
    return m_log->entry(int(m_serials[size_t(row)] - m_log->firstSerial()));
}

QList<LogEntry> LogFilterModel::entries() const
{
    QList<LogEntry> all;
    all.reserve(rowCount());
    for (int row = 0; row < rowCount(); ++row)
        all << entry(row);
    return all;
}

QModelIndex LogFilterModel::index(int row, int column, const QModelIndex &parent) const
{
    const bool there =
        !parent.isValid() && row >= 0 && row < rowCount() && column >= 0 && column < columnCount();
    return there ? createIndex(row, column) : QModelIndex();
}

QModelIndex LogFilterModel::parent(const QModelIndex &) const
{
    return {};
}

int LogFilterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_serials.size());
}

int LogFilterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_log == nullptr ? 0 : m_log->columnCount();
}

QModelIndex LogFilterModel::mapToSource(const QModelIndex &proxyIndex) const
{
    if (!proxyIndex.isValid() || m_log == nullptr || proxyIndex.row() >= rowCount())
        return {};
    return m_log->index(int(m_serials[size_t(proxyIndex.row())] - m_log->firstSerial()), proxyIndex.column());
}

QModelIndex LogFilterModel::mapFromSource(const QModelIndex &sourceIndex) const
{
    if (!sourceIndex.isValid())
        return {};
    const qint64 serial = m_log->firstSerial() + sourceIndex.row();
    const auto found = std::lower_bound(m_serials.begin(), m_serials.end(), serial);
    if (found == m_serials.end() || *found != serial)
        return {};
    return createIndex(int(found - m_serials.begin()), sourceIndex.column());
}

QVariant LogFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    // The base class asks the source by way of a row, and there may be none. Rows have no header.
    return orientation == Qt::Horizontal && m_log != nullptr ? m_log->headerData(section, orientation, role)
                                                             : QVariant();
}

void LogFilterModel::onInserted(int first, int last)
{
    std::vector<qint64> wanted;
    for (int row = first; row <= last; ++row) {
        if (isWanted(row))
            wanted.push_back(m_log->firstSerial() + row);
    }
    if (wanted.empty())
        return;
    // Rows come at either end, never in between.
    const int place = first == 0 ? 0 : rowCount();
    beginInsertRows({}, place, place + int(wanted.size()) - 1);
    m_serials.insert(m_serials.begin() + place, wanted.begin(), wanted.end());
    endInsertRows();
}

void LogFilterModel::onAboutToBeRemoved(int, int last)
{
    const qint64 kept = m_log->firstSerial() + last + 1;
    const auto end = std::lower_bound(m_serials.begin(), m_serials.end(), kept);
    if (end == m_serials.begin())
        return;
    beginRemoveRows({}, 0, int(end - m_serials.begin()) - 1);
    m_serials.erase(m_serials.begin(), end);
    endRemoveRows();
}

void LogFilterModel::listAnew()
{
    m_serials.clear();
    for (int row = 0; row < m_log->rowCount(); ++row) {
        if (isWanted(row))
            m_serials.push_back(m_log->firstSerial() + row);
    }
}

bool LogFilterModel::isWanted(int sourceRow)
{
    return m_log->firstSerial() + sourceRow >= m_from &&
           m_matcher.matches(m_log->entry(sourceRow), m_log->titles());
}

} // namespace wristkeep
