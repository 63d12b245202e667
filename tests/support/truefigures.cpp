// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/truefigures.h"

#include "support/world.h"

#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>
#include <QTimeZone>

#include <algorithm>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

QList<NightStage> stagesIn(const QJsonArray &spans)
{
    QList<NightStage> stages;
    for (const QJsonValue &span : spans) {
        const QString name = span[2].toString();
        stages.append({span[0].toInteger(), int(span[1].toInteger()), name == u"wake"_s ? u"awake"_s : name});
    }
    return stages;
}

/// The stage of each second decides: where an awakening lies over a stage, the person was awake. Neighbours
/// of one name are one stage.
QList<NightStage> laidOver(const QList<NightStage> &under, const QList<NightStage> &over)
{
    QList<qint64> borders;
    for (const NightStage &stage : under + over)
        borders << stage.startUtc << stage.startUtc + stage.seconds;
    std::sort(borders.begin(), borders.end());
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    const auto at = [](const QList<NightStage> &stages, qint64 utc) {
        const auto found = std::find_if(stages.begin(), stages.end(), [utc](const NightStage &stage) {
            return stage.startUtc <= utc && utc < stage.startUtc + stage.seconds;
        });
        return found == stages.end() ? QString() : found->stage;
    };
    QList<NightStage> stages;
    for (qsizetype i = 0; i + 1 < borders.size(); ++i) {
        const qint64 start = borders.at(i);
        const int seconds = int(borders.at(i + 1) - start);
        const QString lying = at(over, start);
        const QString stage = lying.isEmpty() ? at(under, start) : lying;
        const bool goesOn = !stages.isEmpty() && stages.last().stage == stage &&
                            stages.last().startUtc + stages.last().seconds == start;
        if (goesOn)
            stages.last().seconds += seconds;
        else if (!stage.isEmpty())
            stages.append({start, seconds, stage});
    }
    return stages;
}

QString spanText(qint64 startUtc, qint64 endUtc)
{
    return QDateTime::fromSecsSinceEpoch(startUtc, Qt::UTC).toString(Qt::ISODate) + u" to "_s +
           QDateTime::fromSecsSinceEpoch(endUtc, Qt::UTC).toString(Qt::ISODate);
}

QString stageText(const QList<NightStage> &stages, qsizetype at)
{
    if (at >= stages.size())
        return u"none"_s;
    const NightStage &stage = stages.at(at);
    return stage.stage + u' ' + spanText(stage.startUtc, stage.startUtc + stage.seconds);
}

QMap<QString, double> fitbitZones(const QJsonObject &truth)
{
    QMap<QString, double> values;
    // Zones of a day that nothing was measured on are no measurement.
    if (truth.value(u"heartMinutes"_s).toInt() == 0 && truth.value(u"restingRate"_s).toDouble() == 0)
        return values;
    const QJsonArray zones = truth.value(u"fitbitZones"_s).toArray();
    const QStringList names{u"Out of Range"_s, u"Fat Burn"_s, u"Cardio"_s, u"Peak"_s};
    const QStringList measures{u"min"_s, u"max"_s, u"minutes"_s, u"calories"_s};
    for (qsizetype zone = 0; zone < names.size(); ++zone) {
        for (qsizetype measure = 0; measure < measures.size(); ++measure) {
            const QJsonValue told = zones.at(zone)[measure];
            if (told.isDouble())
                values.insert(u"heart_rate_zone_%1/%2"_s.arg(measures.at(measure), names.at(zone)),
                              told.toDouble());
        }
    }
    return values;
}

QMap<QString, double> googleZones(const QJsonObject &truth, bool bounds)
{
    QMap<QString, double> values;
    const QStringList names{u"Light"_s, u"Fat Burn"_s, u"Cardio"_s, u"Peak"_s};
    // Bounds are derived together with the resting rate.
    const bool isDerived = truth.value(u"restingRate"_s).toDouble() > 0;
    for (qsizetype zone = 0; zone < names.size(); ++zone) {
        const QJsonValue told = truth.value(u"fitbitZones"_s)[zone];
        const double minutes = truth.value(u"zoneMinutes"_s)[zone].toDouble();
        if (bounds && isDerived) {
            values.insert(u"heart_rate_zone_min/"_s + names.at(zone), told[0].toDouble());
            values.insert(u"heart_rate_zone_max/"_s + names.at(zone), told[1].toDouble());
        }
        if (!bounds && minutes > 0)
            values.insert(u"heart_rate_zone_minutes/"_s + names.at(zone), minutes);
    }
    return values;
}

/// Fitbit leaves out what is 0. At Google a part without minutes is 0 beside others.
QMap<QString, double> activeZones(const QJsonObject &truth, bool google)
{
    QMap<QString, double> values;
    if (truth.value(u"activeZoneMinutes"_s).toDouble() == 0)
        return values;
    for (const auto &[part, member] : {std::pair(QString(), u"activeZoneMinutes"_s),
                                       {u"/fat_burn"_s, u"fatBurnActiveZoneMinutes"_s},
                                       {u"/cardio"_s, u"cardioActiveZoneMinutes"_s},
                                       {u"/peak"_s, u"peakActiveZoneMinutes"_s}}) {
        const double minutes = truth.value(member).toDouble();
        if (google || minutes > 0)
            values.insert(u"active_zone_minutes"_s + part, minutes);
    }
    return values;
}

