// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/ingestfigures.h"

#include "bench/floor.h"
#include "bench/tablerows.h"
#include "support/world.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTextStream>
#include <QUrlQuery>

#include <algorithm>
#include <memory>
#include <vector>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace wristkeep::bench {

namespace {

constexpr int Rounds = 5;
constexpr int DaysAgo = 20; // far enough back that every kind of data has settled
constexpr int SyncMs = 600'000;

// As many requests as the sync keeps under way at once.
constexpr int Connections = 4;

void tellIngest(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/// A token of the benchmark's own with the program's scopes, so that the bare download asks for exactly what
/// the sync asks for, and warms the simulator's answers for it.
QByteArray ownToken(World &world)
{
    const QByteArray verifier(64, 'v');
    const QByteArray challenge =
        QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    QUrl authorize(world.variables.value(u"FITBIT_AUTHORIZE_URL"_s));
    const QString redirect = world.variables.value(u"FITBIT_REDIRECT_URI"_s);
    QUrlQuery query;
    query.setQueryItems({{u"client_id"_s, u"23TEST"_s},
                         {u"response_type"_s, u"code"_s},
                         {u"scope"_s, u"activity heartrate sleep weight profile"_s},
                         {u"redirect_uri"_s, redirect},
                         {u"state"_s, u"bench"_s},
                         {u"code_challenge_method"_s, u"S256"_s},
                         {u"code_challenge"_s, QString::fromLatin1(challenge)}});
    authorize.setQuery(query);
    const QString code = QUrlQuery(world.consentRedirect(authorize)).queryItemValue(u"code"_s);
    const QByteArray basic =
        QByteArray("23TEST:" + world.variables.value(u"FITBIT_CLIENT_SECRET"_s).toUtf8()).toBase64();
    const WebAnswer answer =
        World::post(world.service().resolved(QUrl(u"/oauth2/token"_s)),
                    "grant_type=authorization_code&client_id=23TEST&code=" + code.toUtf8() +
                        "&code_verifier=" + verifier + "&redirect_uri=" + QUrl::toPercentEncoding(redirect),
                    "application/x-www-form-urlencoded", {{"Authorization", "Basic " + basic}});
    return QJsonDocument::fromJson(answer.body).object().value(u"access_token"_s).toString().toUtf8();
}

CliRun syncOf(World &world, const Ingest &ingest)
{
    const QDate last = QDate::currentDate().addDays(-DaysAgo);
    QStringList words{u"sync"_s, u"--from"_s, last.addDays(1 - ingest.days).toString(Qt::ISODate), u"--to"_s,
                      last.toString(Qt::ISODate)};
    if (!ingest.dataTypes.isEmpty())
        words << u"--data"_s << ingest.dataTypes;
    return world.run(words, {}, SyncMs);
}

/// What the program has asked of the service for data, as it was asked.
QStringList askedPaths(World &world)
{
    QStringList paths;
    const QJsonArray entries = world.control(u"log"_s).value(u"entries"_s).toArray();
    for (const QJsonValue &entry : entries) {
        const QString path = entry[u"path"_s].toString();
        if (path.startsWith(u"/1"_s) && !path.endsWith(u"/profile.json"_s))
            paths << path;
    }
    return paths;
}

QList<QUrl> addressesOf(const QUrl &service, const QStringList &paths)
{
    QList<QUrl> all;
    for (const QString &path : paths)
        all << service.resolved(QUrl(path));
    return all;
}

bool begin(World &world)
{
    if (!world.start({u"--quota"_s, u"1000000"_s})) {
        tellIngest(world.problem);
        return false;
    }
    return world.connect().exitCode == 0;
}

struct Round
{
    double whole = 0;
    double download = 0;
    double insert = 0;
    double files = 0; ///< the bare writing of the day files
    qsizetype rows = 0;

    [[nodiscard]] double withoutFiles() const { return whole / std::max(download, insert); }
    [[nodiscard]] double withFiles() const { return whole / std::max({download, insert, files}); }
};

/// `dayFiles`: a folder with those the sync is going to write; the first round's, since each brings the same.
bool carryOut(World &world, const Ingest &ingest, const QStringList &paths, const QString &dayFiles,
              Round *round)
{
    const QByteArray bearer = ownToken(world);
    const QList<QUrl> wanted = addressesOf(world.service(), paths);
    // Once for nothing, so that neither side pays for the simulator's first look at a day.
    if (bareDownload(wanted, bearer, Connections) < 0)
        return false;
    round->download = bareDownload(wanted, bearer, Connections);
    round->files = bareFiles(dayFiles, world.folder() + u"/files"_s);
    QElapsedTimer watch;
    watch.start();
    const CliRun run = syncOf(world, ingest);
    round->whole = double(watch.nsecsElapsed()) / 1e9;
    if (run.exitCode != 0) {
        tellIngest(QString::fromUtf8(run.all().right(2000)));
        return false;
    }
    const QList<Row> rows = rowsOfTables(world);
    round->rows = rows.size();
    round->insert = bulkInsert(rows, world.folder() + u"/floor.db"_s);
    return round->files >= 0;
}

} // namespace

QList<Ingest> allIngests()
{
    const QString daily = u"steps,distance,floors,elevation,calories,sedentary_minutes,lightly_active_"
                          u"minutes,fairly_active_minutes,"
                          "very_active_minutes,active_zone_minutes"_s;
    return {{u"ingest"_s, u"a year of steps and heart rate by the minute"_s, {}, 365, 1.5},
            {u"seconds"_s, u"518,400 readings of heart rate every few seconds"_s, u"heartrate_1s"_s, 54, 1.3},
            {u"daily"_s, u"ten years of ten daily values"_s, daily, 3652, 1.5, true}};
}

bool ingestFigures(const Ingest &ingest)
{
    // Kept to the end: some file systems search long for a free inode right after thousands were deleted.
    std::vector<std::unique_ptr<World>> worlds;
    World &first = *worlds.emplace_back(std::make_unique<World>());
    if (!begin(first))
        return false;
    if (const CliRun run = syncOf(first, ingest); run.exitCode != 0) {
        tellIngest(QString::fromUtf8(run.all().right(2000)));
        return false;
    }
    const QStringList paths = askedPaths(first);
    first.stopService();
    const QString dayFiles = first.dataDir() + u"/default"_s;
    QList<double> ratios;
    QList<double> bareRatios;
    for (int number = 0; number < Rounds; ++number) {
        World &world = *worlds.emplace_back(std::make_unique<World>());
        Round round;
        if (!begin(world) || !carryOut(world, ingest, paths, dayFiles, &round))
            return false;
        world.stopService();
        tellIngest(u"%1 %2 s (download %3 s of %4 answers, insert %5 s of %6 rows, day files %7 s); ratio "
                   "%8, the day files in the floor %9"_s.arg(ingest.word, -8)
                       .arg(round.whole, 0, 'f', 2)
                       .arg(round.download, 0, 'f', 3)
                       .arg(paths.size())
                       .arg(round.insert, 0, 'f', 3)
                       .arg(round.rows)
                       .arg(round.files, 0, 'f', 3)
                       .arg(round.withoutFiles(), 0, 'f', 2)
                       .arg(round.withFiles(), 0, 'f', 2));
        ratios << (ingest.countsFiles ? round.withFiles() : round.withoutFiles());
        bareRatios << round.withoutFiles();
    }
    tellIngest(u"%1 %2: median ratio %3 of %4 rounds (goal: at most %5)"_s.arg(ingest.word, -8)
                   .arg(ingest.what)
                   .arg(median(ratios), 0, 'f', 2)
                   .arg(ratios.size())
                   .arg(ingest.goal));
    if (ingest.countsFiles)
        tellIngest(u"%1 without its day files in the floor: %2"_s.arg(ingest.word, -8)
                       .arg(median(bareRatios), 0, 'f', 2));
    return true;
}

} // namespace wristkeep::bench
