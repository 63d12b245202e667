// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Since when, which data, and what that takes, before a backfill begins.

#include "core/backfill.h"
#include "gui/syncchoice.h"
#include "gui/wording.h"
#include "sync/planestimate.h"

#include <QDialog>
#include <QTimer>

#include <memory>
#include <optional>

namespace wristkeep {

namespace Ui {
class BackfillDialog;
}

/// What the dialog begins with.
struct BackfillOffer
{
    AccountKey account;
    QString provider; ///< title
    QList<DataType> types;
    QStringList granted;
    DataChoice data;
    QDate today;
    bool replaces = false; ///< another backfill of the account is there
};

class BackfillDialog : public QDialog
{
    Q_OBJECT
public:
    explicit BackfillDialog(BackfillOffer offer, QWidget *parent = nullptr);
    ~BackfillDialog() override;

    void present(const PlanEstimate &plan, qint64 nowUtc);
    void presentError(const BackfillOrder &asked, const QString &text);

public Q_SLOTS:
    /// Asks for what it takes; the dialog does so by itself when the choice changes.
    void askEstimate();

Q_SIGNALS:
    void estimateRequested(const wristkeep::BackfillOrder &order);
    void startRequested(const wristkeep::BackfillOrder &order);

private:
    [[nodiscard]] BackfillOrder order() const;
    [[nodiscard]] bool isAnswer(const PlanEstimate &plan) const;
    void onChoiceChanged();
    void forgetEstimate();
    void takeFirstDay(QDate first);
    void say(QStringList notes);
    [[nodiscard]] QString replacingInWords() const;

    std::unique_ptr<Ui::BackfillDialog> m_ui;
    BackfillOffer m_offer;
    DataTitles m_titles;
    QTimer m_pause;                ///< after a change, until the next question
    bool m_firstDayLooked = false; ///< the account's first day was asked for
};

} // namespace wristkeep
