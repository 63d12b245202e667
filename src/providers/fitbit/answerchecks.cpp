// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/answerchecks.h"

#include "core/fetchtask.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// 10000000, not 1e+07: the text is for people.
QString plain(double number)
{
    return QString::number(number, 'g', 12);
}

} // namespace

Result<QDate> answeredDate(const JsonNode &dateTime, const FetchTask &task)
{
    if (task.first == task.last && dateTime.value().toString() == "today"_L1)
        return task.first;
    const auto date = dateTime.date();
    if (!date)
        return failure(date.error());
    if (*date >= task.first && *date <= task.last)
        return *date;
    const QString first = task.first.toString(Qt::ISODate);
    const QString asked =
        task.first == task.last ? first : first + u" to "_s + task.last.toString(Qt::ISODate);
    return notUnderstood(dateTime.path(),
                         u"is %1, but %2 was asked for."_s.arg(date->toString(Qt::ISODate), asked));
}

Result<double> quantity(const JsonNode &node, double least, double most)
{
    const auto number = node.numberOrText();
    if (!number)
        return number;
    if (*number >= least && *number <= most)
        return number;
    return notUnderstood(node.path(), u"is %1, which is not between %2 and %3."_s.arg(
                                          plain(*number), plain(least), plain(most)));
}

tl::unexpected<Error> notUnderstood(const QString &path, const QString &what)
{
    return failure(ErrorKind::NotUnderstood, path + u' ' + what);
}

} // namespace wristkeep
