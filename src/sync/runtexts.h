// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sentences of a run: what the log, the report and the ledger say about a cell. Plain English, no
// secrets.

#include "core/civilday.h"
#include "core/datatype.h"
#include "core/error.h"
#include "core/syncmessages.h"

namespace wristkeep {

class Provider;
struct Settings;
struct WriteStats;

/// "heart rate" for "Heart rate, every minute".
QString dataWord(const DataType &type);

/// "Fitbit, heart rate, 2026-11-22".
QString taskText(const Provider &provider, const FetchTask &task);

/// The first request a task sends, without its query: "GET https://api.fitbit.com/1/user/-/…".
QString requestLine(const Provider &provider, const FetchTask &task, const Settings &settings,
                    const Zone &zone);

/// "No permission for sleep (scope sleep). Reconnect to grant it."
QString scopeMissingText(const DataType &type);

/// Why a task's cells are not in, with what to do; the provider's hints where a permission is refused.
QString failureText(const Provider &provider, const QString &dataType, const Error &error);

/// A commit may also settle cells of other types (readings that witness a zero): the task's own, oldest
/// first.
QList<Cell> cellsOfTask(const FetchTask &task, const QList<Cell> &settled);

/// A moment on this computer's clock: "14:05", with the date when it is not today's.
QString momentText(qint64 utc, qint64 nowUtc);

/// "heart rate, 2026-11-22: complete, 1157 values; 1157 new."; of several days: "steps, 2026-09-01 to
/// 2026-11-22: 80 days with data, 3 without; 79 new, 1 changed, 2 withdrawn."
QString committedText(const Provider &provider, const FetchTask &task, const QList<Cell> &cells,
                      const WriteStats &stats);

/// What the readings of a task settled beside its own cells: "The readings prove these zeros: floors on 3
/// days, steps on 1 day."; empty: nothing.
QString provenText(const Provider &provider, const FetchTask &task, const QList<Cell> &settled);

} // namespace wristkeep
