// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dashboardview.h"

#include "core/errortexts.h"
#include "gui/runend.h"
#include "gui/wording.h"

#include <QCoreApplication>

namespace wristkeep {

namespace {

struct DashboardTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::Dashboard)
};

void offer(DashboardView &view, PrimaryAction action, const QString &text, bool enabled = true)
{
    view.action = action;
    view.actionText = text;
    view.actionEnabled = enabled;
}

void say(DashboardView &view, Tone tone, const QString &status, const QString &sentence)
{
    view.tone = tone;
    view.status = DashboardTr::tr("Status: %1").arg(status);
    view.sentence = sentence;
}

bool hasToken(const DashboardFacts &facts)
{
    return facts.status && (facts.status->state == ConnectionState::Connected ||
                            facts.status->state == ConnectionState::ReconnectNeeded);
}

bool waitsForQuota(const AccountStatus &status, qint64 nowUtc)
{
    return status.quota.exhausted && status.quota.resetAtUtc && *status.quota.resetAtUtc > nowUtc;
}

QString lastSync(const DashboardFacts &facts, qint64 nowUtc)
{
    if (facts.status->lastRunUtc)
        return DashboardTr::tr("Last sync: %1.").arg(instantInWords(*facts.status->lastRunUtc, nowUtc));
    if (facts.goesOnFrom.isValid())
        return DashboardTr::tr("Nothing from %1 yet. Sync now goes on from %2, where %3 ended.")
            .arg(facts.provider, dayInWords(facts.goesOnFrom), facts.predecessor);
    return DashboardTr::tr("Nothing synced yet. Sync now fetches yesterday.");
}

void sayOffline(DashboardView &view, const DashboardFacts &facts)
{
    say(view, Tone::Attention, DashboardTr::tr("Offline"),
        DashboardTr::tr("%1 could not be reached. Check the internet connection; what is here stays.")
            .arg(facts.provider));
}

/// What the last run in this window left behind; false when it went well or there was none.
bool sayRunEnd(DashboardView &view, const DashboardFacts &facts)
{
    if (!facts.report)
        return false;
    const QString connected = DashboardTr::tr("Connected");
    switch (runEnd(*facts.report)) {
    case RunEnd::Partly:
        say(view, Tone::Attention, connected,
            DashboardTr::tr("The last sync brought only part of what was asked for."));
        return true;
    case RunEnd::Failed:
        say(view, Tone::Problem, connected,
            DashboardTr::tr("The last sync brought nothing. The card below says why."));
        return true;
    case RunEnd::Nothing:
        say(view, Tone::Neutral, connected,
            DashboardTr::tr("%1 has nothing for what was asked; your data is up to date.")
                .arg(facts.provider));
        return true;
    case RunEnd::NotPermitted:
        say(view, Tone::Attention, connected,
            DashboardTr::tr("Some data is not allowed. Reconnect and tick it on the page of %1.")
                .arg(facts.provider));
        offer(view, PrimaryAction::Reconnect, DashboardTr::tr("&Reconnect"));
        return true;
    case RunEnd::Busy:
        say(view, Tone::Attention, DashboardTr::tr("Another sync is going"),
            DashboardTr::tr("Another Wristkeep is syncing this account. Sync again when it is done."));
        return true;
    case RunEnd::Storage:
        say(view, Tone::Problem, DashboardTr::tr("Cannot save"),
            facts.report->stopped ? errorLine(*facts.report->stopped, facts.provider) : QString());
        return true;
    default:
        return false;
    }
}

/// In time, so that no sync is missed; whatever else there is to say is less urgent, except trouble here.
void sayPermissionEnd(DashboardView &view, const DashboardFacts &facts, qint64 nowUtc)
{
    if (view.tone == Tone::Problem)
        return;
    say(view, Tone::Attention, DashboardTr::tr("Reconnect soon"),
        DashboardTr::tr(
            "%1: projects in Testing at Google give it for seven days. Reconnect to go on; your data stays.")
            .arg(permissionEndInWords(*facts.status->refreshEndsAt, nowUtc)));
    offer(view, PrimaryAction::Reconnect, DashboardTr::tr("&Reconnect"));
}

