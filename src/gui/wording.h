// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Facts in plain words: times, counts, permissions, quota, and the result of a run. Pure functions.

#include "core/syncmessages.h"
#include "gui/statecolors.h"

#include <QHash>
#include <QStringList>

namespace wristkeep {

/// Data type id → title, for one provider.
using DataTitles = QHash<QString, QString>;

/// "activity" → "steps and activity"; an unknown scope is given as it stands, a URL by its last part.
QString scopeInWords(const QString &scope);
/// Joined by commas, first letter upper case; "none" when empty.
QString scopesInWords(const QStringList &scopes);

/// "22 November 2026" in the person's locale.
QString dayInWords(QDate day);
/// "today, 09:12", "yesterday, 23:40", else day and time; on this computer's clock.
QString instantInWords(qint64 utc, qint64 nowUtc);
/// "in less than a minute", "in 23 minutes", "in 3 hours".
QString untilInWords(qint64 utc, qint64 nowUtc);
/// "in 6 days", from two days on in hours, "over".
QString daysLeftInWords(qint64 utc, qint64 nowUtc);
/// "Permission ends in 6 days", "Permission has ended".
QString permissionEndInWords(double utc, qint64 nowUtc);
/// "22:41" minutes and seconds for less than an hour, "3 h 5 min" for more.
QString countdownInWords(qint64 utc, qint64 nowUtc);
/// "3 of 12 requests, about 20 seconds left".
QString progressInWords(const SyncProgress &progress);
/// "142 of 150 requests left, new ones at 10:00"; empty when nothing is known.
QString quotaInWords(const QuotaState &quota, qint64 nowUtc);
/// "Europe/Berlin (from the account)".
QString zoneInWords(const QString &zone, const QString &source);
/// "0.8 s"; empty for a negative value. `bytes` likewise: "12.3 kB".
QString durationInWords(qint64 ms);
QString sizeInWords(qint64 bytes);
/// "20 November 2026", "3 to 20 November 2026", "29 October to 2 November 2026".
QString daysInWords(QDate first, QDate last);

/// How a run went: one line, and one line for each thing that needs to be known.
struct ReportText
{
    Tone tone = Tone::Good;
    QString title;
    QStringList details;
    QString nextStep; ///< how the details end, where they say what to do
};

ReportText reportInWords(const SyncReport &report, const DataTitles &titles, const QString &provider,
                         qint64 nowUtc);

} // namespace wristkeep
