// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/rebuildbench.h"

#include "providers/registry.h"
#include "store/accounts.h"
#include "store/archive.h"
#include "store/ledger.h"
#include "store/participants.h"
#include "store/tokentable.h"
#include "sync/legacyimport.h"

#include <QDirIterator>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

void require(bool holds, const QString &reason)
{
    if (!holds)
        qFatal("%s", qUtf8Printable(reason));
}

const Provider *provider(const QString &id)
{
    return findProvider(id).value_or(nullptr);
}

const QDate March(2026, 3, 10);

} // namespace

QByteArray stepsBody(QDate day, int steps)
{
    return "{\"activities-steps\":[{\"dateTime\":\"" + day.toString(Qt::ISODate).toLatin1() +
           "\",\"value\":\"" + QByteArray::number(steps) + "\"}]}";
}

QByteArray heartBody(QDate day, int minutes, int bpm)
{
    QByteArrayList points;
    for (int i = 0; i < minutes; ++i)
        points.append("{\"time\":\"" + QTime(0, 0).addSecs(60 * i).toString(u"HH:mm:ss"_s).toLatin1() +
                      "\",\"value\":" + QByteArray::number(bpm + i % 7) + '}');
    return "{\"activities-heart\":[{\"dateTime\":\"" + day.toString(Qt::ISODate).toLatin1() +
           "\",\"value\":{\"customHeartRateZones\":[],\"heartRateZones\":[],\"restingHeartRate\":58}}],"
           "\"activities-heart-intraday\":{\"dataset\":[" +
           points.join(',') + "],\"datasetInterval\":1,\"datasetType\":\"minute\"}}";
}

QByteArray googleHeartBody(const QDateTime &from, int minutes, int bpm, const QByteArray &nextPage)
{
    QByteArrayList points;
    const auto text = [](const QDateTime &at) { return at.toString(u"yyyy-MM-ddTHH:mm:ssZ"_s).toLatin1(); };
    for (int i = 0; i < minutes; ++i)
        points.append("{\"startTime\":\"" + text(from.addSecs(60LL * i)) + "\",\"endTime\":\"" +
                      text(from.addSecs(60LL * i + 60)) + "\",\"heartRate\":{\"beatsPerMinuteAvg\":" +
                      QByteArray::number(bpm) + ",\"beatsPerMinuteMax\":99,\"beatsPerMinuteMin\":40}}");
    QByteArray body = "{\"rollupDataPoints\":[" + points.join(',') + ']';
    if (!nextPage.isEmpty())
        body += ",\"nextPageToken\":\"" + nextPage + '"';
    return body + '}';
}

AnswerToKeep fitbitAnswer(const QString &participant, const QString &type, QDate day, QDate fetchedOn,
                          const QByteArray &body, const Zone &zone)
{
    AnswerToKeep work;
    work.answer.task = {{participant, u"fitbit"_s}, type, day, day, {}};
    work.answer.url = QUrl(u"https://api.fitbit.com/1/user/-/x.json"_s);
    work.answer.body = body;
    work.answer.fetchedAtUtc = noon(fetchedOn).toSecsSinceEpoch();
    work.answer.language = u"de_DE"_s;
    work.answer.zone = zone;
    work.answer.origin = u"fitbit"_s;
    work.provider = provider(u"fitbit"_s);
    work.today = fetchedOn;
    return work;
}

RebuildBench::RebuildBench() = default;

RebuildBench::RebuildBench(const QString &folder) : place(folder) {}

StoreOptions RebuildBench::options() const
{
    StoreOptions options = place.options();
    options.dataDirs.insert(u"google-health"_s, place.path(u"google"_s));
    return options;
}

std::unique_ptr<Store> RebuildBench::open() const
{
    auto store = Store::open(options(), place.clock);
    require(store.has_value(), store ? QString() : store.error().detail);
    return std::move(*store);
}

Document RebuildBench::keep(Store &store, const AnswerToKeep &work) const
{
    const auto archived = archiveAnswers(Archive(options().dataDirs), {work}).first();
    require(archived.has_value(), archived ? QString() : archived.error().detail);
    const auto committed = commitAnswers(store, {*archived}).first();
    require(committed.has_value(), committed ? QString() : committed.error().detail);
    const auto shown = showAnswers({*committed}).first();
    require(shown.has_value(), shown ? QString() : shown.error().detail);
    if (shown->notUnderstood) {
        const FetchTask &task = work.answer.task;
        for (QDate day = task.first; day <= task.last; day = day.addDays(1)) {
            const auto marked =
                store.ledger().markTried({task.account, task.dataType, day}, CellState::Failed,
                                         u"Saved but not understood."_s, work.answer.fetchedAtUtc);
            require(marked.has_value(), u"a failed day could not be marked"_s);
        }
    }
    return shown->document;
}

void RebuildBench::fill() const
{
    // Made once: every answer waits for the disk.
    static const std::unique_ptr<RebuildBench> model = [] {
        auto made = std::make_unique<RebuildBench>();
        made->fillAnew();
        return made;
    }();
    const QDir from(model->place.path({}));
    QDirIterator files(from.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString copy = place.path(from.relativeFilePath(path));
        QDir().mkpath(QFileInfo(copy).absolutePath());
        require(QFile::copy(path, copy), copy);
    }
}

