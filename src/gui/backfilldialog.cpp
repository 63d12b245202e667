// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/backfilldialog.h"

#include "gui/planwords.h"
#include "gui/wholetexts.h"
#include "ui_backfilldialog.h"

#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// Before the first Fitbit there is nothing to ask for; the day before it stands for "not known yet".
const QDate noDayYet(2007, 12, 31);
constexpr std::chrono::milliseconds afterChange{200};

bool isSameOrder(const BackfillOrder &a, const BackfillOrder &b)
{
    return a.account == b.account && a.first == b.first && a.dataTypes == b.dataTypes;
}

} // namespace

BackfillDialog::BackfillDialog(BackfillOffer offer, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::BackfillDialog>()), m_offer(std::move(offer))
{
    m_ui->setupUi(this);
    keepTextsWhole(this);
    for (const DataType &type : std::as_const(m_offer.types))
        m_titles.insert(type.id, type.title);
    m_ui->historyTypes->setTypes(m_offer.types);
    m_ui->historyTypes->setGranted(m_offer.granted);
    m_ui->historyTypes->setChoice(m_offer.data);
    m_ui->firstDay->setDateRange(noDayYet, m_offer.today.addDays(-1));
    m_ui->firstDay->setSpecialValueText(u"…"_s);
    m_ui->firstDay->setDate(noDayYet);
    m_ui->begin->setText(tr("&Start"));
    m_ui->begin->setDefault(true);
    connect(m_ui->begin, &QPushButton::clicked, this, [this] {
        Q_EMIT startRequested(order());
        accept();
    });
    connect(m_ui->notNow, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->firstDay, &QDateEdit::dateChanged, this, &BackfillDialog::onChoiceChanged);
    connect(m_ui->historyTypes, &SyncTypesButton::chosen, this, &BackfillDialog::onChoiceChanged);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &BackfillDialog::askEstimate);
    forgetEstimate();
}

BackfillDialog::~BackfillDialog() = default;

BackfillOrder BackfillDialog::order() const
{
    BackfillOrder made;
    made.account = m_offer.account;
    if (m_ui->firstDay->date() > noDayYet)
        made.first = m_ui->firstDay->date();
    made.dataTypes = requestFor({}, m_ui->historyTypes->choice(), m_offer.types, m_offer.today).dataTypes;
    return made;
}

void BackfillDialog::askEstimate()
{
    Q_EMIT estimateRequested(order());
}

void BackfillDialog::onChoiceChanged()
{
    forgetEstimate();
    m_pause.start(afterChange);
}

void BackfillDialog::forgetEstimate()
{
    for (QLabel *value : {m_ui->requests, m_ui->time, m_ui->disk})
        value->setText(u"–"_s);
    m_ui->begin->setEnabled(false);
    say({replacingInWords()});
}

bool BackfillDialog::isAnswer(const PlanEstimate &plan) const
{
    const BackfillOrder asked = order();
    if (plan.account != asked.account || (asked.first && plan.first != *asked.first))
        return false;
    return asked.dataTypes.isEmpty() ||
           std::all_of(plan.types.cbegin(), plan.types.cend(), [&asked](const PlanEstimate::OfType &type) {
               return asked.dataTypes.contains(type.dataType);
           });
}

void BackfillDialog::takeFirstDay(QDate first)
{
    if (std::exchange(m_firstDayLooked, true))
        return;
    m_ui->firstDayHint->setText(
        first.isValid()
            ? tr("The first day of the account.")
            : tr("%1 does not tell an account's first day: choose how far back.").arg(m_offer.provider));
    if (order().first)
        return;
    const QSignalBlocker quiet(m_ui->firstDay);
    m_ui->firstDay->setMinimumDate(noDayYet.addDays(1));
    m_ui->firstDay->setDate(first.isValid() ? first : m_offer.today.addYears(-1));
}

void BackfillDialog::present(const PlanEstimate &plan, qint64 nowUtc)
{
    if (!isAnswer(plan) || m_pause.isActive())
        return;
    takeFirstDay(plan.first);
    if (!plan.first.isValid()) {
        askEstimate();
        return;
    }
    const QString details = planDetailsInWords(plan, m_titles, nowUtc).join(u'\n');
    const bool asks = plan.requests > 0;
    m_ui->requests->setText(asks ? planRequestsInWords(plan) : tr("None"));
    m_ui->time->setText(asks ? planTimeInWords(plan, nowUtc) : u"–"_s);
    m_ui->disk->setText(asks ? planSizeInWords(plan) : u"–"_s);
    for (QLabel *value : {m_ui->requests, m_ui->time, m_ui->disk}) {
        value->setToolTip(details);
        value->setAccessibleDescription(details);
    }
    m_ui->begin->setEnabled(asks);
    const QString leftOut = planLeftOutInWords(plan);
    if (!asks)
        say({planInWords(plan, nowUtc)});
    else
        say({leftOut.isEmpty() ? QString() : leftOut + u'.', replacingInWords()});
}

void BackfillDialog::presentError(const BackfillOrder &asked, const QString &text)
{
    if (!isSameOrder(asked, order()) || m_pause.isActive())
        return;
    takeFirstDay({});
    say({text});
}

QString BackfillDialog::replacingInWords() const
{
    return m_offer.replaces
               ? tr("This takes the place of the history that was begun before; what is in stays.")
               : QString();
}

void BackfillDialog::say(QStringList notes)
{
    notes.removeAll(QString());
    m_ui->note->setText(notes.join(u'\n'));
    m_ui->note->setVisible(!notes.isEmpty());
}

} // namespace wristkeep
