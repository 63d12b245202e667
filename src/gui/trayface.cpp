// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/trayface.h"

#include "gui/backfillview.h"
#include "gui/dashboardview.h"
#include "gui/wording.h"
#include "sync/catalogue.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct TrayTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::Tray)
};

QString lastResult(const DashboardFacts &facts, qint64 nowUtc)
{
    if (facts.syncing)
        return facts.progress.total > 0 ? progressInWords(facts.progress) : TrayTr::tr("Syncing");
    if (facts.report)
        return reportInWords(*facts.report, {}, facts.provider, nowUtc).title;
    if (facts.status && facts.status->lastRunUtc)
        return TrayTr::tr("Last sync: %1").arg(instantInWords(*facts.status->lastRunUtc, nowUtc));
    return TrayTr::tr("Nothing synced yet");
}

/// The one to show: one that needs the person, else one that is being fetched.
const BackfillStatus *shownHistory(const QList<BackfillStatus> &histories)
{
    for (const BackfillState state : {BackfillState::NeedsPerson, BackfillState::Running}) {
        const auto found =
            std::find_if(histories.cbegin(), histories.cend(),
                         [state](const BackfillStatus &history) { return history.state == state; });
        if (found != histories.cend())
            return &*found;
    }
    return nullptr;
}

/// "History: being fetched", and how far it is; or "History: needs you", and why.
QStringList historyLines(const BackfillStatus &history, qint64 nowUtc)
{
    const QString &who = history.account.participant;
    const BackfillView view = backfillView(history, providerTitle(history.account.provider), false, nowUtc);
    QStringList lines{who == defaultParticipant() ? view.title : TrayTr::tr("%1 (%2)").arg(view.title, who)};
    const QString &more = history.state == BackfillState::NeedsPerson ? view.sentence : view.counts;
    if (!more.isEmpty())
        lines << more;
    return lines;
}

// The badge sits in the lower right quarter of a 64 by 64 grid.
const QPointF badgeCentre(45, 45);
const QColor badgeInk(Qt::white);

QPen inkOf(const QColor &color, qreal width)
{
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

/// An arc with a head, and the same once more turned round.
void paintArrows(QPainter &painter)
{
    painter.setPen(inkOf(badgeInk, 3));
    painter.setBrush(QColor(0x15, 0x4c, 0x8c));
    painter.drawEllipse(badgeCentre, 17, 17);
    for (const qreal turn : {0.0, 180.0}) {
        painter.save();
        painter.translate(badgeCentre);
        painter.rotate(turn);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(inkOf(badgeInk, 4));
        painter.drawArc(QRectF(-9, -9, 18, 18), 30 * 16, 125 * 16);
        painter.setPen(Qt::NoPen);
        painter.setBrush(badgeInk);
        painter.drawPolygon(QPolygonF({QPointF(3, -4.5), QPointF(13.5, -7.5), QPointF(10.5, 3)}));
        painter.restore();
    }
}

void paintMark(QPainter &painter)
{
    QPainterPath triangle;
    triangle.moveTo(badgeCentre + QPointF(0, -17));
    triangle.lineTo(badgeCentre + QPointF(16, 14));
    triangle.lineTo(badgeCentre + QPointF(-16, 14));
    triangle.closeSubpath();
    const QColor fill(0xff, 0xc9, 0x3c);
    painter.setBrush(fill);
    painter.setPen(inkOf(QColor(0x20, 0x20, 0x20), 4));
    painter.drawPath(triangle);
    painter.setPen(inkOf(QColor(0x20, 0x20, 0x20), 5));
    painter.drawLine(badgeCentre + QPointF(0, -5), badgeCentre + QPointF(0, 2));
    painter.drawPoint(badgeCentre + QPointF(0, 9.5));
}

QPixmap picture(TrayState state, const QIcon &icon, int side)
{
    QPixmap pixmap = icon.pixmap(QSize(side, side), 1.0);
    if (pixmap.isNull() || state == TrayState::Idle)
        return pixmap;
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(pixmap.width() / 64.0, pixmap.height() / 64.0);
    if (state == TrayState::Syncing)
        paintArrows(painter);
    else
        paintMark(painter);
    return pixmap;
}

} // namespace

TrayFace trayFace(const DashboardFacts &facts, const QList<BackfillStatus> &histories, qint64 nowUtc)
{
    const BackfillStatus *history = shownHistory(histories);
    const bool stands = history != nullptr && history->state == BackfillState::NeedsPerson;
    const DashboardView view = dashboardView(facts, nowUtc);
    TrayFace face;
    face.maySync = view.maySync;
    face.result = lastResult(facts, nowUtc);
    if (facts.syncing)
        face.state = TrayState::Syncing;
    else if (stands || view.tone == Tone::Attention || view.tone == Tone::Problem)
        face.state = TrayState::Attention;
    else if (history != nullptr)
        face.state = TrayState::Syncing;
    const QString name = facts.demo ? TrayTr::tr("Wristkeep: Demo") : TrayTr::tr("Wristkeep");
    QStringList lines{name, view.status};
    if (view.tone == Tone::Attention || view.tone == Tone::Problem)
        lines << view.sentence;
    if (history != nullptr)
        lines << historyLines(*history, nowUtc);
    lines << face.result;
    face.tooltip = lines.join(u'\n');
    return face;
}

QIcon trayPicture(TrayState state)
{
    const QIcon icon(u":/icons/wristkeep.svg"_s);
    QIcon made;
    for (const int side : {16, 22, 24, 32, 48, 64})
        made.addPixmap(picture(state, icon, side));
    return made;
}

} // namespace wristkeep
