// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storebench.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace wristkeep::test {

namespace {

void require(bool holds, const QString &reason)
{
    if (!holds)
        qFatal("%s", qUtf8Printable(reason));
}

} // namespace

QDateTime noon(QDate date)
{
    return QDateTime(date, QTime(12, 30), Qt::UTC);
}

StorePlace::StorePlace() : clock(noon(QDate(2026, 9, 2))), m_temporary(std::make_unique<QTemporaryDir>())
{
    require(m_temporary->isValid(), u"no temporary folder"_s);
    m_folder = m_temporary->path();
}

StorePlace::StorePlace(const QString &folder) : clock(noon(QDate(2026, 9, 2))), m_folder(folder) {}

QString StorePlace::path(const QString &name) const
{
    return name.isEmpty() ? m_folder : m_folder + u'/' + name;
}

StoreOptions StorePlace::options() const
{
    StoreOptions options;
    options.databaseFile = databaseFile();
    options.keyFile = keyFile();
    options.dataDirs = {{u"fitbit"_s, dataDir()}};
    options.fitbitTokenHost = u"api.fitbit.com"_s;
    return options;
}

std::unique_ptr<Store> StorePlace::open() const
{
    auto store = Store::open(options(), clock);
    require(store.has_value(), store ? QString() : store.error().detail);
    return std::move(*store);
}

