// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/floor.h"

#include "store/durablefile.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <sqlite3.h>

#include <algorithm>
#include <functional>

namespace wristkeep::bench {

using namespace Qt::StringLiterals;

double bareDownload(const QList<QUrl> &addresses, const QByteArray &bearer, int connections)
{
    QNetworkAccessManager network;
    QEventLoop loop;
    qsizetype next = 0;
    int underWay = 0;
    bool good = true;
    std::function<void()> ask = [&] {
        while (underWay < connections && next < addresses.size()) {
            QNetworkRequest request(addresses.at(next++));
            request.setRawHeader("Authorization", "Bearer " + bearer);
            request.setRawHeader("Accept-Encoding", "gzip");
            // As the program asks: the units hang on it, and so does what the simulator has ready.
            request.setRawHeader("Accept-Language", "metric");
            QNetworkReply *reply = network.get(request);
            ++underWay;
            QObject::connect(reply, &QNetworkReply::finished, &loop, [&, reply] {
                good = good && reply->error() == QNetworkReply::NoError && !reply->readAll().isEmpty();
                reply->deleteLater();
                --underWay;
                ask();
                if (underWay == 0)
                    loop.quit();
            });
        }
    };
    QElapsedTimer watch;
    watch.start();
    ask();
    loop.exec();
    return good ? double(watch.nsecsElapsed()) / 1e9 : -1.0;
}

double bulkInsert(const QList<Row> &rows, const QString &file)
{
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(file + suffix);
    QElapsedTimer watch;
    watch.start();
    sqlite3 *database = nullptr;
    sqlite3_stmt *insert = nullptr;
    bool good = sqlite3_open(file.toUtf8().constData(), &database) == SQLITE_OK;
    const auto run = [&](const char *sql) {
        good = good && sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    };
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=NORMAL");
    run("CREATE TABLE samples (series INTEGER NOT NULL, t INTEGER NOT NULL, v REAL NOT NULL, PRIMARY KEY "
        "(series, t)) "
        "WITHOUT ROWID");
    run("BEGIN IMMEDIATE");
    good = good && sqlite3_prepare_v2(database, "INSERT INTO samples VALUES (?, ?, ?)", -1, &insert,
                                      nullptr) == SQLITE_OK;
    for (const Row &row : rows) {
        sqlite3_bind_int64(insert, 1, row.series);
        sqlite3_bind_int64(insert, 2, row.t);
        sqlite3_bind_double(insert, 3, row.v);
        good = good && sqlite3_step(insert) == SQLITE_DONE;
        sqlite3_reset(insert);
    }
    run("COMMIT");
    sqlite3_finalize(insert);
    sqlite3_close(database);
    return good ? double(watch.nsecsElapsed()) / 1e9 : -1.0;
}

double bareFiles(const QString &folder, const QString &copy)
{
    QList<FileToWrite> files;
    const QStringList names = QDir(folder).entryList(QDir::Files);
    for (const QString &name : names) {
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            return -1.0;
        files.append({copy + u'/' + name, file.readAll()});
    }
    if (!QDir().mkpath(copy))
        return -1.0;
    QElapsedTimer watch;
    watch.start();
    const bool isDone = replaceFiles(files).has_value();
    return isDone ? double(watch.nsecsElapsed()) / 1e9 : -1.0;
}

double median(QList<double> figures)
{
    std::sort(figures.begin(), figures.end());
    return figures.isEmpty() ? -1.0 : figures.at(figures.size() / 2);
}

} // namespace wristkeep::bench
