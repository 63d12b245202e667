// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/fetchbench.h"

#include "store/ledger.h"
#include "store/tokentable.h"
#include "sync/requestgate.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimer>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

RunLimits shortLimits()
{
    RunLimits limits;
    limits.retry.firstPause = std::chrono::milliseconds(5);
    limits.retry.longestPause = std::chrono::milliseconds(10);
    return limits;
}

} // namespace

FetchBench::FetchBench(const Provider &provider, Settings chosen, const Token &token, const QString &folder)
    : clock(std::make_shared<FixedClock>(place.clock.now())), settings(std::move(chosen)), thread(clock),
      tokenStore(thread), tokens(tokenStore, door, *clock, std::make_shared<SecretRegister>(), u"test"_s),
      services{settings, *clock, thread, tokenStore, door, tokens, u"test"_s, shortLimits()},
      patience(std::chrono::seconds(20)), m_folder(place.path(folder))
{
    session.key = {u"default"_s, provider.id()};
    session.provider = &provider;
    session.client = provider.oauthClient(settings);
    session.token = token;
    session.zone = zoneOf("Europe/Berlin");
    StoreOptions options = place.options();
    options.dataDirs.insert(provider.id(), m_folder);
    bool opened = false;
    thread.open(options, &context, [&opened](const Result<bool> &done) { opened = done.has_value(); });
    waitUntil([&opened] { return opened; });
}

void FetchBench::waitUntil(const std::function<bool()> &holds)
{
    // Woken by events rather than every ten milliseconds: a thousand pages are a thousand round trips.
    QTimer deadline;
    deadline.setSingleShot(true);
    deadline.start(60'000);
    while (!holds() && deadline.isActive()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QVERIFY(holds());
}

FetchTask FetchBench::task(const QString &type, QDate first, QDate last) const
{
    return {session.key, type, first, last, {}};
}

void FetchBench::begin(const QList<FetchTask> &tasks)
{
    QList<PlannedTask> planned;
    for (const FetchTask &each : tasks)
        planned << PlannedTask{each, {}};
    jobs.clear();
    ended.reset();
    session.gate = pace ? std::make_shared<RequestGate>(*pace) : nullptr;
    loop = std::make_unique<TaskLoop>(services, session, patience, planned, false, nullptr);
    QObject::connect(loop.get(), &TaskLoop::taskEnded, &context, [this](const JobEnd &end) { jobs << end; });
    QObject::connect(loop.get(), &TaskLoop::finished, &context, [this](const LoopEnd &end) { ended = end; });
    loop->start();
}

LoopEnd FetchBench::run(const QList<FetchTask> &tasks)
{
    begin(tasks);
    waitUntil([this] { return ended.has_value(); });
    return ended.value_or(LoopEnd());
}

Cell FetchBench::cell(const QString &type, QDate date)
{
    return ask<Cell>([key = CellKey{session.key, type, date}](Store &store) -> Result<Cell> {
        const auto found = store.ledger().cell(key);
        return found ? found->value_or(Cell()) : Result<Cell>(failure(found.error()));
    });
}

int FetchBench::heal()
{
    return ask<int>([this](Store &store) {
        return store.ingest().healDayFiles([this](const DayCut &cut) {
            ++cuts;
            return session.provider->dayBodies(cut.bodies, cut.dates, {cut.task, cut.zone});
        });
    });
}

QString FetchBench::dayFile(const QString &type, QDate date) const
{
    return u"%1/default/%2_%3.json"_s.arg(m_folder, date.toString(Qt::ISODate), type);
}

} // namespace wristkeep::test
