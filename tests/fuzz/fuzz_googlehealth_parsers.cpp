// SPDX-License-Identifier: GPL-3.0-or-later

// libFuzzer target: whatever bytes arrive, everything that reads an answer of Google Health ends, with rows
// that keep their promises or with an error that has words, and a day cut out of an answer reads as it did in
// the whole. Several pages are parted by the record separator, which no JSON holds. Run by ./dev fuzz.

#include "core/errortexts.h"
#include "fuzz/promises.h"
#include "providers/daybody.h"
#include "providers/googlehealth/accountparsers.h"
#include "providers/googlehealth/googlehealtherrors.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/registry.h"

#include <algorithm>
#include <array>
#include <tuple>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr char RecordSeparator = '\x1e';

/// Those the fixtures are about: a plain day, both clock changes, ranges with and without one.
AskedDays askedDays(int when)
{
    static const QDate plain(2026, 11, 21);
    static const QDate back(2026, 10, 25);
    static const QDate forth(2026, 3, 29);
    static const std::array days{AskedDays{plain, plain}, AskedDays{plain.addDays(-1), plain.addDays(2)},
                                 AskedDays{back, back}, AskedDays{back.addDays(-1), back.addDays(1)},
                                 AskedDays{forth, forth}};
    return days.at(size_t(when) % days.size());
}

const Provider &googleHealth()
{
    static const Provider *const provider = findProvider(u"google-health"_s).value();
    return *provider;
}

/// Beyond what holds for any provider: the days asked for, all of them and no other, and nothing counted
/// twice.
void checkDays(const Batch &batch, const ParseContext &context)
{
    const FetchTask &task = context.task;
    demand(batch.days.size() == task.first.daysTo(task.last) + 1, "each day asked for has its result");
    qsizetype points = batch.daily.size();
    for (const DailyValue &daily : batch.daily)
        demand(daily.date >= task.first && daily.date <= task.last, "a value is of a day asked for");
    for (const SampleSeries &series : batch.series) {
        demand(series.samples.front().t >= civilDay(task.first, context.zone).startUtc &&
                   series.samples.back().t < civilDay(task.last, context.zone).endUtc(),
               "a sample is of a day asked for");
        points += qsizetype(series.samples.size());
    }
    for (const Session &session : batch.sessions)
        demand(session.date >= task.first && session.date <= task.last, "a night is of a day asked for");
    points += batch.sessions.size();
    for (const DayResult &day : batch.days) {
        demand(day.hasData == (day.points > 0), "a day with data has points");
        points -= day.points;
    }
    demand(points == 0, "the days' points are the values, samples and nights");
}

/// The rows of several batches, in an order of our own.
struct Rows
{
    QList<DailyValue> daily;
    QList<Session> sessions;
    QList<QPair<QString, Sample>> samples;
    bool operator==(const Rows &) const = default;
};

Rows rowsOf(const QList<Batch> &batches)
{
    Rows rows;
    for (const Batch &batch : batches) {
        rows.daily += batch.daily;
        rows.sessions += batch.sessions;
        for (const SampleSeries &series : batch.series) {
            for (const Sample &sample : series.samples)
                rows.samples.append({series.type, sample});
        }
    }
    std::sort(rows.daily.begin(), rows.daily.end(), [](const DailyValue &a, const DailyValue &b) {
        return std::tie(a.date, a.type, a.value) < std::tie(b.date, b.type, b.value);
    });
    std::sort(rows.sessions.begin(), rows.sessions.end(), [](const Session &a, const Session &b) {
        return std::tie(a.date, a.startUtc, a.key) < std::tie(b.date, b.startUtc, b.key);
    });
    std::sort(rows.samples.begin(), rows.samples.end(), [](const auto &a, const auto &b) {
        return std::tie(a.first, a.second.t) < std::tie(b.first, b.second.t);
    });
    return rows;
}

/// What is cut out of a whole answer for each of its days reads as it did in the whole.
void checkShares(const Batch &whole, const QByteArray &body, const ParseContext &context)
{
    QList<Batch> parts;
    for (const DayResult &day : whole.days) {
        const auto share = test::dayBody(googleHealth(), {body}, day.date, context);
        demand(share.has_value(), "what was read can be divided into days");
        const auto part = parseShare(googleHealth(), *share, day.date, context);
        demand(part.has_value(), "a day's share can be read");
        demand(part->days == QList<DayResult>{day}, "a day's share says of it what the whole said");
        demand(part->nextPage.isEmpty(), "a day's share is no page");
        parts.append(*part);
    }
    demand(rowsOf(parts) == rowsOf({whole}), "the shares together hold the rows of the whole");
}

