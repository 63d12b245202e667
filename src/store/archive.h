// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The archive: every 2xx body as received, compressed under its hash, with an index a person can read
// (docs/DATA.md). Append-only.

#include "core/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace wristkeep {

struct Answer;

class Archive
{
public:
    explicit Archive(QHash<QString, QString> dataDirs);

    /// The hashes of the bodies, in order. Durable before it returns, with one sync for all that can share
    /// it; the same answer again changes nothing. After an error some of them may be kept.
    Result<QList<QByteArray>> keep(const QList<Answer> &answers) const;
    /// The bytes of an archived body, checked against the hash.
    Result<QByteArray> body(const QString &provider, const QString &participant,
                            const QByteArray &sha256) const;
    /// The indexes that are there, of every participant of every provider.
    [[nodiscard]] QStringList indexFiles() const;
    /// The folder that day files of the participant live in. BadConfiguration for an unknown provider.
    Result<QString> participantDir(const QString &provider, const QString &participant) const;

private:
    Result<QString> folder(const QString &provider, const QString &participant) const;
    struct Entry
    {
        const Answer *answer = nullptr;
        QByteArray sha256;
    };
    Outcome keepIn(const QString &folder, const QList<Entry> &entries) const;

    QHash<QString, QString> m_dataDirs;
};

} // namespace wristkeep
