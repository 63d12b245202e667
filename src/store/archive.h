// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The archive: every 2xx body as received, compressed under its hash, with an index a person can read
// (docs/DATA.md). Append-only.

#include "core/result.h"

#include <QHash>
#include <QString>

namespace wristkeep {

struct Answer;

class Archive
{
public:
    explicit Archive(QHash<QString, QString> dataDirs);

    /// Durable before it returns; the same answer again changes nothing.
    Outcome keep(const Answer &answer, const QByteArray &sha256) const;
    [[nodiscard]] bool has(const QString &provider, const QString &participant,
                           const QByteArray &sha256) const;
    /// The bytes of an archived body, checked against the hash.
    Result<QByteArray> body(const QString &provider, const QString &participant,
                            const QByteArray &sha256) const;
    /// The folder that day files of the participant live in. BadConfiguration for an unknown provider.
    Result<QString> participantDir(const QString &provider, const QString &participant) const;

private:
    Result<QString> folder(const QString &provider, const QString &participant) const;

    QHash<QString, QString> m_dataDirs;
};

} // namespace wristkeep
