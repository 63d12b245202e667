// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/preferences.h"

#include <algorithm>
#include <iterator>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

const QString appearanceKey = u"window/appearance"_s;
const QString scheduleKey = u"sync/schedule_hours"_s;
const QString lastScheduledKey = u"sync/last_scheduled_utc"_s;
const QString trayKey = u"window/told_about_tray"_s;
const QString geometryKey = u"window/geometry"_s;
const QString stateKey = u"window/state"_s;

constexpr int offeredHours[] = {0, 1, 6, 24};

bool isOffered(int hours)
{
    return std::find(std::begin(offeredHours), std::end(offeredHours), hours) != std::end(offeredHours);
}

} // namespace

Preferences::Preferences(const QString &file, QObject *parent)
    : QObject(parent), m_file(file, QSettings::IniFormat)
{
}

Appearance Preferences::appearance() const
{
    const QString chosen = m_file.value(appearanceKey).toString();
    if (chosen == "light"_L1)
        return Appearance::Light;
    return chosen == "dark"_L1 ? Appearance::Dark : Appearance::System;
}

void Preferences::setAppearance(Appearance appearance)
{
    static const QStringList names{u"system"_s, u"light"_s, u"dark"_s};
    write(appearanceKey, names.at(qsizetype(appearance)));
}

int Preferences::scheduleHours() const
{
    const int hours = m_file.value(scheduleKey, 0).toInt();
    return isOffered(hours) ? hours : 0;
}

void Preferences::setScheduleHours(int hours)
{
    if (isOffered(hours))
        write(scheduleKey, hours);
}

std::optional<qint64> Preferences::lastScheduledUtc() const
{
    bool isNumber = false;
    const qint64 utc = m_file.value(lastScheduledKey).toLongLong(&isNumber);
    return isNumber ? std::optional<qint64>(utc) : std::nullopt;
}

void Preferences::setLastScheduledUtc(qint64 utc)
{
    m_file.setValue(lastScheduledKey, utc);
    m_file.sync();
}

bool Preferences::toldAboutTray() const
{
    return m_file.value(trayKey, false).toBool();
}

void Preferences::setToldAboutTray(bool told)
{
    write(trayKey, told);
}

QByteArray Preferences::windowGeometry() const
{
    return m_file.value(geometryKey).toByteArray();
}

QByteArray Preferences::windowState() const
{
    return m_file.value(stateKey).toByteArray();
}

void Preferences::setWindow(const QByteArray &geometry, const QByteArray &state)
{
    m_file.setValue(geometryKey, geometry);
    m_file.setValue(stateKey, state);
    m_file.sync();
}

void Preferences::write(const QString &key, const QVariant &value)
{
    if (m_file.value(key) == value)
        return;
    m_file.setValue(key, value);
    m_file.sync();
    Q_EMIT changed();
}

} // namespace wristkeep