/// Awakenings come with wall times alone: one of the hour that comes twice reads as one of its first pass,
/// unless that lies before the end of the one before (docs/PROVIDERS.md).
QList<NightStage> asTold(QList<NightStage> awakenings, qint64 nightStart, const QTimeZone &zone)
{
    qint64 earliest = nightStart;
    for (NightStage &one : awakenings) {
        const QTimeZone::OffsetData change =
            zone.previousTransition(QDateTime::fromSecsSinceEpoch(one.startUtc + 1, Qt::UTC));
        if (change.atUtc.isValid()) {
            const int shift = zone.offsetFromUtc(change.atUtc.addSecs(-1)) - change.offsetFromUtc;
            const bool isSecondPass = shift > 0 && one.startUtc < change.atUtc.toSecsSinceEpoch() + shift;
            if (isSecondPass && one.startUtc - shift >= earliest)
                one.startUtc -= shift;
        }
        earliest = one.startUtc + one.seconds;
    }
    return awakenings;
}

} // namespace

QList<Night> trueNights(const QJsonObject &truth, bool google)
{
    const QTimeZone zone(truth.value(u"zone"_s).toString().toLatin1());
    QList<Night> nights;
    for (const QJsonValue &night : truth.value(u"nights"_s).toArray()) {
        Night lived;
        lived.key = QString::number(night[u"id"_s].toInteger());
        lived.date = QDate::fromString(night[u"date"_s].toString(), Qt::ISODate);
        lived.startUtc = night[u"start"_s].toInteger();
        lived.endUtc = night[u"end"_s].toInteger();
        lived.isMain = night[u"isMain"_s].toBool();
        lived.isNap = google && night[u"isNap"_s].toBool();
        lived.stages = stagesIn(night[u"stages"_s].toArray());
        if (!google)
            lived.stages = laidOver(
                lived.stages, asTold(stagesIn(night[u"shortAwakenings"_s].toArray()), lived.startUtc, zone));
        nights.append(lived);
    }
    return nights;
}

QList<Night> keptNights(World &world, const QString &condition, const QVariantList &values)
{
    QHash<qint64, QList<NightStage>> stages;
    for (const QVariantList &row :
         world.query(u"SELECT session, start_utc, seconds, stage FROM stages WHERE session IN "
                     "(SELECT id FROM sessions WHERE %1) ORDER BY session, n"_s.arg(condition),
                     values))
        stages[row.at(0).toLongLong()].append(
            {row.at(1).toLongLong(), row.at(2).toInt(), row.at(3).toString()});
    QList<Night> nights;
    for (const QVariantList &row :
         world.query(u"SELECT key, date, start_utc, end_utc, details, id FROM sessions WHERE %1 "
                     "ORDER BY start_utc"_s.arg(condition),
                     values)) {
        const QJsonObject details = QJsonDocument::fromJson(row.at(4).toByteArray()).object();
        const auto isSaid = [&details](const QString &name) { return details.value(name).toBool(); };
        nights.append({row.at(0).toString(), QDate::fromString(row.at(1).toString(), Qt::ISODate),
                       row.at(2).toLongLong(), row.at(3).toLongLong(),
                       isSaid(u"isMainSleep"_s) || isSaid(u"metadata.mainSleep"_s), isSaid(u"metadata.nap"_s),
                       stages.value(row.at(5).toLongLong())});
    }
    return nights;
}

QString nightDifference(const Night &lived, const Night &kept)
{
    if (lived == kept)
        return {};
    if (kept.key != lived.key || kept.date != lived.date || kept.startUtc != lived.startUtc ||
        kept.endUtc != lived.endUtc)
        return u"night %1 is %2, kept as %3: %4"_s.arg(lived.key, spanText(lived.startUtc, lived.endUtc),
                                                       kept.key, spanText(kept.startUtc, kept.endUtc));
    if (kept.isMain != lived.isMain || kept.isNap != lived.isNap)
        return u"night %1: main sleep %2, nap %3, kept as %4 and %5"_s.arg(lived.key)
            .arg(lived.isMain)
            .arg(lived.isNap)
            .arg(kept.isMain)
            .arg(kept.isNap);
    const auto differing =
        std::mismatch(lived.stages.begin(), lived.stages.end(), kept.stages.begin(), kept.stages.end());
    const qsizetype at = differing.first - lived.stages.begin();
    return u"stage %1 of night %2 is %3, kept %4"_s.arg(at).arg(lived.key, stageText(lived.stages, at),
                                                                stageText(kept.stages, at));
}

QMap<QString, double> trueZones(const QJsonObject &truth, const QString &dataType, bool google)
{
    if (dataType == u"active_zone_minutes"_s)
        return activeZones(truth, google);
    if (!google)
        return dataType.startsWith(u"heartrate_"_s) ? fitbitZones(truth) : QMap<QString, double>();
    if (dataType == u"heart_rate_zones"_s || dataType == u"heart_rate_zone_minutes"_s)
        return googleZones(truth, dataType == u"heart_rate_zones"_s);
    return {};
}

} // namespace wristkeep::test
