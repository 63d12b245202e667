// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the Health API writes and reads instants, civil times and durations. Written by hand, because an answer
// may hold twenty thousand of them.

#include <QByteArray>
#include <QDate>
#include <QString>

#include <optional>

namespace wristkeep {

/// "2026-11-21T07:02:25Z", with milliseconds where there are any.
void appendInstant(QByteArray &out, qint64 utcMs);
/// {"year":2026,"month":11,"day":21}
void appendDate(QByteArray &out, QDate date);
/// {"date":{…},"time":{"hours":8,"minutes":2}}; members of value 0 are left out. `localS`: seconds on the
/// wall clock since 1970.
void appendCivil(QByteArray &out, qint64 localS);

/// RFC 3339 with zone, in milliseconds since the epoch.
std::optional<qint64> readInstant(const QString &text);
/// "YYYY-MM-DD" or "YYYY-MM-DDTHH:mm:ss" without zone, in seconds on the wall clock since 1970.
std::optional<qint64> readCivil(const QString &text);
std::optional<QDate> readCivilDate(const QString &text);
/// "60s", "0.5s", in milliseconds.
std::optional<qint64> readDuration(const QString &text);

} // namespace wristkeep
