// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The terminal program: arguments in, exit status out (docs/man/wristkeep-cli.1). Streams and the outside
// world are handed in, so that tests can replace them.

#include "core/result.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>

class QIODevice;

namespace wristkeep {

class Clock;
class SecretRegister;
struct Settings;

/// What main_cli hands over.
struct CliEnvironment
{
    QIODevice *out = nullptr; ///< stdout
    QIODevice *err = nullptr; ///< stderr
    QIODevice *in = nullptr;  ///< stdin; emits readyRead(); only read on a terminal
    bool outIsTerminal = false;
    bool errIsTerminal = false;
    bool inIsTerminal = false;
    bool hasDisplay = false;
    std::function<int()> terminalWidth; ///< columns of stdout's terminal, now
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<SecretRegister> secrets;
    /// False: no browser; the function is called when that turns out later.
    std::function<bool(const QUrl &, std::function<void()>)> openBrowser;
    /// In demo mode: starts the simulated service and makes the settings point at it.
    std::function<Outcome(Settings &)> startDemo;
    /// In demo mode without a display: plays the person on the consent page; calls back when that failed.
    std::function<void(const QUrl &, std::function<void(const QString &)>)> consentAutomatically;
};

/// One command from its words to its exit status.
class CommandLine : public QObject
{
    Q_OBJECT
public:
    CommandLine(QStringList words, CliEnvironment environment, QObject *parent = nullptr);
    ~CommandLine() override;

    /// Ends in finished(), never before it returns.
    void start();

    /// Ctrl-C or a request to end: stops cleanly, exit status 5. A second one has nothing to add.
    void interrupt();

Q_SIGNALS:
    void finished(int status);

private:
    Result<int> begin();
    void openWorker();
    void startCommand();
    void failWith(const Error &error);
    void finish(int status);

    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
