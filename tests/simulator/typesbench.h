// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of data types share: asking both halves, reading their forms, and the truth to compare with.

#include "simulator/googlebench.h"

#include <QDate>

#include <functional>

namespace wristkeep {

/// The truth of a day without its minutes.
QJsonObject truthOf(SimBench &bench, QDate date);
/// The latest of the 150 days up to `last` whose truth is as wanted.
QDate dayWith(SimBench &bench, QDate last, const std::function<bool(const QJsonObject &)> &wanted);

QByteArray isoText(QDate date);
/// "2024-10-01/2024-11-04.json"
QByteArray isoRange(QDate from, QDate to);
/// One member of Fitbit's answer; the test fails when the answer is none.
QJsonArray fitbitList(SimBench &bench, const QByteArray &path, const QString &member,
                      const SimHeaders &headers = {});

/// {"year":…,"month":…,"day":…}
QDate dateIn(const QJsonValue &date);
/// RFC 3339, in Unix seconds.
qint64 instantIn(const QJsonValue &text);
QByteArray instantText(qint64 utc);
/// int64 members are text; -1 for anything else.
qint64 int64In(const QJsonValue &value);
/// The element whose `key` is `name`: its `value`, a count or a duration; 0 without such an element.
qint64 partOf(const QJsonArray &parts, const QString &key, const QString &name, const QString &value);
/// member >= "from" AND member < "to"
QByteArray civilRange(const QByteArray &member, QDate from, QDate to);
/// The records of Google's answer, in one page.
QJsonArray googlePoints(GoogleBench &bench, const QByteArray &type, const QByteArray &filter,
                        bool reconcile = false);
/// The value of each civil day from first to last that has a window.
QHash<QDate, QJsonObject> googleDays(GoogleBench &bench, const QByteArray &type, const QString &key,
                                     QDate first, QDate last);

} // namespace wristkeep
