// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The floors a benchmark is held against: what the machine needs for the same bytes and the same rows when
// nothing else is done with them (measured in the same run, so that a slow machine is no excuse and no
// alarm).

#include <QByteArray>
#include <QList>
#include <QUrl>

namespace wristkeep::bench {

/// Seconds to download the addresses with so many requests under way at once; negative on any failure.
double bareDownload(const QList<QUrl> &addresses, const QByteArray &bearer, int connections);

struct Row
{
    qint64 series = 0;
    qint64 t = 0;
    double v = 0;
};

/// Seconds to insert the rows through the SQLite C API: one transaction, WAL, synchronous=NORMAL.
double bulkInsert(const QList<Row> &rows, const QString &file);

/// Seconds to make the files of `folder` durable anew in `copy`, all together by the store's own way of
/// writing (store/durablefile.h): one after the other they would take longer than the whole sync.
/// Negative on any failure.
double bareFiles(const QString &folder, const QString &copy);

/// The middle of the figures.
double median(QList<double> figures);

} // namespace wristkeep::bench
