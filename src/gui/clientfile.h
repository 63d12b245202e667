// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The file client_secret_….json that the Google Cloud console offers when a client is made.

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace wristkeep {

struct ClientFile
{
    QString id;
    QString secret;
    bool isWeb = false;       ///< type Web application: its redirect addresses are registered
    QString loopbackRedirect; ///< of a Web client: the first registered one that leads back to this computer
};

/// BadConfiguration with a next step for anything else: other files of Google's, other programs' files.
/// Nothing of the file's content gets into an error.
Result<ClientFile> readClientFile(const QByteArray &bytes);

/// The same from disk. Also for what is no plain file, cannot be read or is far too large.
Result<ClientFile> loadClientFile(const QString &path);

} // namespace wristkeep