/// Pages of one answer: a day or night named by two of them may be refused, and no point comes out of
/// nowhere.
void checkJoinedShares(const QList<Batch> &pages, const QList<QByteArray> &bodies,
                       const ParseContext &context)
{
    const GoogleHealthType &type = *googleHealthType(context.task.dataType);
    const bool namesOnce =
        type.call == GoogleHealthCall::DailyRollUp || type.time == GoogleHealthTime::SessionEnd;
    for (qsizetype i = 0; i < pages.first().days.size(); ++i) {
        const QDate date = pages.first().days.at(i).date;
        int points = 0;
        for (const Batch &page : pages)
            points += page.days.at(i).points;
        const auto share = test::dayBody(googleHealth(), bodies, date, context);
        demand(share.has_value(), "pages that were read can be divided into days");
        const auto part = parseShare(googleHealth(), *share, date, context);
        demand(part || namesOnce, "a day's share of several pages can be read");
        if (part)
            demand(part->days.first().hasData == (points > 0) && part->days.first().points <= points,
                   "a day's share of several pages holds no more than they do");
    }
}

void readAnswer(const QByteArray &input, const ParseContext &context)
{
    const QList<QByteArray> bodies = input.split(RecordSeparator);
    const GoogleHealthType &type = *googleHealthType(context.task.dataType);
    QList<Batch> pages;
    for (const QByteArray &body : bodies) {
        const auto page = googleHealth().parse(body, context);
        check(page, type.least / type.perUnit);
        if (!page)
            continue;
        checkDays(*page, context);
        pages.append(*page);
    }
    if (pages.size() < bodies.size()) {
        const auto share = test::dayBody(googleHealth(), bodies, context.task.first, context);
        if (!share)
            check(share.error());
    } else if (bodies.size() == 1) {
        checkShares(pages.first(), bodies.first(), context);
    } else {
        checkJoinedShares(pages, bodies, context);
    }
}

void readAccount(const QByteArray &body)
{
    const auto identity = parseGoogleIdentity(body);
    demand(!identity || !identity->userId.isEmpty(), "an identity names its user");
    if (!identity)
        check(identity.error());
    const auto profile = googleHealth().parseProfile(body);
    demand(!profile || profile->zoneId.isEmpty() || QTimeZone(profile->zoneId.toLatin1()).isValid(),
           "a profile's zone is one that is known");
    if (!profile)
        check(profile.error());
}

void checkRefusal(const Error &error, const HttpResponse &response)
{
    check(error);
    demand(error.httpStatus == response.status, "a refusal keeps its status");
    demand((error.kind == ErrorKind::RateLimited) == (response.status == 429), "429 is the quota");
    demand(error.retryAtUtc.has_value() == (response.status == 429), "the quota alone has an end");
    const ErrorText text = errorText(error, googleHealth().title());
    demand(!text.title.isEmpty() && !text.sentence.isEmpty() && !text.nextStep.isEmpty(),
           "a refusal says what happened and what to do");
}

void readRefusal(int when, const QByteArray &body)
{
    static const std::array statuses{400, 401, 403, 404, 429};
    HttpResponse response;
    response.status = statuses.at(size_t(when) % statuses.size());
    response.body = body;
    response.url = QUrl(u"http://127.0.0.1/v4/users/me/dataTypes/steps/dataPoints:rollUp"_s);
    const Error error = googleHealth().classify(response, 0);
    checkRefusal(error, response);
    demand(!googleHealth().mayBeOldToken(error) || response.status == 401 ||
               error.kind == ErrorKind::ScopeMissing,
           "an old token is refused as such");
    demand(googleHealth().quota(response, 0).exhausted == (response.status == 429), "429 is the quota");
    checkRefusal(classifyGoogleTokenAnswer(response, 0), response);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const FuzzInput input = fuzzInput(data, size);
    static const QStringList types = typesOf(googleHealth());
    const int choice = input.what % (int(types.size()) + 2);
    if (choice < types.size())
        readAnswer(input.body, contextOf(u"google-health"_s, types[choice], askedDays(input.when)));
    else if (choice == types.size())
        readAccount(input.body);
    else
        readRefusal(input.when, input.body);
    return 0;
}
