// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Starts the program into the tray at login, by a file in the desktop's autostart folder
// (freedesktop.org, Desktop Application Autostart 0.5; Desktop Entry 1.5).

#include "core/result.h"

#include <QStringList>

namespace wristkeep {

class AutostartEntry
{
public:
    /// `configHome` is $XDG_CONFIG_HOME or its default; `command` the program and its arguments, unquoted.
    AutostartEntry(const QString &configHome, QStringList command);

    /// A file of ours or of somebody else's starts the program; one with Hidden=true does not.
    [[nodiscard]] bool isOn() const;
    /// Off takes our file away; a file somebody else wrote is kept and told Hidden=true. Storage on failure.
    Outcome setOn(bool on);

    [[nodiscard]] QString file() const { return m_file; }

private:
    [[nodiscard]] QByteArray entry() const;
    [[nodiscard]] Outcome write(const QByteArray &content) const;

    QString m_file;
    QStringList m_command;
};

/// One Exec value: quoted as the Desktop Entry Specification asks, then escaped as one of its strings.
QString desktopExec(const QStringList &command);

} // namespace wristkeep
