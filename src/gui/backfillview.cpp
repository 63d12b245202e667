// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/backfillview.h"

#include "gui/planwords.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct BackfillTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::Backfill)
};

void tell(BackfillView &view, Tone tone, const QString &title, const QString &sentence)
{
    view.tone = tone;
    view.title = BackfillTr::tr("History: %1").arg(title);
    view.sentence = sentence;
}

/// "Goes on by itself at 11:01, in 22:41."
QString goesOn(const BackfillStatus &status, qint64 nowUtc)
{
    if (!status.nextWakeUtc || *status.nextWakeUtc <= nowUtc)
        return BackfillTr::tr("Goes on by itself within a minute.");
    return BackfillTr::tr("Goes on by itself %1, in %2.")
        .arg(atMomentInWords(*status.nextWakeUtc, nowUtc), countdownInWords(*status.nextWakeUtc, nowUtc));
}

QString countsInWords(const BackfillStatus &status)
{
    const QLocale locale;
    QStringList parts{BackfillTr::tr("%1 of %2 days of data")
                          .arg(locale.toString(status.cellsDone), locale.toString(status.cellsTotal))};
    if (status.requestsLeft == 1)
        parts << BackfillTr::tr("1 request left");
    else if (status.requestsLeft > 1)
        parts << BackfillTr::tr("%1 requests left").arg(locale.toString(status.requestsLeft));
    // Nobody knows how long a person takes.
    const bool goesByItself = isUnderWay(status.state) && status.state != BackfillState::NeedsPerson;
    if (status.requestsLeft > 0 && status.etaSeconds && goesByItself)
        parts << (*status.etaSeconds < 60 ? spanInWords(*status.etaSeconds)
                                          : BackfillTr::tr("about %1").arg(spanInWords(*status.etaSeconds)));
    return parts.join(u", "_s);
}

void tellRunning(BackfillView &view, const BackfillStatus &status, bool syncing)
{
    const QString back = BackfillTr::tr("Newest days first, back to %1.").arg(dayInWords(status.first));
    tell(view, Tone::Busy, BackfillTr::tr("being fetched"),
         syncing                  ? BackfillTr::tr("Lets the sync go first.")
         : status.cellsTotal == 0 ? BackfillTr::tr("Looking at what is missing.")
                                  : back);
}

void tellDone(BackfillView &view, const BackfillStatus &status)
{
    if (status.reason.isEmpty())
        tell(view, Tone::Good, BackfillTr::tr("all of it is here"),
             BackfillTr::tr("Nothing is missing from %1.").arg(daysInWords(status.first, status.last)));
    else
        tell(view, Tone::Attention, BackfillTr::tr("done, with gaps"), status.reason);
}

} // namespace

BackfillView backfillView(const BackfillStatus &status, const QString &provider, bool syncing, qint64 nowUtc)
{
    BackfillView view;
    view.done = status.cellsDone;
    view.total = status.cellsTotal;
    if (status.cellsTotal > 0)
        view.counts = countsInWords(status);
    view.mayPause = isUnderWay(status.state) && status.state != BackfillState::NeedsPerson;
    view.mayResume = status.state == BackfillState::Paused || status.state == BackfillState::NeedsPerson;
    view.mayHide = status.state == BackfillState::Done || status.state == BackfillState::Cancelled;
    view.mayCancel = !view.mayHide;
    switch (status.state) {
    case BackfillState::Running:
        tellRunning(view, status, syncing);
        return view;
    case BackfillState::Interrupted:
        tell(view, Tone::Busy, BackfillTr::tr("interrupted"), goesOn(status, nowUtc));
        break;
    case BackfillState::WaitingForQuota:
        tell(view, Tone::Busy, BackfillTr::tr("waiting for the request limit"), goesOn(status, nowUtc));
        break;
    case BackfillState::WaitingForNetwork:
        tell(view, Tone::Attention, BackfillTr::tr("no connection to %1").arg(provider),
             goesOn(status, nowUtc));
        break;
    case BackfillState::WaitingForService:
        tell(view, Tone::Attention, BackfillTr::tr("%1 is in trouble").arg(provider), goesOn(status, nowUtc));
        break;
    case BackfillState::WaitingForRetry:
        tell(view, Tone::Neutral, BackfillTr::tr("trying again later"),
             (status.reason + u' ' + goesOn(status, nowUtc)).trimmed());
        break;
    case BackfillState::Paused:
        tell(view, Tone::Neutral, BackfillTr::tr("paused"),
             BackfillTr::tr("Resume goes on where it was. What is in stays."));
        return view;
    case BackfillState::NeedsPerson:
        tell(view, Tone::Attention, BackfillTr::tr("needs you"),
             status.reason.isEmpty() ? BackfillTr::tr("Look at the sync log, then press Resume.")
                                     : status.reason);
        return view;
    case BackfillState::Done:
        tellDone(view, status);
        return view;
    case BackfillState::Cancelled:
        tell(view, Tone::Neutral, BackfillTr::tr("cancelled"),
             BackfillTr::tr("What is in stays. All history… fetches what is missing."));
        return view;
    }
    if (!view.sentence.startsWith(status.reason))
        view.why = status.reason;
    view.countsDown = status.nextWakeUtc && *status.nextWakeUtc > nowUtc;
    return view;
}

} // namespace wristkeep
