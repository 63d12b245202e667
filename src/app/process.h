// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What both programs do before anything else: private files, no core dumps, sound standard streams, one name.

#include <functional>
#include <memory>

namespace wristkeep {

class SecretRegister;

/// First thing in main: umask 077, no core dump (it would hold tokens), SIGPIPE ignored, streams 0 to 2 open.
void hardenProcess();

/// For a program started from here that is not ours, e.g. the browser: undoes hardenProcess() in the child.
std::function<void()> softenChild();

/// Names the application (its folders hang on it), installs the log handler, uses the system's proxy.
void setUpApplication(const std::shared_ptr<const SecretRegister> &secrets);

/// Ends logging when main does: what Qt's own statics say afterwards would reach a handler whose register of
/// secrets is gone.
class LogEnd
{
public:
    LogEnd() = default;
    ~LogEnd();
    LogEnd(const LogEnd &) = delete;
    LogEnd &operator=(const LogEnd &) = delete;
};

/// A display a window or a browser could be shown on.
bool hasDisplay();

/// Columns of the terminal on stdout; 80 when there is none.
int terminalWidth();

/// True when file descriptor `fd` is a terminal.
bool isTerminal(int fd);

} // namespace wristkeep
