// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What holds for every answer a provider reads, whatever its bytes, and how an input of a fuzzing target is
// laid out: the first byte chooses what reads, the second the days that were asked for, the rest is the
// answer.

#include "core/civilday.h"
#include "providers/provider.h"

#include <QTimeZone>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace wristkeep {

struct FuzzInput
{
    int what = 0;
    int when = 0;
    QByteArray body;
};

struct AskedDays
{
    QDate first;
    QDate last;
};

/// A broken promise ends the program, which is what the fuzzer looks for.
inline void demand(bool promise, const char *what)
{
    if (promise)
        return;
    std::fprintf(stderr, "broken promise: %s\n", what);
    std::abort();
}

inline FuzzInput fuzzInput(const unsigned char *data, size_t size)
{
    if (size < 2)
        return {};
    return {data[0], data[1], QByteArray(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2)};
}

/// As their fixtures' folders are listed.
inline QStringList typesOf(const Provider &provider)
{
    QStringList ids;
    for (const DataType &type : provider.dataTypes())
        ids.append(type.id);
    ids.sort();
    return ids;
}

inline ParseContext contextOf(const QString &provider, const QString &type, const AskedDays &days)
{
    ParseContext context;
    context.task =
        FetchTask{AccountKey{QStringLiteral("default"), provider}, type, days.first, days.last, {}};
    context.zone = Zone{QTimeZone("Europe/Berlin"), ZoneSource::Profile};
    return context;
}

inline void check(const Error &error)
{
    demand(!error.detail.isEmpty(), "an error has words");
    demand(error.detail.size() < 1000, "an error's words stay readable");
}

inline void check(const SampleSeries &series, double least)
{
    demand(!series.samples.empty(), "a series has samples");
    for (size_t i = 0; i < series.samples.size(); ++i) {
        demand(i == 0 || series.samples[i - 1].t < series.samples[i].t, "samples ascend");
        demand(std::isfinite(series.samples[i].v) && series.samples[i].v >= least, "a reading is in bounds");
    }
}

inline void check(const Session &session)
{
    demand(session.endUtc >= session.startUtc, "a session ends after it began");
    demand(!session.key.isEmpty() && session.date.isValid(), "a session has a key and a day");
    for (const Session::Stage &stage : session.stages)
        demand(stage.seconds >= 0 && !stage.stage.isEmpty(), "a stage lasts and has a name");
}

/// No value is below `least`.
inline void check(const Result<Batch> &result, double least = 0)
{
    if (!result) {
        // Some answers say themselves that they are not ready.
        demand(result.error().kind == ErrorKind::NotUnderstood ||
                   result.error().kind == ErrorKind::ServiceFailing,
               "what cannot be read is not understood");
        check(result.error());
        return;
    }
    for (const DayResult &day : result->days)
        demand(day.date.isValid() && day.points >= 0, "a day is a day and holds something or nothing");
    for (const DailyValue &daily : result->daily) {
        demand(daily.date.isValid() && !daily.type.isEmpty(), "a daily value is of a day and a type");
        demand(std::isfinite(daily.value) && daily.value >= least, "a daily value is in bounds");
    }
    for (const SampleSeries &series : result->series)
        check(series, least);
    for (const Session &session : result->sessions)
        check(session);
}

inline Result<Batch> parseShare(const Provider &provider, const QByteArray &share, QDate date,
                                const ParseContext &context)
{
    ParseContext oneDay = context;
    oneDay.task.first = oneDay.task.last = date;
    return provider.parse(share, oneDay);
}

} // namespace wristkeep
