// SPDX-License-Identifier: GPL-3.0-or-later
// wristkeep-simulator: the simulated service on its own. Prints its base URL as the first line and runs until
// SIGTERM or SIGINT.

#include "core/clock.h"
#include "simulator/simulator.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTextStream>

#include <array>
#include <csignal>
#include <cstdio>
#include <memory>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace {

#ifdef Q_OS_UNIX
std::array<int, 2> g_signalPipe = {-1, -1};

/// Only what is safe in a signal handler: one byte into a socket, which the event loop reads.
void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(g_signalPipe.at(0), &byte, 1);
}

std::unique_ptr<QSocketNotifier> quitOnSignals(QCoreApplication &application)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, g_signalPipe.data()) != 0)
        return nullptr;
    auto notifier = std::make_unique<QSocketNotifier>(g_signalPipe.at(1), QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    return notifier;
}
#endif

QList<QCommandLineOption> commandLineOptions()
{
    return {
        {u"port"_s, u"Port on 127.0.0.1; 0 takes any free one."_s, u"port"_s, u"0"_s},
        {u"seed"_s, u"The same seed gives the same data."_s, u"number"_s, u"20240310"_s},
        {u"client-id"_s, u"The registered client."_s, u"id"_s, u"23DEMO"_s},
        {u"client-secret"_s, u"Its secret; none for a public client."_s, u"secret"_s},
        {u"redirect-uri"_s, u"A registered redirect URI; may be repeated. None: any loopback address."_s,
         u"uri"_s},
        {u"no-basic"_s, u"Do not ask for Basic authentication at the token endpoint."_s},
        {u"no-intraday"_s, u"Answer 403 to intraday requests, as for a Server application."_s},
        {u"state-file"_s, u"Keep grants there between starts."_s, u"file"_s},
        {u"control"_s, u"Open the control interface for tests under /control/."_s},
        {u"zone"_s, u"Time zone of the person."_s, u"name"_s, u"Europe/Berlin"_s},
        {u"member-since"_s, u"First day of the account."_s, u"date"_s, u"2024-01-02"_s},
        {u"quota"_s, u"Requests per hour and user."_s, u"number"_s, u"150"_s},
        {u"token-seconds"_s, u"Lifetime of an access token."_s, u"seconds"_s, u"28800"_s},
        {u"users"_s, u"Number of accounts."_s, u"number"_s, u"1"_s},
        {u"demo"_s, u"Show \"Demo\" on the pages."_s},
        {u"google-client-id"_s, u"The client registered at Google."_s, u"id"_s,
         u"demo.apps.googleusercontent.com"_s},
        {u"google-client-secret"_s, u"Its secret; none: not asked for."_s, u"secret"_s},
        {u"google-redirect-uri"_s,
         u"A redirect URI registered at Google; may be repeated. Makes it a Web client; none: a Desktop "
         u"client, "
         "any loopback address."_s,
         u"uri"_s},
        {u"google-testing"_s,
         u"The client's consent screen is in Testing: refresh tokens last seven days."_s},
    };
}

/// Empty text when everything is right.
QString readOptions(const QCommandLineParser &line, wristkeep::SimulatorOptions *options)
{
    const auto number = [&line](const QString &name, bool *ok) { return line.value(name).toLongLong(ok); };
    bool portOk = false;
    bool seedOk = false;
    bool quotaOk = false;
    bool secondsOk = false;
    bool usersOk = false;
    options->port = line.value(u"port"_s).toUShort(&portOk);
    options->seed = line.value(u"seed"_s).toULongLong(&seedOk);
    options->quotaPerHour = int(number(u"quota"_s, &quotaOk));
    options->accessTokenSeconds = int(number(u"token-seconds"_s, &secondsOk));
    options->users = int(number(u"users"_s, &usersOk));
    if (!portOk || !seedOk || !quotaOk || !secondsOk || !usersOk)
        return u"A number on the command line is not one."_s;
    options->clientId = line.value(u"client-id"_s);
    options->clientSecret = line.value(u"client-secret"_s);
    options->redirectUris = line.values(u"redirect-uri"_s);
    options->basicRequired = !line.isSet(u"no-basic"_s);
    options->intradayAllowed = !line.isSet(u"no-intraday"_s);
    options->stateFile = line.value(u"state-file"_s);
    options->control = line.isSet(u"control"_s);
    options->demoPages = line.isSet(u"demo"_s);
    options->googleClientId = line.value(u"google-client-id"_s);
    options->googleClientSecret = line.value(u"google-client-secret"_s);
    options->googleRedirectUris = line.values(u"google-redirect-uri"_s);
    options->googleWebClient = line.isSet(u"google-redirect-uri"_s);
    options->googleTesting = line.isSet(u"google-testing"_s);
    options->zone = line.value(u"zone"_s).toLatin1();
    if (!QTimeZone(options->zone).isValid())
        return u"The zone %1 is not known."_s.arg(line.value(u"zone"_s));
    options->memberSince = QDate::fromString(line.value(u"member-since"_s), Qt::ISODate);
    if (!options->memberSince.isValid())
        return u"--member-since is no date."_s;
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
#ifdef Q_OS_UNIX
    ::umask(077);
#endif
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"wristkeep-simulator"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(WRISTKEEP_VERSION));
    QCommandLineParser line;
    line.setApplicationDescription(
        u"A simulated Fitbit and Google Health on this computer, with a made-up person's data."_s);
    line.addHelpOption();
    line.addVersionOption();
    line.addOptions(commandLineOptions());
    line.process(application);

    QTextStream err(stderr);
    wristkeep::SimulatorOptions options;
    if (const QString problem = readOptions(line, &options); !problem.isEmpty()) {
        err << problem << Qt::endl;
        return 2;
    }
    const wristkeep::SystemClock clock;
    wristkeep::Simulator simulator(options, clock);
    if (const auto listening = simulator.listen(); !listening) {
        err << listening.error().detail << Qt::endl;
        return 2;
    }
#ifdef Q_OS_UNIX
    const auto notifier = quitOnSignals(application);
#endif
    QTextStream(stdout) << simulator.baseUrl().toString() << Qt::endl;
    return QCoreApplication::exec();
}
