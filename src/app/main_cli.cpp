// SPDX-License-Identifier: GPL-3.0-or-later

// wristkeep-cli: puts the terminal program together.

#include "app/browser.h"
#include "app/demo.h"
#include "app/demoperson.h"
#include "app/interruption.h"
#include "app/process.h"
#include "app/terminalinput.h"
#include "cli/commandline.h"
#include "core/clock.h"
#include "core/redaction.h"
#include "core/settings.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <cstdio>

using namespace wristkeep;

int main(int argc, char *argv[])
{
    hardenProcess();
    const LogEnd logEnd;
    const QCoreApplication application(argc, argv);
    const auto secrets = std::make_shared<SecretRegister>();
    setUpApplication(secrets);

    QFile out;
    QFile err;
    // By descriptor: through a FILE a pipe's reader would get the address only when everything is over.
    if (!out.open(fileno(stdout), QIODevice::WriteOnly | QIODevice::Unbuffered) ||
        !err.open(fileno(stderr), QIODevice::WriteOnly | QIODevice::Unbuffered))
        return 1;

    CliEnvironment environment;
    environment.out = &out;
    environment.err = &err;
    environment.outIsTerminal = isTerminal(fileno(stdout));
    environment.errIsTerminal = isTerminal(fileno(stderr));
    environment.inIsTerminal = isTerminal(fileno(stdin));
    environment.hasDisplay = hasDisplay();
    environment.terminalWidth = terminalWidth;
    environment.clock = std::make_shared<SystemClock>();
    environment.secrets = secrets;
    const auto in = environment.inIsTerminal ? std::make_unique<TerminalInput>(fileno(stdin)) : nullptr;
    environment.in = in.get();

    Browser browser;
    environment.openBrowser = [&browser](const QUrl &url, const std::function<void()> &failed) {
        return browser.open(url, failed);
    };
    Demo demo(environment.clock);
    environment.startDemo = [&demo](Settings &settings) { return demo.start(settings); };
    DemoPerson person;
    environment.consentAutomatically = [&person](const QUrl &url,
                                                 const std::function<void(const QString &)> &failed) {
        person.consent(url, failed);
    };

    CommandLine commandLine(QCoreApplication::arguments().mid(1), environment);
    Interruption interruption;
    QObject::connect(&interruption, &Interruption::interrupted, &commandLine, &CommandLine::interrupt);
    QObject::connect(&commandLine, &CommandLine::finished, &application, &QCoreApplication::exit);
    QTimer::singleShot(0, &commandLine, &CommandLine::start);
    return QCoreApplication::exec();
}
