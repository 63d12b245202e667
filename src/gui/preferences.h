// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person chose about the window itself: appearance, schedule, what was told once, how the window lay.
// Nothing a sync's result depends on; that is core/settings.

#include <QObject>
#include <QSettings>

#include <cstdint>
#include <optional>

namespace wristkeep {

enum class Appearance : std::uint8_t { System, Light, Dark };

class Preferences : public QObject
{
    Q_OBJECT
public:
    /// `file` is an INI file, made 0600 at the first change; a value nobody offers counts as not set.
    explicit Preferences(const QString &file, QObject *parent = nullptr);

    [[nodiscard]] Appearance appearance() const;
    void setAppearance(Appearance appearance);

    /// Hours between syncs: 0 (off), 1, 6 or 24. Off until somebody chooses.
    [[nodiscard]] int scheduleHours() const;
    void setScheduleHours(int hours);

    /// When the last scheduled run began, Unix seconds; told to nobody by changed().
    [[nodiscard]] std::optional<qint64> lastScheduledUtc() const;
    void setLastScheduledUtc(qint64 utc);

    /// That closing the window leaves the program in the tray was said once.
    [[nodiscard]] bool toldAboutTray() const;
    void setToldAboutTray(bool told);

    /// QMainWindow::saveGeometry() and saveState().
    [[nodiscard]] QByteArray windowGeometry() const;
    [[nodiscard]] QByteArray windowState() const;
    void setWindow(const QByteArray &geometry, const QByteArray &state);

Q_SIGNALS:
    /// A choice was changed; not for the window's geometry.
    void changed();

private:
    void write(const QString &key, const QVariant &value);

    QSettings m_file;
};

} // namespace wristkeep
