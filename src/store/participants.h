// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The participants of this installation. "default" exists from the start.

#include "core/result.h"

#include <QList>
#include <QString>

class QSqlDatabase;

namespace wristkeep {

class Clock;

struct Participant
{
    QString id;
    QString name;
    QString email;
    QString notes;
};

class Participants
{
public:
    Participants(QSqlDatabase &database, const Clock &clock);
    Result<QList<Participant>> all() const;
    /// The stored participant whose id equals `id` without regard to case; BadUsage listing the valid ones.
    Result<Participant> find(const QString &id) const;
    /// BadUsage when the id is malformed or taken.
    Outcome add(const Participant &participant);
    /// Changes the name alone; an empty one takes it away. BadUsage when there is no such participant.
    Result<Participant> rename(const QString &id, const QString &name);
    /// Takes the participant off the list; rows and files stay.
    Outcome remove(const QString &id);

private:
    QSqlDatabase &m_database;
    const Clock &m_clock;
};

} // namespace wristkeep
