// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The terminal program: arguments in, exit status out (DESIGN 5.2). Streams are handed in, so that tests
// can replace them.

#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>

class QCoreApplication;
class QIODevice;

namespace wristkeep
{

class Clock;
class SecretRegister;
struct Settings;

/// What main_cli hands over.
struct CliEnvironment
{
    QIODevice *out = nullptr;        ///< stdout
    QIODevice *err = nullptr;        ///< stderr
    QIODevice *in = nullptr;         ///< stdin; only read on a terminal
    bool outIsTerminal = false;
    bool inIsTerminal = false;
    bool hasDisplay = false;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<SecretRegister> secrets;
    std::function<bool(const QUrl &)> openBrowser;   ///< xdg-open; false: no browser
    /// In demo mode: starts the simulated service and gives the settings that point at it.
    std::function<bool(Settings &)> startDemo;
    /// In demo mode without a display: plays the person on the consent page.
    std::function<void(const QUrl &)> consentAutomatically;
};

/// Runs one command to its end inside the application's event loop; returns the exit status.
int runCommandLine(const QStringList &arguments, const CliEnvironment &environment);

} // namespace wristkeep
