// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/fakeworker.h"

namespace wristkeep {

using namespace Qt::StringLiterals;
using test::answers;

namespace test {

FakeAnswers &answers()
{
    static FakeAnswers current;
    return current;
}

} // namespace test

namespace {

void tellBackfills(SyncWorker &worker)
{
    if (answers().requestError)
        Q_EMIT worker.requestFailed(*answers().requestError);
    for (const BackfillStatus &status : std::as_const(answers().backfills))
        Q_EMIT worker.backfillChanged(status);
}

} // namespace

struct SyncWorker::Parts
{
};

SyncWorker::SyncWorker(WorkerOptions, QObject *parent) : QObject(parent) {}

SyncWorker::~SyncWorker() = default;

void SyncWorker::open()
{
    answers().calls.append(u"open"_s);
    if (answers().openError)
        Q_EMIT openFailed(*answers().openError);
    else
        Q_EMIT opened();
}

void SyncWorker::connectAccount(const ConnectRequest &request)
{
    answers().connectRequest = request;
    answers().connectReport.account = request.account;
    Q_EMIT authorizeUrlReady(QUrl(u"https://www.fitbit.com/oauth2/authorize?state=x%20y"_s),
                             u"http://localhost:5000/fitbit/callback"_s);
    if (answers().question)
        Q_EMIT wrongAccount(*answers().question);
    else if (!answers().connectWaits)
        Q_EMIT connectFinished(answers().connectReport);
}

void SyncWorker::cancelConnect()
{
    answers().connectReport.error.kind = ErrorKind::Cancelled;
    Q_EMIT connectFinished(answers().connectReport);
}

void SyncWorker::takePastedAddress(const QString &address)
{
    answers().calls.append(u"paste "_s + address);
    if (address == answers().acceptedAddress)
        Q_EMIT connectFinished(answers().connectReport);
    else
        Q_EMIT pastedAddressRefused();
}

void SyncWorker::answerWrongAccount(bool keepNew)
{
    answers().calls.append(keepNew ? u"keep new"_s : u"keep old"_s);
    answers().connectReport.error.kind = ErrorKind::WrongAccount;
    Q_EMIT connectFinished(answers().connectReport);
}

void SyncWorker::disconnectAccount(const AccountKey &account, bool keepGrant)
{
    answers().calls.append(
        u"disconnect %1 %2"_s.arg(account.participant, keepGrant ? u"keep"_s : u"revoke"_s));
    answers().disconnectReport.account = account;
    Q_EMIT disconnectFinished(answers().disconnectReport);
}

void SyncWorker::sync(const SyncRequest &request)
{
    answers().calls.append(u"sync"_s);
    answers().syncRequest = request;
    if (!answers().syncWaits)
        Q_EMIT syncFinished(answers().syncReport);
}

void SyncWorker::estimate(const SyncRequest &request)
{
    answers().syncRequest = request;
    Q_EMIT estimated({});
}

void SyncWorker::startBackfill(const BackfillOrder &order)
{
    answers().calls.append(u"start backfill"_s);
    answers().backfillOrder = order;
    tellBackfills(*this);
}

/// Only the window asks for it.
void SyncWorker::estimateBackfill(const BackfillOrder &) {}

void SyncWorker::pauseBackfill(const AccountKey &account)
{
    answers().calls.append(u"pause backfill "_s + account.participant);
    tellBackfills(*this);
}

void SyncWorker::resumeBackfill(const AccountKey &account)
{
    answers().calls.append(u"resume backfill "_s + account.participant);
    tellBackfills(*this);
}

void SyncWorker::cancelBackfill(const AccountKey &account)
{
    answers().calls.append(u"cancel backfill "_s + account.participant);
    tellBackfills(*this);
}

void SyncWorker::wakeBackfills()
{
    answers().calls.append(u"wake backfills"_s);
}

void SyncWorker::readBackfills()
{
    Q_EMIT backfillsRead(answers().backfills);
}

void SyncWorker::cancelSync()
{
    answers().syncReport.cancelled = true;
    Q_EMIT syncFinished(answers().syncReport);
}

void SyncWorker::readStatus()
{
    Q_EMIT statusRead(answers().accounts);
}

void SyncWorker::readParticipants()
{
    Q_EMIT participantsRead(answers().participants);
}

void SyncWorker::addParticipant(const QString &id, const QString &name)
{
    answers().calls.append(u"add %1 %2"_s.arg(id, name));
    if (answers().requestError)
        Q_EMIT participantFailed(*answers().requestError);
    else
        Q_EMIT participantAdded(id);
}

void SyncWorker::renameParticipant(const QString &id, const QString &name)
{
    answers().calls.append(u"rename %1 %2"_s.arg(id, name));
    Q_EMIT participantRenamed(id, name);
}

void SyncWorker::checkRedirect(const QString &redirectUri, const QString &setting)
{
    answers().calls.append(u"check %1 %2"_s.arg(redirectUri, setting));
    RedirectVerdict verdict;
    verdict.redirectUri = redirectUri;
    Q_EMIT redirectChecked(verdict);
}

void SyncWorker::removeParticipant(const QString &id)
{
    answers().calls.append(u"remove "_s + id);
    Q_EMIT participantRemoved(id, {});
}

void SyncWorker::close()
{
    answers().calls.append(u"close"_s);
    Q_EMIT closed();
}

struct Doctor::Parts
{
};

Doctor::Doctor(Settings, std::shared_ptr<const Clock>, std::shared_ptr<SecretRegister>, QObject *parent)
    : QObject(parent)
{
}

Doctor::~Doctor() = default;

void Doctor::examine()
{
    Q_EMIT examined(answers().findings);
}

} // namespace wristkeep
