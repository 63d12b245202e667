// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps the backfills of all accounts as the worker tells of them, shows the chosen account's on the card,
// and turns a person's wishes into requests.

#include "gui/backfillview.h"
#include "gui/syncchoice.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace wristkeep {

class BackfillCard;
class BackfillDialog;
class DashboardModel;
class WorkerLink;

class BackfillDesk : public QObject
{
    Q_OBJECT
public:
    /// `window` is what the dialog belongs to; all given outlives this.
    BackfillDesk(DashboardModel *model, WorkerLink *link, QWidget *window);

    void setCard(BackfillCard *card);
    /// Renews the card; call it when the dashboard is renewed. `hasRoom`: nothing else takes its place.
    void present(bool hasRoom);
    [[nodiscard]] bool countsDown() const { return m_countsDown; }
    /// Asks since when and which data; `data` is chosen at first.
    void askToBegin(const QList<DataType> &types, const DataChoice &data);

Q_SIGNALS:
    /// A backfill is there, or stands otherwise than before.
    void changed();
    /// Days may have come in since this was said last.
    void keptMore();

private:
    void onRead(const QList<BackfillStatus> &jobs);
    void onChanged(const BackfillStatus &job);
    void presentJob();
    [[nodiscard]] std::optional<BackfillStatus> shownJob() const;

    DashboardModel *m_model;
    WorkerLink *m_link;
    QWidget *m_window;
    QPointer<BackfillCard> m_card;
    QPointer<BackfillDialog> m_dialog;
    QHash<AccountKey, BackfillStatus> m_jobs;
    QSet<AccountKey> m_endedHere; ///< ended while this window looked on, and not hidden since
    QTimer m_kept;
    bool m_countsDown = false;
    bool m_hasRoom = true;
};

} // namespace wristkeep
