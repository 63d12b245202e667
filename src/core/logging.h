// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One logging category per room, and the handler that blots every line before it is written.

#include <QLoggingCategory>

#include <memory>

namespace wristkeep {

class SecretRegister;

Q_DECLARE_LOGGING_CATEGORY(lcCore)
Q_DECLARE_LOGGING_CATEGORY(lcStore)
Q_DECLARE_LOGGING_CATEGORY(lcNet)
Q_DECLARE_LOGGING_CATEGORY(lcProviders)
Q_DECLARE_LOGGING_CATEGORY(lcSync)
Q_DECLARE_LOGGING_CATEGORY(lcSimulator)
Q_DECLARE_LOGGING_CATEGORY(lcGui)
Q_DECLARE_LOGGING_CATEGORY(lcCli)
Q_DECLARE_LOGGING_CATEGORY(lcApp)

/// Installs the process's message handler: stderr, one line a message, secrets blotted.
void installLogHandler(std::shared_ptr<const SecretRegister> secrets);

} // namespace wristkeep
