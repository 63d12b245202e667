// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logging.h"

#include "core/redaction.h"

#include <QByteArray>

#include <cstdio>

namespace wristkeep {

Q_LOGGING_CATEGORY(lcCore, "wristkeep.core")
Q_LOGGING_CATEGORY(lcStore, "wristkeep.store")
Q_LOGGING_CATEGORY(lcNet, "wristkeep.net")
Q_LOGGING_CATEGORY(lcProviders, "wristkeep.providers")
Q_LOGGING_CATEGORY(lcSync, "wristkeep.sync")
Q_LOGGING_CATEGORY(lcSimulator, "wristkeep.simulator")
Q_LOGGING_CATEGORY(lcGui, "wristkeep.gui")
Q_LOGGING_CATEGORY(lcCli, "wristkeep.cli")
Q_LOGGING_CATEGORY(lcApp, "wristkeep.app")

namespace {

// Qt's message handler is a plain function, so what it needs can only be reached statically.
std::shared_ptr<const SecretRegister> &knownSecrets()
{
    static std::shared_ptr<const SecretRegister> secrets;
    return secrets;
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QString line = qFormatLogMessage(type, context, message);
    const auto secrets = knownSecrets();
    const QByteArray bytes = (secrets ? secrets->blot(line) : line).toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace

void installLogHandler(std::shared_ptr<const SecretRegister> secrets)
{
    knownSecrets() = std::move(secrets);
    qSetMessagePattern(QStringLiteral("%{time yyyy-MM-ddTHH:mm:ss} %{type} %{category}: %{message}"));
    qInstallMessageHandler(writeLine);
}

} // namespace wristkeep
