// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads a .env file the way python-dotenv does: quotes, export, comments, CRLF, ${X}, last one wins.

#include "core/result.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace wristkeep {

struct EnvEntry
{
    QString value;
    int line = 0;
};

struct EnvFile
{
    QHash<QString, EnvEntry> entries; ///< keys with a value; `KEY` alone and `KEY=` mean not set
    QList<int> badLines;              ///< 1-based; their text is never repeated
};

/// `environment` feeds ${X} after the file's own keys. BadConfiguration for binary or unreadable files.
Result<EnvFile> readEnvFile(const QString &path, const QHash<QString, QString> &environment);
Result<EnvFile> parseEnv(const QByteArray &bytes, const QHash<QString, QString> &environment);

} // namespace wristkeep
