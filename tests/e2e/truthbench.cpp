// SPDX-License-Identifier: GPL-3.0-or-later
#include "truthbench.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 UsualSeed = 20'261'102;
constexpr qsizetype AtOnce = 10; ///< most of the time each waits for the service's pace
constexpr int EveryFifth = 5;
constexpr double Nothing = 1e-6; ///< what a division may leave

const QStringList Zones{u"Europe/Berlin"_s,     u"America/New_York"_s,    u"Asia/Kathmandu"_s,
                        u"Pacific/Chatham"_s,   u"Australia/Lord_Howe"_s, u"America/St_Johns"_s,
                        u"Africa/Casablanca"_s, u"Asia/Tokyo"_s,          u"Pacific/Kiritimati"_s,
                        u"America/Sao_Paulo"_s};

QString text(std::optional<double> value)
{
    return value ? QString::number(*value, 'g', 12) : u"nothing"_s;
}

bool areSame(std::optional<double> a, std::optional<double> b)
{
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < Nothing);
}

std::optional<double> expected(const LivedDay &day, const Figure &figure)
{
    const double value = day.figure(figure.member);
    const double minutes = double(day.endUtc() - day.startUtc()) / 60;
    switch (figure.lack) {
    case Lack::ZeroUnmeasured:
        if (value == 0 && day.figure(u"heartMinutes"_s) == 0)
            return std::nullopt;
        break;
    case Lack::Zero:
        if (value == 0)
            return std::nullopt;
        break;
    case Lack::Unworn:
        if (!day.isWorn())
            return std::nullopt;
        break;
    case Lack::WholeDay:
        if (value == 0 || value == 1440 || value == minutes)
            return std::nullopt;
        break;
    }
    return value / figure.perUnit;
}

