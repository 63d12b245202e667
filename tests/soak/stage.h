// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Plays a schedule: the real program against the real simulator, with the faults of each step put in place
// before it and taken away after it. Judges nothing.

#include "core/civilday.h"
#include "soak/expected.h"
#include "soak/schedule.h"
#include "support/world.h"

#include <QMap>

#include <memory>

namespace wristkeep::test {

/// What the service could tell at one time of the schedule.
struct SoakEpoch
{
    qint64 utc = 0;
    QDate today; ///< the person's
    QMap<QDate, SoakDay> days;
};

struct SoakOutcome
{
    CliRun run;
    bool timedOut = false;
    int requests = 0;    ///< for data
    QDate earliestToday; ///< by the program's clock, which may have jumped
    QDate latestToday;
};

class Stage
{
public:
    explicit Stage(const SoakSchedule &schedule);

    /// Service, account and consent. Empty, or what went wrong.
    QString open();
    /// Time goes on, the phone syncs, nights are revised; afterwards epochs() has a new last one.
    void prepare(const SoakStep &step);
    SoakOutcome play(const SoakStep &step);
    /// Nothing is in the way any more, and the clock is right.
    SoakStep calmStep() const;
    /// The same for one day, asked for by its name.
    SoakStep calmStep(QDate day) const;
    SoakOutcome consentAgain();
    [[nodiscard]] const SoakSchedule &schedule() const { return m_schedule; }
    [[nodiscard]] const QList<SoakEpoch> &epochs() const { return m_epochs; }
    [[nodiscard]] const QByteArray &printed() const { return m_printed; }
    [[nodiscard]] World &world() { return m_world; }
    /// A sync goes up to the last day asked for, a backfill as far as there are data.
    [[nodiscard]] QDate lastDay() const;

private:
    [[nodiscard]] qint64 nowUtc() const;
    [[nodiscard]] QStringList arguments(const SoakStep &step);
    void placeFaults(const SoakStep &step);
    void clearFaults();
    void clearRequests();
    void dateDayFiles() const;
    int requests(); ///< for data, since then
    void tellTheTime();
    void takeEpoch();
    CliRun runWith(const SoakStep &step, const QStringList &arguments, const QHash<QString, QString> &extra);
    QHash<QString, QString> variablesFor(const SoakStep &step) const;

    const SoakSchedule &m_schedule;
    Zone m_zone;
    World m_world;
    qint64 m_clockOffset = 0; ///< between the world's clock and the computer's, seconds
    qint64 m_phoneUtc = 0;    ///< when the phone last brought data
    QList<SoakEpoch> m_epochs;
    QByteArray m_printed;
};

} // namespace wristkeep::test
