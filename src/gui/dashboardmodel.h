// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps the dashboard's facts up to date from the worker's reports and turns a person's wishes into requests.
// Widgets read facts() and call the slots; nothing here knows a widget.

#include "gui/dashboardfacts.h"
#include "gui/workerlink.h"

#include <QObject>

#include <memory>

namespace wristkeep {

class Clock;

class DashboardModel : public QObject
{
    Q_OBJECT
public:
    /// `facts` brings what is known beforehand: account, provider title, demo, configured.
    DashboardModel(DashboardFacts facts, WorkerLink *link, std::shared_ptr<const Clock> clock,
                   QObject *parent = nullptr);

    [[nodiscard]] const DashboardFacts &facts() const { return m_facts; }
    [[nodiscard]] const QList<ParticipantEntry> &participants() const { return m_participants; }
    [[nodiscard]] qint64 nowUtc() const;
    /// Today's civil date in the account's own zone; this computer's while it is unknown.
    [[nodiscard]] QDate today() const;

public Q_SLOTS:
    void openAgain();
    void chooseParticipant(const QString &id);
    void connectAccount();
    /// Stops the sign-in or the run, whichever is under way.
    void cancel();
    void answerWrongAccount(bool keepNew);
    void disconnectAccount(bool keepGrant);
    /// The default run for one day; an invalid date means the participant's own yesterday.
    void sync(QDate day);
    /// Any other run, e.g. the schedule's; ignored while something else is under way.
    void run(const wristkeep::SyncRequest &request);
    void notify(const wristkeep::Notice &notice);
    void dismissNotice();

Q_SIGNALS:
    void changed();
    void participantsChanged();
    void browserWanted(const QUrl &url);
    void wrongAccountAsked(const wristkeep::WrongAccountQuestion &question);
    /// The question has become pointless: the sign-in ended without an answer.
    void wrongAccountSettled();

private:
    void onOpened();
    void onOpenFailed(const Error &error);
    void onAuthorizeUrlReady(const QUrl &url, const QString &redirectUri);
    void onConnectFinished(const ConnectReport &report);
    void onDisconnectFinished(const DisconnectReport &report);
    void onProgressed(const SyncProgress &progress);
    void onSyncFinished(const SyncReport &report);
    void onStatusRead(const QList<AccountStatus> &accounts);
    void onParticipantsRead(const QList<ParticipantEntry> &participants);
    void onRequestFailed(const Error &error);

    [[nodiscard]] bool busy() const;
    [[nodiscard]] Notice noticeOf(const Error &error) const;
    void pickStatus();

    DashboardFacts m_facts;
    QList<AccountStatus> m_accounts;
    bool m_accountsRead = false;
    QList<ParticipantEntry> m_participants;
    WorkerLink *m_link;
    std::shared_ptr<const Clock> m_clock;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::Notice)
