// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/dayqueries.h"

#include "core/invoke.h"
#include "store/dayreader.h"
#include "sync/catalogue.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QHash<QString, QString> predecessors()
{
    QHash<QString, QString> earlier;
    for (const CatalogueEntry &entry : catalogue()) {
        if (!entry.predecessor.isEmpty())
            earlier.insert(entry.provider, entry.predecessor);
    }
    return earlier;
}

} // namespace

DayQueries::DayQueries(const QString &databaseFile, QObject *parent)
    : QObject(parent), m_reader(std::make_unique<DayReader>(databaseFile, predecessors())),
      m_home(std::make_unique<QObject>())
{
    m_thread.setObjectName(u"days"_s);
    m_home->moveToThread(&m_thread);
    m_thread.start();
}

DayQueries::~DayQueries()
{
    m_thread.quit();
    m_thread.wait();
}

void DayQueries::askDays(const AccountKey &account)
{
    const quint64 number = ++m_daysAsked;
    runOn<SyncedDays>(
        m_home.get(), this, [reader = m_reader.get(), account] { return reader->syncedDays(account); },
        [this, number](const Result<SyncedDays> &days) {
            if (number != m_daysAsked)
                return;
            if (days)
                Q_EMIT daysRead(*days);
            else
                Q_EMIT failed(days.error());
        });
}

void DayQueries::askDay(const AccountKey &account, QDate date)
{
    const quint64 number = ++m_dayAsked;
    runOn<DayRecord>(
        m_home.get(), this, [reader = m_reader.get(), account, date] { return reader->day(account, date); },
        [this, number](const Result<DayRecord> &day) {
            if (number != m_dayAsked)
                return;
            if (day)
                Q_EMIT dayRead(*day);
            else
                Q_EMIT failed(day.error());
        });
}

} // namespace wristkeep