QStringList rowsOf(const QString &databaseFile, const QString &statement)
{
    const QString name = QUuid::createUuid().toString();
    QStringList rows;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(databaseFile);
        require(database.open(), database.lastError().text());
        QSqlQuery query(database);
        require(query.exec(statement), query.lastError().text() + u": "_s + statement);
        while (query.next()) {
            QStringList columns;
            for (int i = 0; i < query.record().count(); ++i)
                columns.append(query.isNull(i) ? u"NULL"_s : query.value(i).toString());
            rows.append(columns.join(u'|'));
        }
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

void runScript(const QString &databaseFile, const QByteArray &script)
{
    sqlite3 *database = nullptr;
    require(sqlite3_open(QFile::encodeName(databaseFile).constData(), &database) == SQLITE_OK, databaseFile);
    char *message = nullptr;
    const int code = sqlite3_exec(database, script.constData(), nullptr, nullptr, &message);
    require(code == SQLITE_OK, QString::fromUtf8(message));
    sqlite3_close(database);
}

void makeSecondSchema(const StorePlace &place)
{
    runScript(place.databaseFile(), "DELETE FROM wristkeep_schema WHERE version > 2;"
                                    "DROP TABLE backfills;"
                                    "DROP TABLE backfill_tries;"
                                    "DROP VIEW v_sessions_known;"
                                    "DROP VIEW v_samples_known;"
                                    "DROP VIEW v_daily_known;"
                                    "DROP VIEW v_levels;"
                                    "DROP TABLE levels;"
                                    "DROP TABLE arrivals;"
                                    "DROP INDEX ix_history_value;"
                                    "ALTER TABLE history DROP COLUMN series;"
                                    "ALTER TABLE history DROP COLUMN withdrawn;"
                                    "ALTER TABLE ledger DROP COLUMN doubt;"
                                    "ALTER TABLE ledger DROP COLUMN doubt_at;"
                                    "ALTER TABLE daily_values DROP COLUMN fetched_at;"
                                    "ALTER TABLE sessions DROP COLUMN fetched_at;");
}

AccountKey fitbit(const QString &participant)
{
    return {participant, u"fitbit"_s};
}

Zone zoneOf(const char *name)
{
    return {QTimeZone(QByteArray(name)), ZoneSource::Profile};
}

Token tokenOf(const QString &name)
{
    Token token;
    token.accessToken = u"access-"_s + name;
    token.refreshToken = u"refresh-"_s + name;
    token.expiresAt = 1800000000.25;
    token.scopes = {u"activity"_s, u"heartrate"_s};
    token.userId = u"9XY7QZ"_s;
    token.tokenHost = u"api.fitbit.com"_s;
    return token;
}

CommitRequest Fetch::request(const QString &type, const QByteArray &body) const
{
    CommitRequest request;
    Answer &answer = request.answer;
    answer.task = {account, type, date, date, {}};
    answer.url = QUrl(u"https://api.fitbit.com/1/user/-/activities.json"_s);
    answer.body = body;
    answer.fetchedAtUtc = noon(fetchedOn).toSecsSinceEpoch();
    answer.language = u"de_DE"_s;
    answer.zone = zone;
    answer.origin = u"fitbit"_s;
    request.batch.dataType = type;
    request.today = fetchedOn;
    return request;
}

CommitRequest Fetch::heart(int count, double bpm) const
{
    QByteArrayList points;
    SampleSeries series{u"heartrate_1min"_s, u"1min"_s, u"bpm"_s, {}};
    const CivilDay day = civilDay(date, zone);
    for (int i = 0; i < count; ++i) {
        series.samples.push_back({day.startUtc + 60LL * i, bpm});
        points.append("{\"n\":" + QByteArray::number(i) + ",\"value\":" + QByteArray::number(bpm) + '}');
    }
    CommitRequest result =
        request(u"heartrate_1min"_s, "{\"dateTime\":\"" + date.toString(Qt::ISODate).toLatin1() +
                                         "\",\"dataset\":[" + points.join(',') + "]}");
    if (count > 0)
        result.batch.series.append(series);
    result.batch.days.append({date, count > 0, count});
    return result;
}

QList<CommitRequest> Fetch::heartInPages(int first, int second, double bpm) const
{
    QList<CommitRequest> pages{heart(first, bpm), heart(first + second, bpm)};
    pages.last().dayBodies.insert(date, pages.last().answer.body);
    pages.first().batch.nextPage = u"2"_s;
    pages.last().answer.task.page = u"2"_s;
    pages.last().answer.pageNumber = 2;
    pages.last().answer.body.prepend(' '); // the share is not the page
    auto &samples = pages.last().batch.series.first().samples;
    samples.erase(samples.begin(), samples.begin() + first);
    pages.last().batch.days.first().points = second;
    return pages;
}

CommitRequest Fetch::steps(int value) const
{
    const QByteArray day = date.toString(Qt::ISODate).toLatin1();
    CommitRequest result = request(u"steps"_s, "{\"activities-steps\":[{\"dateTime\":\"" + day +
                                                   "\",\"value\":\"" + QByteArray::number(value) + "\"}]}");
    result.batch.daily.append({date, u"steps"_s, double(value), u"steps"_s, u"heartrate_1min"_s});
    result.batch.days.append({date, true, 1});
    return result;
}

CommitRequest Fetch::emptySteps() const
{
    CommitRequest result = request(u"steps"_s, "{\"activities-steps\":[]}");
    result.batch.days.append({date, false, 0});
    return result;
}

CommitRequest Fetch::mixed(const std::vector<Sample> &samples, std::optional<double> resting,
                           const QList<Session> &nights, const QString &resolution) const
{
    SampleSeries series{u"heartrate_1min"_s, resolution, u"bpm"_s, samples};
    QByteArray body = resting ? QByteArray::number(*resting) : "none";
    for (const Sample &sample : samples)
        body += ' ' + QByteArray::number(sample.t) + '=' + QByteArray::number(sample.v);
    for (const Session &night : nights)
        body += ' ' + night.key.toUtf8() + '=' + QByteArray::number(night.endUtc);
    CommitRequest result = request(u"heartrate_1min"_s, "{\"all\":\"" + body + "\"}");
    if (!samples.empty())
        result.batch.series.append(series);
    if (resting)
        result.batch.daily.append({date, u"resting_heart_rate"_s, *resting, u"bpm"_s, {}});
    result.batch.sessions = nights;
    const int points = int(samples.size()) + (resting ? 1 : 0) + int(nights.size());
    result.batch.days.append({date, points > 0, points});
    return result;
}

WriteStats keep(Store &store, CommitRequest request)
{
    const auto document = store.ingest().archive(request.answer);
    require(document.has_value(), document ? QString() : document.error().detail);
    request.document = *document;
    const auto stats = store.ingest().commit(request);
    require(stats.has_value(), stats ? QString() : stats.error().detail);
    return *stats;
}

WriteStats keepPages(Store &store, QList<CommitRequest> pages)
{
    keep(store, pages.first());
    const auto first = store.ingest().archive(pages.first().answer);
    require(first.has_value(), u"the first page is lost"_s);
    pages.last().earlier.append({first->id, pages.first().batch});
    return keep(store, pages.last());
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void putBytes(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), path);
}

QStringList filesHolding(const QString &folder, const QByteArray &needle)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (bytesOf(path).contains(needle))
            found.append(path);
    }
    return found;
}

VictimEnd runVictim(const StorePlace &place, const QStringList &work, const QByteArray &failPoint)
{
    QProcess victim;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"WRISTKEEP_FAIL_AT"_s, QString::fromLatin1(failPoint));
    victim.setProcessEnvironment(environment);
    victim.setProcessChannelMode(QProcess::MergedChannels);
    victim.start(QStringLiteral(WRISTKEEP_BIN_DIR "/store_victim"), QStringList{place.path({})} + work);
    require(victim.waitForFinished(60000), u"the victim hangs"_s);
    return {victim.exitStatus() == QProcess::CrashExit, victim.exitCode(), victim.readAll()};
}

} // namespace wristkeep::test
