// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Days as text, "2026-11-22" (full-date of RFC 3339). A range of ten years says each of its days a dozen
// times, and QDate's own way goes through a printf and a parser of formats.

#include <QByteArray>
#include <QDate>
#include <QString>

namespace wristkeep {

/// Empty for an invalid day.
QString isoDate(QDate day);
QByteArray isoDateBytes(QDate day);

/// Invalid for anything but four digits, two and two that name a day.
QDate dateFromIso(QStringView text);
QDate dateFromIso(QByteArrayView text);

} // namespace wristkeep
