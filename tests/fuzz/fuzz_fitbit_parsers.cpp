// SPDX-License-Identifier: GPL-3.0-or-later

// libFuzzer target: whatever bytes arrive, every Fitbit parser ends, with rows that keep their promises or
// with an error that has words; so does what cuts a day out of an answer. Run by ./dev fuzz.

#include "fuzz/promises.h"
#include "providers/daybody.h"
#include "providers/fitbit/originalfiles.h"
#include "providers/registry.h"

#include <array>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr int Endings = 4;
constexpr int Refusals = 5;

/// Those the fixtures are about: plain days, both clock changes, a range.
AskedDays askedDays(int when)
{
    static const QDate plain(2024, 3, 12);
    static const std::array days{AskedDays{plain, plain}, AskedDays{QDate(2024, 10, 27), QDate(2024, 10, 27)},
                                 AskedDays{QDate(2024, 3, 31), QDate(2024, 3, 31)},
                                 AskedDays{QDate(2025, 11, 18), QDate(2025, 11, 18)},
                                 AskedDays{plain.addDays(-3), plain.addDays(3)}};
    return days.at(size_t(when) % days.size());
}

const Provider &fitbit()
{
    static const Provider *const provider = findProvider(u"fitbit"_s).value();
    return *provider;
}

void readAnswer(const QByteArray &body, ParseContext context)
{
    FetchTask &task = context.task;
    if (task.first.daysTo(task.last) >= fitbit().findType(task.dataType)->maxDaysPerRequest)
        task.last = task.first; // never asked for so many days at once
    check(fitbit().parse(body, context));
    // Another reader divides, which takes the first of two members of one name, and no bytes that are not
    // JSON.
    const auto share = test::dayBody(fitbit(), {body}, task.first, context);
    if (share)
        check(parseShare(fitbit(), *share, task.first, context));
    else
        check(share.error());
}

void readOriginal(int ending, const QByteArray &body, const ParseContext &context)
{
    static const std::array<QString, Endings> endings{u"_heartrate.json"_s, u"_sleep.json"_s,
                                                      u"_weight.json"_s, u"_heartrate_error.txt"_s};
    const QString date = context.task.first.toString(Qt::ISODate);
    const auto file = recognise(date + endings.at(size_t(ending)));
    if (file->kind == OriginalFile::Kind::HeartRateError)
        check(originalFailure(body));
    else
        check(parseOriginal(*file, body, context));
}

void readRefusal(int when, const QByteArray &body)
{
    static const std::array<int, Refusals> statuses{400, 401, 403, 404, 429};
    HttpResponse response;
    response.status = statuses.at(size_t(when) % statuses.size());
    response.body = body;
    check(fitbit().classify(response, 0));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const QStringList types = typesOf(fitbit());
    const FuzzInput input = fuzzInput(data, size);
    const int choice = input.what % (int(types.size()) + Endings + 2);
    const AskedDays days = askedDays(input.when);
    if (choice < types.size()) {
        readAnswer(input.body, contextOf(u"fitbit"_s, types[choice], days));
    } else if (choice < types.size() + Endings) {
        readOriginal(choice - int(types.size()), input.body, contextOf(u"fitbit"_s, {}, days));
    } else if (choice == types.size() + Endings) {
        const auto profile = fitbit().parseProfile(input.body);
        demand(!profile || !profile->userId.isEmpty(), "a profile names its user");
    } else {
        readRefusal(input.when, input.body);
    }
    return 0;
}
