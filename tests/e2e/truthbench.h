// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Random persons in ten zones, some days of each synced by the real program, and what tables and files say of
// them held against what the simulator says they did. WRISTKEEP_SEED tries other persons.

#include "support/truefigures.h"
#include "support/world.h"

#include <QDate>
#include <QJsonObject>
#include <QRandomGenerator>

#include <cstdint>
#include <optional>

namespace wristkeep::test {

/// One person's day: what is true of it, and where it is kept.
struct LivedDay
{
    QString participant;
    QDate date;
    QJsonObject truth;

    [[nodiscard]] double figure(const QString &member) const; ///< "steps", or "zoneMinutes/1"
    [[nodiscard]] qint64 startUtc() const;
    [[nodiscard]] qint64 endUtc() const;
    [[nodiscard]] bool isClockChange() const;
    [[nodiscard]] bool isWorn() const { return truth.value(QStringLiteral("worn")).toBool(); }
    [[nodiscard]] QString place() const; ///< for whoever reads a failure
};

/// When a daily value is not there.
enum class Lack : std::uint8_t {
    ZeroUnmeasured, ///< a zero on a day without readings
    Zero,
    Unworn,
    WholeDay, ///< a zero, or as many minutes as a day has
};

/// A daily value, the figure of the truth it stands for, and where the day's file shows it.
struct Figure
{
    QString type; ///< of v_daily
    QString member;
    double perUnit = 1; ///< of the truth, in one of the table
    Lack lack = Lack::Zero;
    QString file = {};   ///< data type of the file; empty: not looked at
    QString inFile = {}; ///< "rollupDataPoints/0/distance/millimetersSum"
    double filePerUnit = 1;
};

class TruthBench
{
public:
    /// Provider ids. False with the reason in `world.problem`.
    bool start(const QString &provider, int persons, int daysEach);
    /// Each person's days by a process of its own, several at a time; the first problem, or nothing.
    QString sync(const QString &dataTypes);
    /// The newest day of every fifth person only: readings by the second are many.
    QString syncFew(const QString &dataTypes);
    [[nodiscard]] QList<LivedDay> days();
    [[nodiscard]] QList<LivedDay> fewDays();

    // What is wrong, a sentence each.
    QStringList compareFigure(const LivedDay &day, const Figure &figure);
    /// `unsaid`: how many of the truth's rows may be missing.
    QStringList compareSamples(const LivedDay &day, const QString &type, const QString &member,
                               qint64 unsaid = 0);
    /// The truth tells minutes with steps only; worn ones without any are zeros.
    QStringList compareStepMinutes(const LivedDay &day);
    QStringList compareReadings(const LivedDay &day, const QString &type, qint64 unsaid);
    /// Each night and nap with each of its stages.
    QStringList compareNights(const LivedDay &day);
    /// All that comes about zones with that data type.
    QStringList compareZones(const LivedDay &day, const QString &dataType);
    /// `field`: 1, the weight, or 2, the fat.
    QStringList compareWeighings(const LivedDay &day, const QString &type, int field, double tolerance);
    /// Minutes with a rate between a zone's bounds are the zone's minutes.
    QStringList compareZoneBounds(const LivedDay &day);
    QStringList compareCells(const LivedDay &day, const QStringList &types);
    /// What none of the days compared so far had anything of: of that nothing was shown.
    [[nodiscard]] QStringList neverSeen(const QList<Figure> &figures) const;
    [[nodiscard]] std::optional<double> daily(const LivedDay &day, const QString &type);

    World world;

private:
    struct Person
    {
        QString participant;
        QString user;
        QDate first;
        QDate last;
    };
    [[nodiscard]] bool isGoogle() const { return m_provider == QStringLiteral("google-health"); }
    QString meet(int number, int daysEach);
    QString syncWave(const QList<Person> &persons, const QString &dataTypes);
    LivedDay livedDay(const Person &person, QDate date);
    QList<Person> few() const;
    QList<QVariantList> samples(const LivedDay &day, const QString &type);
    [[nodiscard]] std::optional<double> inFile(const LivedDay &day, const Figure &figure);

    QString m_provider;
    QRandomGenerator m_random;
    QList<Person> m_persons;
    QHash<QString, int> m_seen; ///< values, nights and weighings by type
};

} // namespace wristkeep::test