/// Numbers come as such, as text, or as a duration.
std::optional<double> numberIn(const QJsonValue &value)
{
    if (value.isDouble())
        return value.toDouble();
    QString digits = value.toString();
    if (digits.endsWith(u's'))
        digits.chop(1);
    bool isNumber = false;
    const double number = digits.toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace

double LivedDay::figure(const QString &member) const
{
    const QStringList path = member.split(u'/');
    const QJsonValue value = truth.value(path.first());
    return path.size() > 1 ? value[path.at(1).toInt()].toDouble() : value.toDouble();
}

qint64 LivedDay::startUtc() const
{
    return truth.value(u"startUtc"_s).toInteger();
}

qint64 LivedDay::endUtc() const
{
    return startUtc() + truth.value(u"seconds"_s).toInteger();
}

bool LivedDay::isClockChange() const
{
    return truth.value(u"seconds"_s).toInteger() != 86'400;
}

QString LivedDay::place() const
{
    return u"%1 %2 (%3)"_s.arg(participant, date.toString(Qt::ISODate), truth.value(u"zone"_s).toString());
}

bool TruthBench::start(const QString &provider, int persons, int daysEach)
{
    m_provider = provider;
    const quint32 seed = qEnvironmentVariableIsSet("WRISTKEEP_SEED")
                             ? quint32(qEnvironmentVariableIntValue("WRISTKEEP_SEED"))
                             : UsualSeed;
    qInfo("WRISTKEEP_SEED=%u", seed);
    m_random.seed(seed);
    if (!world.start({u"--seed"_s, QString::number(seed), u"--quota"_s, u"1000000"_s}))
        return false;
    if (provider == u"google-health"_s)
        world.useGoogleHealth();
    for (int number = 0; number < persons && world.problem.isEmpty(); ++number)
        world.problem = meet(number, daysEach);
    return world.problem.isEmpty();
}

QString TruthBench::meet(int number, int daysEach)
{
    Person person;
    person.participant = u"P%1"_s.arg(number, 2, 10, QLatin1Char('0'));
    person.user = world.control(u"user"_s, {{u"add"_s, true}}).value(u"id"_s).toString();
    world.control(u"zone"_s, {{u"user"_s, person.user}, {u"zone"_s, Zones.at(number % Zones.size())}});
    const CliRun added = world.run({u"participants"_s, u"add"_s, person.participant});
    const CliRun connected = world.connect({}, {u"--participant"_s, person.participant});
    // The same days whenever the test runs: what the rarest figures are seen on.
    person.last = QDate(2026, 10, 31).addDays(-m_random.bounded(700));
    person.first = person.last.addDays(1 - daysEach);
    m_persons << person;
    if (added.exitCode != 0)
        return QString::fromUtf8(added.all());
    return connected.exitCode == 0 ? QString() : QString::fromUtf8(connected.all());
}

QString TruthBench::syncWave(const QList<Person> &persons, const QString &dataTypes)
{
    QString problem;
    for (qsizetype at = 0; at < persons.size() && problem.isEmpty(); at += AtOnce) {
        std::vector<std::unique_ptr<QProcess>> wave;
        for (const Person &person : persons.mid(at, AtOnce))
            wave.push_back(world.launch({u"--participant"_s, person.participant, u"sync"_s, u"--data"_s,
                                         dataTypes, u"--from"_s, person.first.toString(Qt::ISODate),
                                         u"--to"_s, person.last.toString(Qt::ISODate)}));
        for (const std::unique_ptr<QProcess> &process : wave) {
            const CliRun run = World::finish(*process);
            if (run.exitCode != 0 && problem.isEmpty())
                problem = QString::fromUtf8(run.all());
        }
    }
    return problem;
}

QString TruthBench::sync(const QString &dataTypes)
{
    return syncWave(m_persons, dataTypes);
}

QList<TruthBench::Person> TruthBench::few() const
{
    QList<Person> some;
    for (qsizetype i = 0; i < m_persons.size(); i += EveryFifth) {
        Person person = m_persons.at(i);
        person.first = person.last;
        some << person;
    }
    return some;
}

QString TruthBench::syncFew(const QString &dataTypes)
{
    return syncWave(few(), dataTypes);
}

LivedDay TruthBench::livedDay(const Person &person, QDate date)
{
    return {person.participant, date,
            world.control(u"truth"_s, {{u"user"_s, person.user}, {u"date"_s, date.toString(Qt::ISODate)}})};
}

QList<LivedDay> TruthBench::days()
{
    QList<LivedDay> all;
    for (const Person &person : std::as_const(m_persons)) {
        for (QDate date = person.first; date <= person.last; date = date.addDays(1))
            all << livedDay(person, date);
    }
    return all;
}

QStringList TruthBench::neverSeen(const QList<Figure> &figures) const
{
    QStringList never;
    for (const Figure &figure : figures)
        never << figure.type;
    never << u"sleep"_s << u"weight"_s << u"body_fat"_s;
    never.removeIf([this](const QString &type) { return m_seen.value(type) > 0; });
    return never;
}

QList<LivedDay> TruthBench::fewDays()
{
    QList<LivedDay> all;
    const QList<Person> some = few();
    for (const Person &person : some)
        all << livedDay(person, person.last);
    return all;
}

std::optional<double> TruthBench::daily(const LivedDay &day, const QString &type)
{
    const QVariant kept = world.value(u"SELECT value FROM v_daily WHERE participant = ? AND provider = ? AND "
                                      "data_type = ? AND date = ?"_s,
                                      {day.participant, m_provider, type, day.date.toString(Qt::ISODate)});
    return kept.isNull() ? std::nullopt : std::optional(kept.toDouble());
}

std::optional<double> TruthBench::inFile(const LivedDay &day, const Figure &figure)
{
    const QByteArray bytes = world.dayFile(day.date, figure.file, day.participant);
    QJsonValue value = QJsonDocument::fromJson(bytes).object();
    const QStringList path = figure.inFile.split(u'/');
    for (const QString &step : path)
        value = step == u"0"_s ? value[0] : value[step];
    const std::optional<double> number = numberIn(value);
    return number ? std::optional(*number / figure.filePerUnit) : std::nullopt;
}

QStringList TruthBench::compareFigure(const LivedDay &day, const Figure &figure)
{
    QStringList wrong;
    const std::optional<double> wanted = expected(day, figure);
    const std::optional<double> kept = daily(day, figure.type);
    m_seen[figure.type] += wanted.value_or(0) > 0 ? 1 : 0;
    if (!areSame(wanted, kept))
        wrong << u"%1: %2 is %3, kept %4"_s.arg(day.place(), figure.type, text(wanted), text(kept));
    // A zero may be left out of the file, or the file with it.
    const double shown = figure.file.isEmpty() ? 0 : inFile(day, figure).value_or(0);
    if (!figure.file.isEmpty() && wanted && std::abs(shown - *wanted) >= Nothing)
        wrong << u"%1: %2 is %3, in the file %4"_s.arg(day.place(), figure.type, text(wanted), text(shown));
    return wrong;
}

QList<QVariantList> TruthBench::samples(const LivedDay &day, const QString &type)
{
    return world.query(u"SELECT utc, value FROM v_samples WHERE participant = ? AND provider = ? AND "
                       "data_type = ? AND utc >= ? AND utc < ? ORDER BY utc"_s,
                       {day.participant, m_provider, type, day.startUtc(), day.endUtc()});
}

QStringList TruthBench::compareSamples(const LivedDay &day, const QString &type, const QString &member,
                                       qint64 unsaid)
{
    const QList<QVariantList> rows = samples(day, type);
    const QJsonArray lived = day.truth.value(member).toArray();
    if (rows.size() > lived.size() || rows.size() < lived.size() - unsaid)
        return {
            u"%1: %2 rows of %3, kept %4"_s.arg(day.place()).arg(lived.size()).arg(type).arg(rows.size())};
    for (qsizetype i = 0; unsaid == 0 && i < rows.size(); ++i) {
        if (rows.at(i).at(0).toLongLong() != lived.at(i)[0].toInteger() ||
            rows.at(i).at(1).toDouble() != lived.at(i)[1].toDouble())
            return {u"%1: row %2 of %3"_s.arg(day.place()).arg(i).arg(type)};
    }
    return {};
}

QStringList TruthBench::compareStepMinutes(const LivedDay &day)
{
    QList<QVariantList> rows = samples(day, u"steps_1min"_s);
    rows.removeIf([](const QVariantList &row) { return row.at(1).toDouble() == 0; });
    const QJsonArray lived = day.truth.value(u"stepMinutes"_s).toArray();
    const bool isSame = std::equal(rows.begin(), rows.end(), lived.begin(), lived.end(),
                                   [](const QVariantList &row, const QJsonValue &minute) {
                                       return row.at(0).toLongLong() == minute[0].toInteger() &&
                                              row.at(1).toDouble() == minute[1].toDouble();
                                   });
    return isSame ? QStringList() : QStringList{day.place() + u": the minutes with steps"_s};
}

QStringList TruthBench::compareReadings(const LivedDay &day, const QString &type, qint64 unsaid)
{
    const QList<QVariantList> rows = samples(day, type);
    const auto lived = qint64(day.figure(u"readings"_s));
    // A minute has twelve readings at most.
    if (rows.size() > lived || rows.size() < lived - 12 * unsaid)
        return {u"%1: %2 readings, %3 kept as %4"_s.arg(day.place()).arg(lived).arg(rows.size()).arg(type)};
    QHash<qint64, std::pair<double, int>> minutes;
    for (const QVariantList &row : rows) {
        auto &[sum, count] = minutes[row.at(0).toLongLong() / 60 * 60];
        sum += row.at(1).toDouble();
        ++count;
    }
    const QJsonArray rates = day.truth.value(u"rates"_s).toArray();
    for (const auto &rate : rates) {
        const auto &[sum, count] = minutes.value(rate[0].toInteger());
        if (unsaid == 0 && (count == 0 || std::abs(sum / count - rate[1].toDouble()) > 0.5 + Nothing))
            return {u"%1: the mean of the minute at %2 in %3"_s.arg(day.place())
                        .arg(rate[0].toInteger())
                        .arg(type)};
    }
    return {};
}

QStringList TruthBench::compareNights(const LivedDay &day)
{
    QStringList wrong;
    const QJsonObject file =
        QJsonDocument::fromJson(world.dayFile(day.date, u"sleep"_s, day.participant)).object();
    const qsizetype shown =
        file.value(u"sleep"_s).toArray().size() + file.value(u"dataPoints"_s).toArray().size();
    const QList<Night> kept =
        keptNights(world, u"participant = ? AND provider = ? AND type = 'sleep' AND date = ?"_s,
                   {day.participant, m_provider, day.date.toString(Qt::ISODate)});
    const QList<Night> lived = trueNights(day.truth, isGoogle());
    if (kept.size() != lived.size())
        return {u"%1: %2 nights, kept %3"_s.arg(day.place()).arg(lived.size()).arg(kept.size())};
    if (shown != lived.size())
        wrong << u"%1: %2 nights, in the file %3"_s.arg(day.place()).arg(lived.size()).arg(shown);
    m_seen[u"sleep"_s] += int(kept.size());
    for (qsizetype i = 0; i < kept.size(); ++i) {
        if (const QString difference = nightDifference(lived.at(i), kept.at(i)); !difference.isEmpty())
            wrong << day.place() + u": "_s + difference;
    }
    return wrong;
}

QStringList TruthBench::compareZones(const LivedDay &day, const QString &dataType)
{
    QStringList wrong;
    const QMap<QString, double> lived = trueZones(day.truth, dataType, isGoogle());
    for (auto zone = lived.begin(); zone != lived.end(); ++zone) {
        const std::optional<double> kept = daily(day, zone.key());
        if (!areSame(*zone, kept))
            wrong << u"%1: %2 is %3, kept %4"_s.arg(day.place(), zone.key(), text(*zone), text(kept));
    }
    return wrong;
}

QStringList TruthBench::compareWeighings(const LivedDay &day, const QString &type, int field,
                                         double tolerance)
{
    QStringList wrong;
    const QList<QVariantList> rows = samples(day, type);
    QJsonArray lived;
    const QJsonArray weights = day.truth.value(u"weights"_s).toArray();
    for (const auto &weight : weights) {
        if (weight[field].isDouble())
            lived << weight;
    }
    if (rows.size() != lived.size())
        return {u"%1: %2 of %3, kept %4"_s.arg(day.place()).arg(lived.size()).arg(type).arg(rows.size())};
    m_seen[type] += int(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (rows.at(i).at(0).toLongLong() != lived.at(i)[0].toInteger() ||
            std::abs(rows.at(i).at(1).toDouble() - lived.at(i)[field].toDouble()) > tolerance + Nothing)
            wrong << u"%1: %2 of %3 at %4, kept %5 at %6"_s.arg(day.place(), type)
                         .arg(lived.at(i)[field].toDouble())
                         .arg(lived.at(i)[0].toInteger())
                         .arg(rows.at(i).at(1).toDouble())
                         .arg(rows.at(i).at(0).toLongLong());
    }
    return wrong;
}

QStringList TruthBench::compareZoneBounds(const LivedDay &day)
{
    const QStringList names{u"Fat Burn"_s, u"Cardio"_s, u"Peak"_s};
    const QJsonArray rates = day.truth.value(u"rates"_s).toArray();
    for (qsizetype zone = 0; zone < names.size(); ++zone) {
        const std::optional<double> from = daily(day, u"heart_rate_zone_min/"_s + names.at(zone));
        const std::optional<double> to = daily(day, u"heart_rate_zone_max/"_s + names.at(zone));
        if (!from || !to)
            return rates.isEmpty() ? QStringList() : QStringList{day.place() + u": a zone without bounds"_s};
        const auto inside = std::count_if(rates.begin(), rates.end(), [&](const QJsonValue &rate) {
            return rate[1].toDouble() >= *from && rate[1].toDouble() < *to;
        });
        if (double(inside) != day.figure(u"zoneMinutes/%1"_s.arg(zone + 1)))
            return {u"%1: %2 minutes between the bounds of %3"_s.arg(day.place())
                        .arg(inside)
                        .arg(names.at(zone))};
    }
    return {};
}

QStringList TruthBench::compareCells(const LivedDay &day, const QStringList &types)
{
    QStringList wrong;
    for (const QString &type : types) {
        const QString state =
            world
                .value(u"SELECT state FROM v_ledger WHERE participant = ? AND provider = ? AND data_type = ? "
                       "AND date = ?"_s,
                       {day.participant, m_provider, type, day.date.toString(Qt::ISODate)})
                .toString();
        if (state != u"complete"_s && state != u"empty"_s)
            wrong << u"%1: the cell of %2 is %3"_s.arg(day.place(), type, state);
    }
    return wrong;
}

} // namespace wristkeep::test
