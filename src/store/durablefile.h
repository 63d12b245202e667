// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Files that survive a crash: written under a temporary name, synced, renamed, folder synced, each step
// checked. The only place of this room that talks to the operating system's file calls.

#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace wristkeep {

/// Names of the fail points a write passes; null: none.
struct WriteFailPoints
{
    const char *written = nullptr;
    const char *synced = nullptr;
    const char *renamed = nullptr;
    const char *done = nullptr;
};

/// Creates the folder and its missing parents, each 0700.
Outcome makeFolder(const QString &folder);

/// Replaces `path` as a whole or not at all; the file is 0600.
Outcome replaceFile(const QString &path, const QByteArray &bytes, const WriteFailPoints &points = {});

struct FileToWrite
{
    QString path;
    QByteArray bytes;
};

/// The same for several files of different names, with one sync for each folder. After an error each of
/// them is the old one or the new one.
Outcome replaceFiles(const QList<FileToWrite> &files, const WriteFailPoints &points = {});

/// Creates `path` whole, 0600; false when something of that name is there already.
Result<bool> createFile(const QString &path, const QByteArray &bytes);

/// Appends lines under a lock; cuts off a last line that a crash left without its end.
Outcome appendLines(const QString &path, const QList<QByteArray> &lines);

/// Makes the finished file at `from` durable under the name `to`.
Outcome syncAndRename(const QString &from, const QString &to);

/// A second name for the file at `path`, durable; false when something of that name is there already.
Result<bool> addName(const QString &path, const QString &name);

/// True when both are names of one file.
bool isOneFile(const QString &a, const QString &b);

/// Takes away what group and others may do with the file; no error when it cannot be done.
void tightenFile(const QString &path);

/// Removes temporary files that dead processes left in `folder`.
void sweepTemporaries(const QString &folder);

} // namespace wristkeep
