// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/pagedbench.h"

#include "store/ledger.h"
#include "store/tokentable.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrlQuery>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

StoreOptions optionsOf(const StorePlace &place)
{
    StoreOptions options = place.options();
    options.dataDirs.insert(u"paged"_s, place.path(u"paged_data"_s));
    return options;
}

RunLimits shortLimits()
{
    RunLimits limits;
    limits.retry.firstPause = std::chrono::milliseconds(5);
    limits.retry.longestPause = std::chrono::milliseconds(10);
    return limits;
}

} // namespace

PagedBench::PagedBench()
    : clock(std::make_shared<FixedClock>(place.clock.now())), provider(server.url(u"/"_s)), thread(clock),
      tokenStore(thread), tokens(tokenStore, door, *clock, std::make_shared<SecretRegister>(), u"test"_s),
      services{settings, *clock, thread, tokenStore, door, tokens, u"test"_s, shortLimits()},
      patience(std::chrono::seconds(20))
{
    session.key = {u"default"_s, provider.id()};
    session.provider = &provider;
    session.client = provider.oauthClient(settings);
    session.token = tokenOf(u"first"_s);
    session.zone = zoneOf("Europe/Berlin");
    bool opened = false;
    thread.open(optionsOf(place), &context,
                [&opened](const Result<bool> &done) { opened = done.has_value(); });
    waitUntil([&opened] { return opened; });
}

void PagedBench::waitUntil(const std::function<bool()> &holds)
{
    QVERIFY(QTest::qWaitFor(holds, 20'000));
}

FetchTask PagedBench::task(const QString &type, QDate first, QDate last) const
{
    return {session.key, type, first, last, {}};
}

void PagedBench::begin(const QList<FetchTask> &tasks)
{
    QList<PlannedTask> planned;
    for (const FetchTask &each : tasks)
        planned << PlannedTask{each, {}, {}};
    jobs.clear();
    ended.reset();
    session.gate.reset();
    loop = std::make_unique<TaskLoop>(services, session, patience, planned, false, nullptr);
    QObject::connect(loop.get(), &TaskLoop::taskEnded, &context, [this](const JobEnd &end) { jobs << end; });
    QObject::connect(loop.get(), &TaskLoop::finished, &context, [this](const LoopEnd &end) { ended = end; });
    loop->start();
}

LoopEnd PagedBench::run(const QList<FetchTask> &tasks)
{
    begin(tasks);
    waitUntil([this] { return ended.has_value(); });
    return ended.value_or(LoopEnd());
}

Cell PagedBench::cell(const QString &type, QDate date)
{
    return ask<Cell>([key = CellKey{session.key, type, date}](Store &store) -> Result<Cell> {
        const auto found = store.ledger().cell(key);
        return found ? found->value_or(Cell()) : Result<Cell>(failure(found.error()));
    });
}

int PagedBench::heal()
{
    return ask<int>([this](Store &store) {
        return store.ingest().healDayFiles([this](const DayCut &cut) {
            return provider.dayBody(cut.bodies, cut.date, {cut.task, cut.zone});
        });
    });
}

QString PagedBench::dayFile(const QString &type, QDate date) const
{
    return u"%1/default/%2_%3.json"_s.arg(place.path(u"paged_data"_s), date.toString(Qt::ISODate), type);
}

QStringList PagedBench::pagesAsked() const
{
    QStringList pages;
    for (const SeenRequest &request : server.seen()) {
        const QString inBody = QJsonDocument::fromJson(request.body).object().value(u"page"_s).toString();
        const QUrlQuery query(QUrl::fromEncoded(request.target));
        pages << (request.method == "POST" ? inBody
                                           : query.queryItemValue(u"pageToken"_s, QUrl::FullyDecoded));
    }
    return pages;
}

} // namespace wristkeep::test