void RebuildBench::fillAnew() const
{
    const QString steps = u"steps"_s;
    const QString heart = u"heartrate_1min"_s;
    // A file of the earlier program comes first, as it does at the first start.
    putBytes(place.dataDir() + u"/default/2025-11-18_steps_summary.json"_s,
             stepsBody(QDate(2025, 11, 18), 7000));
    auto store = open();
    require(store->participants().add({u"P02"_s, u"Second"_s, {}, {}}).has_value(), u"no second person"_s);
    require(store->tokens().saveConnected(fitbit(), tokenOf(u"one"_s)).has_value(), u"no token"_s);
    require(store->accounts().saveProfile(fitbit(), {u"me"_s, zoneOf("Europe/Berlin"), {}, 1}).has_value(),
            u"no profile"_s);
    importOriginalFiles(*store, place.dataDir(), place.clock);

    const auto on = [](int offset) { return March.addDays(offset); };
    // Read the day after, and again with the same bytes once it has settled.
    for (const QDate fetched : {on(1), on(9)}) {
        keep(*store, fitbitAnswer(u"default"_s, heart, March, fetched, heartBody(March, 100, 60)));
        keep(*store, fitbitAnswer(u"default"_s, steps, March, fetched, stepsBody(March, 9120)));
    }
    // A value that changed and then was as before, the same bytes again.
    const QList<std::pair<int, int>> versions{{10, 4000}, {11, 4100}, {12, 4000}};
    for (const auto &[day, value] : versions)
        keep(*store, fitbitAnswer(u"default"_s, steps, on(1), on(day), stepsBody(on(1), value)));
    // Zeros: one that waits to this day, and one that readings came to believe.
    keep(*store, fitbitAnswer(u"default"_s, steps, on(2), on(20), stepsBody(on(2), 0)));
    keep(*store, fitbitAnswer(u"default"_s, steps, on(3), on(20), stepsBody(on(3), 0)));
    keep(*store, fitbitAnswer(u"default"_s, heart, on(3), on(21), heartBody(on(3), 30, 70)));
    // Something poorer, and something empty, after data; the day of a clock change.
    keep(*store, fitbitAnswer(u"default"_s, heart, on(3), on(22), heartBody(on(3), 10, 70)));
    keep(*store, fitbitAnswer(u"default"_s, heart, on(4), on(22), heartBody(on(4), 0, 70)));
    keep(*store, fitbitAnswer(u"default"_s, heart, QDate(2026, 3, 29), QDate(2026, 4, 9),
                              heartBody(QDate(2026, 3, 29), 120, 61)));
    // Nobody understands this one; and a day nothing ever came for.
    keep(*store, fitbitAnswer(u"default"_s, steps, on(5), on(20), "{\"what\":1}"));
    require(store->ledger()
                .markTried({fitbit(), heart, on(6)}, CellState::NotPermitted, u"no scope"_s, 5)
                .has_value(),
            u"no mark"_s);
    keep(*store, fitbitAnswer(u"P02"_s, steps, March, on(30), stepsBody(March, 333), zoneOf("Asia/Tokyo")));

    // Google: a day in two pages, twice; the second page is the same bytes both times.
    AnswerToKeep page =
        fitbitAnswer(u"P02"_s, heart, March, on(30),
                     googleHeartBody(QDateTime(March, QTime(8, 0), Qt::UTC), 60, 62, "TOKEN"));
    page.answer.task.account.provider = u"google-health"_s;
    page.answer.origin = u"google-health"_s;
    page.provider = provider(u"google-health"_s);
    AnswerToKeep last = page;
    last.answer.task.page = u"TOKEN"_s;
    last.answer.pageNumber = 2;
    last.answer.fetchedAtUtc += 5;
    last.answer.body = googleHeartBody(QDateTime(March, QTime(9, 0), Qt::UTC), 60, 64);
    for (const int bpm : {62, 63}) {
        page.answer.body = googleHeartBody(QDateTime(March, QTime(8, 0), Qt::UTC), 60, bpm, "TOKEN");
        const Document first = keep(*store, page);
        last.earlier = {{QString(), first}};
        keep(*store, last);
        page.answer.fetchedAtUtc += 86'400;
        last.answer.fetchedAtUtc += 86'400;
    }
}

Result<RebuildReport> RebuildBench::rebuild(const RebuildRequest &request) const
{
    return rebuildTables(options(), request, place.clock,
                         {[](const SyncProgress &) {}, [] { return false; }});
}

Result<RebuildReport> RebuildBench::swap() const
{
    RebuildRequest request;
    request.swap = true;
    return rebuild(request);
}

QStringList RebuildBench::contents(const QString &file) const
{
    QStringList all;
    for (const QString &statement :
         {u"SELECT 'day', * FROM civil_days ORDER BY participant, provider, date"_s,
          u"SELECT 'value', * FROM daily_values ORDER BY participant, provider, type, date"_s,
          u"SELECT 'cell', * FROM ledger ORDER BY participant, provider, data_type, date"_s,
          u"SELECT 'sample', s.participant, s.provider, s.type, s.unit, x.t, x.v FROM series s "
          "JOIN samples x ON x.series = s.id ORDER BY 2, 3, 4, 6"_s,
          u"SELECT 'session', participant, provider, type, key, date, start_utc, end_utc, details "
          "FROM sessions ORDER BY 2, 3, 4, 5"_s,
          u"SELECT 'history', kind, participant, provider, type, key, old_value, old_text, old_fetched_at, "
          "new_fetched_at, document FROM history ORDER BY 2, 3, 4, 5, 6, 10"_s,
          u"SELECT 'answer', * FROM documents ORDER BY id"_s,
          u"SELECT 'person', participant_id, name FROM participants ORDER BY 2"_s,
          u"SELECT 'token', participant_id, access_token FROM fitbit_tokens ORDER BY 2"_s})
        all += rowsOf(file.isEmpty() ? place.databaseFile() : file, statement);
    return all;
}

QStringList RebuildBench::filesBeside() const
{
    return QDir(place.path({})).entryList({u"kept.db*"_s}, QDir::Files | QDir::Hidden, QDir::Name);
}

} // namespace wristkeep::test