DashboardView connectedView(const DashboardFacts &facts, qint64 nowUtc)
{
    DashboardView view;
    const AccountStatus &status = *facts.status;
    view.maySync = view.mayConnect = view.mayDisconnect = view.mayChoose = true;
    offer(view, PrimaryAction::SyncNow, DashboardTr::tr("&Sync now"));
    if (waitsForQuota(status, nowUtc)) {
        view.countsDown = true;
        say(view, Tone::Attention, DashboardTr::tr("Waiting for the request limit"),
            DashboardTr::tr("%1 answers again in %2. What is already here stays.")
                .arg(facts.provider, countdownInWords(*status.quota.resetAtUtc, nowUtc)));
    } else if (facts.offline) {
        sayOffline(view, facts);
    } else if (!sayRunEnd(view, facts)) {
        say(view, Tone::Good, DashboardTr::tr("Connected"), lastSync(facts, nowUtc));
    }
    if (permissionEndsSoon(status, nowUtc) && !view.countsDown && !facts.offline)
        sayPermissionEnd(view, facts, nowUtc);
    return view;
}

bool hasEnded(const DashboardFacts &facts, qint64 nowUtc)
{
    return facts.serviceGone || (facts.endedUtc && *facts.endedUtc <= nowUtc);
}

void sayEnded(DashboardView &view, const DashboardFacts &facts)
{
    Error gone;
    gone.kind = ErrorKind::ServiceGone;
    if (facts.successor.isEmpty()) {
        say(view, Tone::Problem, DashboardTr::tr("Service closed"), errorLine(gone, facts.provider));
        offer(view, PrimaryAction::OpenSettings, DashboardTr::tr("S&ettings…"));
        return;
    }
    say(view, Tone::Problem, DashboardTr::tr("Service closed"),
        DashboardTr::tr(
            "%1 closed its service on 2 November 2026, so nothing new comes from it. What is here "
            "stays, and %2 goes on with it.")
            .arg(facts.provider, facts.successor));
    offer(view, PrimaryAction::MoveOver, DashboardTr::tr("&Move to %1").arg(facts.successor));
}

DashboardView movingView(const DashboardFacts &facts)
{
    DashboardView view;
    say(view, Tone::Neutral, DashboardTr::tr("Moving to %1").arg(facts.successor),
        DashboardTr::tr("%1 needs the id and secret of your own app there. What came from %2 stays.")
            .arg(facts.successor, facts.provider));
    offer(view, PrimaryAction::StayHere, DashboardTr::tr("&Later"));
    view.actionIsQuiet = true;
    view.showsSetup = true;
    return view;
}

/// States that hold whatever the account's own state is; false when none does.
bool busyView(DashboardView &view, const DashboardFacts &facts)
{
    if (facts.syncing) {
        say(view, Tone::Busy, facts.cancelling ? DashboardTr::tr("Stopping") : DashboardTr::tr("Syncing"),
            facts.progress.text.isEmpty() ? DashboardTr::tr("Looking at what is missing.")
                                          : facts.progress.text);
        offer(view, PrimaryAction::CancelSync, DashboardTr::tr("Ca&ncel"), !facts.cancelling);
        return true;
    }
    if (facts.connecting) {
        say(view, Tone::Busy, facts.cancelling ? DashboardTr::tr("Stopping") : DashboardTr::tr("Connecting"),
            facts.authorizeUrl.isEmpty()
                ? DashboardTr::tr("Preparing the sign-in.")
                : DashboardTr::tr("Allow access on the page that opened in your browser, then come back."));
        offer(view, PrimaryAction::CancelConnect, DashboardTr::tr("Ca&ncel"), !facts.cancelling);
        view.showsConnecting = true;
        return true;
    }
    if (facts.disconnecting) {
        say(view, Tone::Busy, DashboardTr::tr("Disconnecting"),
            DashboardTr::tr("Taking the permission back."));
        offer(view, PrimaryAction::None, DashboardTr::tr("Disconnecting"), false);
        return true;
    }
    return false;
}

} // namespace

