// SPDX-License-Identifier: GPL-3.0-or-later
// wristkeep-bench: how fast a year arrives, how fast the terminal program answers and what the window costs,
// as ratios to the floor of the same run (docs/BENCHMARKS.md). It prints figures and judges nothing but its
// own failure.

#include "bench/floor.h"
#include "bench/rebuildfigures.h"
#include "bench/windowfigures.h"
#include "support/world.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTextStream>
#include <QUrlQuery>

#include <memory>
#include <vector>

using namespace wristkeep::bench;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Rounds = 5;
constexpr int Days = 365;
constexpr int StartRounds = 11;

// As many requests as the sync keeps under way at once.
constexpr int Connections = 4;

void say(const QString &line)
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

QList<QUrl> addresses(const QUrl &service, QDate first)
{
    QList<QUrl> all;
    for (int i = 0; i < Days; ++i) {
        const QString day = first.addDays(i).toString(Qt::ISODate);
        all << service.resolved(QUrl(u"/1/user/-/activities/heart/date/%1/1d/1min.json"_s.arg(day)))
            << service.resolved(QUrl(u"/1/user/-/activities/steps/date/%1/1d.json"_s.arg(day)));
    }
    return all;
}

bool ingest()
{
    QList<double> ratios;
    // Kept to the end: some file systems search long for a free inode right after thousands were deleted.
    std::vector<std::unique_ptr<World>> worlds;
    const QDate last = QDate::currentDate().addDays(-20);
    const QDate first = last.addDays(1 - Days);
    for (int round = 0; round <= Rounds; ++round) {
        World &world = *worlds.emplace_back(std::make_unique<World>());
        if (!world.start({u"--quota"_s, u"1000000"_s})) {
            say(world.problem);
            return false;
        }
        if (world.connect().exitCode != 0)
            return false;
        const QByteArray bearer = ownToken(world);
        const QList<QUrl> wanted = addresses(world.service(), first);
        // Once for nothing, so that neither side pays for the simulator's first look at a day.
        if (bareDownload(wanted, bearer, Connections) < 0)
            return false;
        const double download = bareDownload(wanted, bearer, Connections);

        QElapsedTimer watch;
        watch.start();
        const CliRun run = world.run(
            {u"sync"_s, u"--from"_s, first.toString(Qt::ISODate), u"--to"_s, last.toString(Qt::ISODate)}, {},
            600'000);
        const double whole = double(watch.nsecsElapsed()) / 1e9;
        if (run.exitCode != 0) {
            say(QString::fromUtf8(run.all()));
            return false;
        }
        QList<Row> rows;
        for (const QVariantList &row : world.query(u"SELECT series, t, v FROM samples"_s))
            rows.append(Row{row[0].toLongLong(), row[1].toLongLong(), row[2].toDouble()});
        const double insert = bulkInsert(rows, world.folder() + u"/floor.db"_s);
        const double floor = std::max(download, insert);
        const QString line =
            u"ingest  365 days: %1 s, floor %2 s (download %3 s, insert %4 s), ratio %5, %6 rows/s, %7 rows"_s
                .arg(whole, 0, 'f', 2)
                .arg(floor, 0, 'f', 2)
                .arg(download, 0, 'f', 2)
                .arg(insert, 0, 'f', 2)
                .arg(whole / floor, 0, 'f', 2)
                .arg(double(rows.size()) / whole, 0, 'f', 0)
                .arg(rows.size());
        world.stopService();
        say(round == 0 ? line + u"  (warm-up)"_s : line);
        if (round > 0)
            ratios << whole / floor;
    }
    say(u"ingest  median ratio %1 of %2 rounds (goal: at most 1.5)"_s.arg(median(ratios), 0, 'f', 2)
            .arg(ratios.size()));
    return true;
}

bool startUp()
{
    World world;
    if (!world.start() || world.connect().exitCode != 0)
        return false;
    QList<double> status;
    QList<double> version;
    const auto time = [&world](const QStringList &arguments) {
        QElapsedTimer watch;
        watch.start();
        world.run(arguments);
        return double(watch.nsecsElapsed()) / 1e6;
    };
    for (int i = 0; i <= StartRounds; ++i) {
        const double a = time({u"--version"_s});
        const double b = time({u"status"_s});
        if (i > 0) {
            version << a;
            status << b;
        }
    }
    say(u"start   wristkeep-cli status: median %1 ms; --version: %2 ms; ratio %3"_s
            .arg(median(status), 0, 'f', 1)
            .arg(median(version), 0, 'f', 1)
            .arg(median(status) / median(version), 0, 'f', 2));
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList wanted = application.arguments().mid(1);
    bool good = true;
    if (wanted.isEmpty() || wanted.contains(u"ingest"_s))
        good = ingest() && good;
    if (wanted.isEmpty() || wanted.contains(u"rebuild"_s))
        good = rebuildFigures() && good;
    if (wanted.isEmpty() || wanted.contains(u"start"_s))
        good = startUp() && good;
    if (wanted.isEmpty() || wanted.contains(u"window"_s)) {
        good = windowStart() && good;
        good = windowEvents() && good;
    }
    if (!good)
        say(u"a benchmark could not be carried out"_s);
    return good ? 0 : 1;
}
