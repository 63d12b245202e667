// SPDX-License-Identifier: GPL-3.0-or-later

// libFuzzer target: whatever bytes arrive, every Fitbit parser ends, with rows that keep their promises or
// with an error that has words. The first byte chooses the parser. Configure with clang and
// -DWRISTKEEP_FUZZ=ON, then: fuzz_fitbit_parsers CORPUS tests/fixtures/fitbit/steps

#include "providers/fitbit/fitbiterrors.h"
#include "providers/fitbit/originalfiles.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <cstdlib>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

void demand(bool promise)
{
    if (!promise)
        std::abort();
}

ParseContext contextOf(const QString &type, bool clockChange)
{
    ParseContext context;
    const QDate day = clockChange ? QDate(2024, 10, 27) : QDate(2024, 3, 12);
    context.task = FetchTask{AccountKey{u"default"_s, u"fitbit"_s}, type, day, day, {}};
    context.zone = Zone{QTimeZone("Europe/Berlin"), ZoneSource::Profile};
    return context;
}

void check(const Result<Batch> &result)
{
    if (!result) {
        demand(!result.error().detail.isEmpty());
        return;
    }
    for (const DayResult &day : result->days)
        demand(day.date.isValid() && day.points >= 0);
    for (const DailyValue &daily : result->daily)
        demand(daily.date.isValid() && daily.value >= 0 && !daily.type.isEmpty());
    for (const SampleSeries &series : result->series) {
        for (size_t i = 1; i < series.samples.size(); ++i)
            demand(series.samples[i - 1].t < series.samples[i].t);
    }
    for (const Session &session : result->sessions)
        demand(session.endUtc >= session.startUtc && !session.key.isNull());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray body(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    const bool clockChange = (data[0] & 0x80U) != 0;
    const Provider &fitbit = *findProvider(u"fitbit"_s).value();
    const QList<DataType> &types = fitbit.dataTypes();
    const QStringList endings{u"heartrate"_s, u"sleep"_s, u"weight"_s};
    const int choice = (data[0] & 0x7fU) % (int(types.size()) + int(endings.size()) + 2);
    if (choice < types.size()) {
        check(fitbit.parse(body, contextOf(types[choice].id, clockChange)));
    } else if (choice < types.size() + endings.size()) {
        const ParseContext context = contextOf({}, clockChange);
        const QString name = context.task.first.toString(Qt::ISODate) + u'_' + endings[choice - types.size()];
        check(parseOriginal(*recognise(name + u".json"_s), body, context));
    } else if (choice == types.size() + endings.size()) {
        const auto profile = fitbit.parseProfile(body);
        demand(!profile || !profile->userId.isEmpty());
    } else {
        HttpResponse response;
        response.status = clockChange ? 401 : 403;
        response.body = body;
        demand(!fitbit.classify(response, 0).detail.isEmpty());
    }
    return 0;
}
