// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps the dashboard's facts up to date from the worker's reports and turns a person's wishes into requests.
// Widgets read facts() and call the slots; nothing here knows a widget.

#include "core/dayrecord.h"
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
    /// The same participant at another of facts().services.
    void chooseService(const QString &id);
    void connectAccount();
    /// Stops the sign-in or the run, whichever is under way.
    void cancel();
    void answerWrongAccount(bool keepNew);
    void disconnectAccount(bool keepGrant);
    /// `wish` names days and data; the account is the chosen one.
    void sync(wristkeep::SyncRequest wish);
    /// Any other run, e.g. the schedule's; ignored while something else is under way.
    void run(const wristkeep::SyncRequest &request);
    /// Looks whether the date has moved on; call it now and then.
    void lookAtTheClock();
    void notify(const wristkeep::Notice &notice);
    void notifyError(const wristkeep::Error &error);
    void dismissNotice();
    /// What the day pane has found in the tables.
    void noteDays(const wristkeep::SyncedDays &days);
    /// Shows the successor's set-up page, or the successor itself where it is set up; or the dashboard again.
    void moveOver(bool moving);

Q_SIGNALS:
    void changed();
    void participantsChanged();
    void browserWanted(const QUrl &url);
    void wrongAccountAsked(const wristkeep::WrongAccountQuestion &question);
    /// The question has become pointless: the sign-in ended without an answer.
    void wrongAccountSettled();
    /// Another participant is shown now, e.g. chosen by hand.
    void accountChanged(const wristkeep::AccountKey &account);
    /// Another service of the participant is shown now; accountChanged() follows.
    void serviceChanged(const QString &id);
    /// The account's civil date is another one: midnight has passed, or its zone became known.
    void todayChanged(QDate today);
    /// A run came to its end, however; facts().report holds it.
    void runEnded();

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

    [[nodiscard]] bool busy() const;
    [[nodiscard]] Notice noticeOf(const Error &error) const;
    void forgetTheLastRun();
    void chooseAccount(const QString &participant);
    void pickStatus();
    void findStatus();
    void findPredecessor();

    DashboardFacts m_facts;
    QList<AccountStatus> m_accounts;
    bool m_accountsRead = false;
    bool m_declined = false; ///< the person has just refused the account that came
    QDate m_today;
    QList<ParticipantEntry> m_participants;
    WorkerLink *m_link;
    std::shared_ptr<const Clock> m_clock;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::Notice)
