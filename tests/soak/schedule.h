// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A schedule of faults: who the person is, which days are asked for, and what goes wrong in which step. A
// value, made by the generator, played by the stage, printed in one line when it found something.

#include <QByteArray>
#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace wristkeep::test {

enum class SoakFaultKind : std::uint8_t {
    Kill,        ///< the program kills itself at a fail point, or is killed after a while
    Interrupt,   ///< SIGINT after a while
    Quota,       ///< the service's limit is used up
    Expiry,      ///< the access token ends before or in the middle of a step
    Truncation,  ///< answers that are cut, padded or no JSON
    Failing,     ///< 5xx, or the connection closes
    Duplicates,  ///< records told twice
    Reordering,  ///< records in another order
    LateData,    ///< the phone is behind: values appear or grow later
    Revision,    ///< a night comes back longer
    ClockJump,   ///< the program's clock is wrong, from the start or in the middle
    FullDisk,    ///< no file may grow beyond a limit
    ReadOnly,    ///< a folder cannot be written to
    LockedTable, ///< another connection holds the database
    RefusedRow,  ///< a row cannot be written in the middle of a transaction
    Poorer,      ///< days that were answered are answered again with less
};
constexpr int soakFaultKinds = 16;

QString soakFaultName(SoakFaultKind kind);

struct SoakFault
{
    SoakFaultKind kind = SoakFaultKind::Kill;
    /// Kill: the point, or empty for SIGKILL; Truncation, Failing, Poorer: the simulator's kind; ReadOnly:
    /// data, archive or database; Revision: the day; RefusedRow: the table.
    QString what = {};
    int skip =
        0; ///< requests that pass before; Kill: the pass of the point; ClockJump: looks at the clock before
    int times = 1;     ///< requests that are spoilt; -1: all
    qint64 amount = 0; ///< milliseconds, seconds, minutes, bytes or days, whichever the kind counts in

    [[nodiscard]] QString text() const;
};

enum class SoakAction : std::uint8_t { SyncRange, SyncDay, Backfill };

struct SoakStep
{
    SoakAction action = SoakAction::SyncRange;
    QDate day = {};                ///< SyncDay
    qint64 laterSeconds = 0;       ///< so much time passes before it, for everybody
    qint64 phoneBehindSeconds = 0; ///< the service knows nothing of the last so many seconds
    QList<SoakFault> faults = {};

    [[nodiscard]] bool has(SoakFaultKind kind) const;
    [[nodiscard]] QString text() const;
};

struct SoakSchedule
{
    quint32 seed = 0;
    bool google = false;
    quint32 person = 0;
    QByteArray zone;
    QStringList types;
    QDate first;
    QDate last;
    qint64 nowUtc = 0; ///< when it begins, by everybody's clock; a whole minute
    bool backfill = false;
    int pageSize = 0; ///< of Google's answers; 0: as usual
    QList<SoakStep> steps;

    [[nodiscard]] QString text() const;
};

} // namespace wristkeep::test