DashboardView dashboardView(const DashboardFacts &facts, qint64 nowUtc)
{
    DashboardView view;
    if (facts.store == StoreState::Failed) {
        say(view, Tone::Problem, DashboardTr::tr("Your data cannot be opened"),
            facts.openError ? errorLine(*facts.openError, facts.provider) : QString());
        offer(view, PrimaryAction::OpenAgain, DashboardTr::tr("T&ry again"));
        return view;
    }
    if (facts.store == StoreState::Opening || (facts.configured && !facts.status)) {
        say(view, Tone::Busy, DashboardTr::tr("Starting"), DashboardTr::tr("Opening your data."));
        offer(view, PrimaryAction::None, DashboardTr::tr("&Connect"), false);
        return view;
    }
    if (busyView(view, facts))
        return view;
    if (facts.movingOver)
        return movingView(facts);

    const bool unconfigured = !facts.configured || facts.status->state == ConnectionState::NotConfigured;
    if (unconfigured && servicesOf(facts).size() > 1) {
        // The set-up page would hide the card with the way back to the other one.
        say(view, Tone::Neutral, DashboardTr::tr("Not set up"),
            DashboardTr::tr("The id and secret for %1 are not there; its data stays.").arg(facts.provider));
        offer(view, PrimaryAction::OpenSettings, DashboardTr::tr("S&ettings…"));
        view.mayDisconnect = hasToken(facts);
        view.mayChoose = true;
        if (hasEnded(facts, nowUtc))
            sayEnded(view, facts);
        return view;
    }
    if (unconfigured) {
        say(view, Tone::Neutral, DashboardTr::tr("Not set up"),
            DashboardTr::tr("Wristkeep needs the id and secret of your own app at %1.").arg(facts.provider));
        offer(view, PrimaryAction::TryDemo, DashboardTr::tr("&Try the demo"));
        if (hasEnded(facts, nowUtc) && !facts.successor.isEmpty())
            sayEnded(view, facts);
        view.showsSetup = true;
        view.mayDisconnect = hasToken(facts);
        view.mayChoose = true;
        return view;
    }
    if (facts.status->state == ConnectionState::Connected) {
        view = connectedView(facts, nowUtc);
    } else if (facts.status->state == ConnectionState::ReconnectNeeded) {
        say(view, Tone::Attention, DashboardTr::tr("Reconnect needed"),
            facts.status->reason.isEmpty()
                ? DashboardTr::tr("%1 no longer accepts this connection. Your data stays.")
                      .arg(facts.provider)
                : facts.status->reason);
        offer(view, PrimaryAction::Reconnect, DashboardTr::tr("&Reconnect"));
        view.mayConnect = view.mayDisconnect = view.mayChoose = true;
    } else {
        say(view, Tone::Neutral, DashboardTr::tr("Not connected"),
            facts.predecessor.isEmpty()
                ? DashboardTr::tr("Connect opens %1 in your browser, where you allow access.")
                      .arg(facts.provider)
                : DashboardTr::tr("%2 closed its service on 2 November 2026. Connect %1: it goes on where %2 "
                                  "ended, and what is here stays.")
                      .arg(facts.provider, facts.predecessor));
        offer(view, PrimaryAction::Connect, DashboardTr::tr("&Connect"));
        view.mayConnect = view.mayChoose = true;
        if (facts.offline)
            sayOffline(view, facts);
    }
    if (hasEnded(facts, nowUtc))
        sayEnded(view, facts);
    return view;
}

} // namespace wristkeep
