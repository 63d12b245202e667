// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sync log's columns in words, for the table, for the clipboard and for files. Pure functions.

#include "core/syncmessages.h"
#include "gui/statecolors.h"
#include "gui/wording.h"

#include <QByteArray>
#include <QList>

namespace wristkeep {

enum LogColumn : int {
    LogTime,
    LogParticipant,
    LogData,
    LogDay,
    LogResult,
    LogMessage,
    LogDuration,
    LogSize
};
inline constexpr int logColumnCount = 8;

QString logColumnTitle(int column);
QString logCell(const LogEntry &entry, int column, const DataTitles &titles);
Tone logTone(const LogEntry &entry);

enum class LogFormat : std::uint8_t { Tabs, Commas };

/// A line of titles, then one line an entry, UTF-8. Tabs: for pasting, blanks in place of tabs and line ends.
/// Commas: RFC 4180, with the request and the next step as further columns.
QByteArray logAsText(const QList<LogEntry> &entries, const DataTitles &titles, LogFormat format);

} // namespace wristkeep
