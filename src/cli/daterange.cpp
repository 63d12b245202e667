// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/daterange.h"

#include "cli/arguments.h"

#include <QRegularExpression>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> wrongDate(const QString &what, const QString &remedy)
{
    Error error;
    error.kind = ErrorKind::BadUsage;
    error.detail = what;
    error.nextStep = remedy;
    return failure(std::move(error));
}

Result<std::optional<QDate>> dateOf(const Arguments &arguments, const char *option)
{
    if (!arguments.has(option))
        return std::optional<QDate>();
    const QString text = arguments.value(option);
    const QString name = QString::fromLatin1(option);
    static const QRegularExpression form(u"\\A[0-9]{4}-[0-9]{2}-[0-9]{2}\\z"_s);
    if (!form.match(text).hasMatch())
        return wrongDate(u"--%1 %2 is not a date"_s.arg(name, text),
                         u"Write it as year-month-day, e.g. 2026-03-01."_s);
    const QDate date = QDate::fromString(text, Qt::ISODate);
    if (!date.isValid())
        return wrongDate(u"--%1 %2 is a day that does not exist"_s.arg(name, text),
                         u"Check month and day."_s);
    return std::optional<QDate>(date);
}

} // namespace

Result<DateRange> dateRange(const Arguments &arguments)
{
    const Result<std::optional<QDate>> date = dateOf(arguments, "date");
    const Result<std::optional<QDate>> from = dateOf(arguments, "from");
    const Result<std::optional<QDate>> to = dateOf(arguments, "to");
    for (const auto *each : {&date, &from, &to}) {
        if (!*each)
            return failure(each->error());
    }
    if (*date && (*from || *to))
        return wrongDate(u"--date names one day, --from and --to name a range"_s, u"Use one or the other."_s);
    if (*to && !*from)
        return wrongDate(u"--to alone names no beginning"_s,
                         u"Add --from, or use --date for a single day."_s);
    if (*from && *to && **from > **to)
        return wrongDate(
            u"--from %1 is after --to %2"_s.arg((*from)->toString(Qt::ISODate), (*to)->toString(Qt::ISODate)),
            u"Put the earlier day after --from."_s);
    if (*date)
        return DateRange{*date, *date};
    return DateRange{*from, *to};
}

Outcome checkNotFuture(const DateRange &range, QDate today)
{
    if (!range.first)
        return {};
    const QDate last = range.last.value_or(*range.first);
    if (last > today)
        return wrongDate(
            u"%1 is in the future"_s.arg(last.toString(Qt::ISODate)),
            u"The latest day there can be data for is today, %1."_s.arg(today.toString(Qt::ISODate)));
    if (!range.last && *range.first == today)
        return wrongDate(
            u"--from alone means up to yesterday, and %1 is today"_s.arg(today.toString(Qt::ISODate)),
            u"Use --date %1 to get today's data so far."_s.arg(today.toString(Qt::ISODate)));
    return {};
}

} // namespace wristkeep
