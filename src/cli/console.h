// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a command writes: results for people on stdout, problems on stderr, and with --json one object a line.
// On a terminal progress is one living line that leaves nothing behind.

#include "cli/commandline.h"
#include "core/syncmessages.h"

#include <QElapsedTimer>

class QJsonObject;

namespace wristkeep {

class Console
{
public:
    Console(const CliEnvironment &environment, bool json);

    [[nodiscard]] bool json() const { return m_json; }
    [[nodiscard]] bool asksPeople() const;

    /// A line for people; nothing with --json.
    void say(const QString &line = {});
    /// One object; nothing without --json.
    void object(const QJsonObject &object);
    /// A result either way: a line for people, a log object with --json.
    void tell(const QString &line);
    void warn(const QString &line);
    void problem(const QString &line);
    void problem(const Error &error, const QString &provider);
    void log(const LogEntry &entry);
    void progress(const SyncProgress &progress);
    /// Asks on the terminal, without a line break.
    void ask(const QString &question);

private:
    void write(QIODevice *device, const QString &text);
    void eraseProgress();
    void logObject(LogLevel level, const QString &text);

    const CliEnvironment &m_environment;
    bool m_json = false;
    bool m_living = false; ///< a progress line stands on the terminal
    QString m_lastProgress;
    QElapsedTimer m_sinceProgress; ///< since a plain line of it was written
};

/// "3 of 30 done, about 2 min left: Fitbit, steps, 2026-11-22".
QString progressText(const SyncProgress &progress);

/// Cut to `width` columns, with … where something is missing.
QString fitted(const QString &text, int width);

} // namespace wristkeep
