// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/connectcommand.h"

#include "cli/statustext.h"
#include "core/clock.h"
#include "core/errortexts.h"

#include <QIODevice>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultTimeout = 300;
constexpr int longestTimeout = 86'400;

QString waitingTime(int seconds)
{
    if (seconds < 120)
        return u"%1 seconds"_s.arg(seconds);
    return u"%1 minutes"_s.arg(seconds / 60);
}

Result<int> timeoutOf(const Arguments &arguments)
{
    if (!arguments.has("timeout"))
        return defaultTimeout;
    bool isNumber = false;
    const int seconds = arguments.value("timeout").toInt(&isNumber);
    if (isNumber && seconds >= 1 && seconds <= longestTimeout)
        return seconds;
    return failure(ErrorKind::BadUsage, u"--timeout %1 is not a number of seconds from 1 to %2"_s.arg(
                                            arguments.value("timeout"), QString::number(longestTimeout)));
}

QString clashText(const WrongAccountQuestion &question)
{
    const QString &service = question.earlierService;
    if (question.otherParticipant.isEmpty()) {
        return service.isEmpty()
                   ? u", but participant %1 was connected as user %2"_s.arg(question.account.participant,
                                                                            question.expectedUserId)
                   : u", who was %1 user %2, but participant %3 was connected there as user %4"_s.arg(
                         service, question.earlierUserId, question.account.participant,
                         question.expectedUserId);
    }
    return service.isEmpty()
               ? u", who is already connected as participant %1"_s.arg(question.otherParticipant)
               : u", who was %1 user %2 and is connected there as participant %3"_s.arg(
                     service, question.earlierUserId, question.otherParticipant);
}

QString wrongAccountText(const WrongAccountQuestion &question, const QString &provider)
{
    const QString onPurpose = question.earlierService.isEmpty()
                                  ? u"disconnect first"_s
                                  : u"disconnect %1 first"_s.arg(question.earlierService);
    return u"The browser is signed in at %1 as user %2%3. Nothing was changed. Sign out at %1 in the browser "
           "and connect again; to change the account on purpose, %4."_s.arg(provider, question.userId,
                                                                            clashText(question), onPurpose);
}

} // namespace

Outcome ConnectCommand::check(const CommandContext &context)
{
    const Result<int> timeout = timeoutOf(context.arguments);
    return timeout ? Outcome() : failure(timeout.error());
}

void ConnectCommand::start()
{
    const Result<AccountKey> account = namedAccount();
    if (!account) {
        endWith(account.error());
        return;
    }
    SyncWorker *worker = m_context.worker;
    connect(worker, &SyncWorker::authorizeUrlReady, this, &ConnectCommand::onAuthorizeUrl,
            Qt::QueuedConnection);
    connect(worker, &SyncWorker::wrongAccount, this, &ConnectCommand::onWrongAccount, Qt::QueuedConnection);
    connect(worker, &SyncWorker::connectFinished, this, &ConnectCommand::onFinished, Qt::QueuedConnection);
    connect(
        worker, &SyncWorker::pastedAddressRefused, this,
        [this] {
            m_context.console->problem(
                u"That is not the address this connect waits for: paste the whole address "
                "the browser ended on, or let the browser come back by itself."_s);
        },
        Qt::QueuedConnection);
    worker->connectAccount({*account, std::chrono::seconds(*timeoutOf(m_context.arguments))});
}

void ConnectCommand::interrupt()
{
    m_context.worker->cancelConnect();
}

void ConnectCommand::onAuthorizeUrl(const QUrl &url, const QString &redirectUri)
{
    Console &console = *m_context.console;
    const QString address = QString::fromLatin1(url.toEncoded());
    console.object({{u"type"_s, u"authorize"_s}, {u"url"_s, address}});
    console.say(u"To connect %1, open this address in a browser:"_s.arg(m_context.provider.title));
    console.say();
    console.say(address);
    console.say();
    console.say(u"The browser comes back to: %1"_s.arg(redirectUri));
    console.say(u"If the browser shows an error, compare this with the address registered at %1:"_s.arg(
        m_context.provider.title));
    console.say(u"they must be the same, letter by letter."_s);
    if (console.asksPeople()) {
        console.say(u"A browser on another computer? Paste the address it ends on here, then Enter."_s);
        connect(m_context.environment->in, &QIODevice::readyRead, this, &ConnectCommand::onTyped);
    }
    console.say(u"Waiting up to %1. Ctrl-C stops."_s.arg(waitingTime(*timeoutOf(m_context.arguments))));
    openPage(url);
}

void ConnectCommand::openPage(const QUrl &url)
{
    const CliEnvironment &environment = *m_context.environment;
    const bool demo = m_context.arguments.has("demo");
    const auto noBrowser = [this, url, demo] {
        if (demo)
            consentForDemo(url);
        else
            m_context.console->warn(u"No browser could be opened here: open the address by hand."_s);
    };
    if (demo && !environment.hasDisplay)
        consentForDemo(url);
    else if (!m_context.arguments.has("no-browser") &&
             !(environment.openBrowser && environment.openBrowser(url, noBrowser)))
        noBrowser();
}

void ConnectCommand::consentForDemo(const QUrl &url)
{
    if (!m_context.environment->consentAutomatically)
        return;
    m_context.console->tell(u"No display or browser here, so the demo presses Allow by itself."_s);
    m_context.environment->consentAutomatically(
        url, [console = m_context.console](const QString &problem) { console->warn(problem); });
}

void ConnectCommand::onTyped()
{
    while (m_context.environment->in->canReadLine()) {
        const QString line = QString::fromUtf8(m_context.environment->in->readLine()).trimmed();
        if (!line.isEmpty())
            m_context.worker->takePastedAddress(line);
    }
}

void ConnectCommand::onWrongAccount(const WrongAccountQuestion &question)
{
    m_explained = true;
    m_context.console->problem(wrongAccountText(question, m_context.provider.title));
    m_context.worker->answerWrongAccount(false);
}

void ConnectCommand::onFinished(const ConnectReport &report)
{
    Console &console = *m_context.console;
    if (report.connected) {
        console.tell(u"Connected: participant %1 is %2 user %3."_s.arg(
            report.account.participant, m_context.provider.title, report.userId));
        if (!report.missing.isEmpty())
            console.tell(
                u"Permission left out: %1. Their data stays out of a sync; connect again to grant it."_s.arg(
                    scopesText(report.missing)));
        if (report.refreshEndsAt)
            console.tell(u"Permission until "_s +
                         permissionEndText(*report.refreshEndsAt, m_context.environment->clock->nowUtc()));
        if (!report.warning.isEmpty())
            console.warn(report.warning);
        console.say(u"Next: "_s + m_context.call(u"sync"_s));
    } else if (!m_explained) {
        console.problem(report.error, m_context.provider.title);
    }
    Q_EMIT finished(exitStatusOf(report));
}

} // namespace wristkeep
