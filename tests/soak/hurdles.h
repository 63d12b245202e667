// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the computer puts in the program's way during one step: a disk that is full, a folder that cannot be
// written to, a database that somebody else holds or that takes all rows but some. All of it works for an
// ordinary user and for root.

#include "core/civilday.h"
#include "soak/schedule.h"

#include <QStringList>

#include <functional>

struct sqlite3;

namespace wristkeep::test {

class World;

class Hurdles
{
public:
    /// `firstDay`: of the days asked for, its date and first instant.
    Hurdles(World &world, const SoakStep &step, const CivilDay &firstDay);
    ~Hurdles();
    Hurdles(const Hurdles &) = delete;
    Hurdles &operator=(const Hurdles &) = delete;

    /// Empty, or why a hurdle could not be put up.
    QString putUp();
    /// For World::childModifier.
    [[nodiscard]] std::function<void()> childModifier() const;
    void unlock();
    void takeAway();

    /// False where the rights of files do not bind this user, whatever is done: then such steps go on
    /// without.
    static bool rightsBind();

private:
    QString lock();
    QString refuseRows(const SoakFault &fault);
    void acceptRows();
    void makeReadOnly(const QString &folder);

    World &m_world;
    const SoakStep &m_step;
    CivilDay m_firstDay;
    qint64 m_fileLimit = 0;
    QStringList m_readOnly;
    QString m_refusing; ///< the table that refuses rows
    sqlite3 *m_holder = nullptr;
};

} // namespace wristkeep::test
