// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sync log on disk: one JSON object a line, 0600, bounded. When `path` has grown to its share it becomes
// `path`.1 in place of the older one; both together are at most two shares long, plus one batch.

#include "core/result.h"
#include "core/syncmessages.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace wristkeep {

/// About 15,000 lines a share.
inline constexpr qint64 logFileShare = 4LL * 1024 * 1024;

/// One line without its end; holds what LogEntry holds, which is free of secrets.
QByteArray logLine(const LogEntry &entry);
/// None for a line that is not one of ours, e.g. cut off by a crash.
std::optional<LogEntry> parseLogLine(const QByteArray &line);

/// Creates folder and file when they are missing; Storage with the path otherwise.
Outcome appendLog(const QString &path, const QList<LogEntry> &entries, qint64 share = logFileShare);

/// The newest `most` entries, oldest first, without the last `skip`. Broken lines are left out; a file that
/// is not there is an empty log.
Result<QList<LogEntry>> readLog(const QString &path, qsizetype most, qsizetype skip = 0);

} // namespace wristkeep
