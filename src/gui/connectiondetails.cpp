// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectiondetails.h"

#include "gui/wholetexts.h"
#include "gui/wording.h"
#include "ui_connectiondetails.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// SQLAlchemy's text form, UTC, as the token table keeps it.
std::optional<qint64> storedInstant(const QString &text)
{
    QDateTime instant = QDateTime::fromString(text.section(u'.', 0, 0), u"yyyy-MM-dd HH:mm:ss"_s);
    if (!instant.isValid())
        return {};
    instant.setTimeSpec(Qt::UTC);
    return instant.toSecsSinceEpoch();
}

void presentRow(QLabel *label, QLabel *value, const QString &text)
{
    value->setText(text);
    label->setVisible(!text.isEmpty());
    value->setVisible(!text.isEmpty());
}

/// Access is renewed by itself when a sync needs it, so a moment that has passed is no trouble.
QString renewalInWords(const std::optional<double> &expiresAt, qint64 nowUtc)
{
    if (!expiresAt)
        return {};
    const auto at = qint64(*expiresAt);
    return at <= nowUtc
               ? ConnectionDetails::tr("With the next sync")
               : ConnectionDetails::tr("With the first sync after %1").arg(instantInWords(at, nowUtc));
}

} // namespace

ConnectionDetails::ConnectionDetails(QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::ConnectionDetails>())
{
    m_ui->setupUi(this);
    keepTextsWhole(this);
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::accept);
}

ConnectionDetails::~ConnectionDetails() = default;

void ConnectionDetails::present(const DashboardFacts &facts, qint64 nowUtc)
{
    const AccountStatus status = facts.status.value_or(AccountStatus{});
    const bool known = status.state == ConnectionState::Connected ||
                       status.state == ConnectionState::ReconnectNeeded ||
                       status.state == ConnectionState::Disconnecting;
    const auto onlyKnown = [known](const QString &text) { return known ? text : QString(); };
    const std::optional<qint64> updated = storedInstant(status.updatedAt);
    const QString signInEnds = status.refreshEndsAt
                                   ? tr("%1 (%2)").arg(instantInWords(qint64(*status.refreshEndsAt), nowUtc),
                                                       daysLeftInWords(qint64(*status.refreshEndsAt), nowUtc))
                                   : QString();

    presentRow(m_ui->participantLabel, m_ui->participant, facts.account.participant);
    presentRow(m_ui->userLabel, m_ui->user,
               known && status.userId.isEmpty() ? u"–"_s : onlyKnown(status.userId));
    presentRow(m_ui->grantedLabel, m_ui->granted, onlyKnown(scopesInWords(status.granted)));
    presentRow(m_ui->missingLabel, m_ui->missing,
               status.missing.isEmpty() ? QString() : onlyKnown(scopesInWords(status.missing)));
    presentRow(m_ui->zoneLabel, m_ui->zone, onlyKnown(zoneInWords(status.zone, status.zoneSource)));
    presentRow(m_ui->updatedLabel, m_ui->updated,
               updated ? onlyKnown(instantInWords(*updated, nowUtc)) : QString());
    presentRow(m_ui->expiresLabel, m_ui->expires, onlyKnown(renewalInWords(status.expiresAt, nowUtc)));
    presentRow(m_ui->signInEndsLabel, m_ui->signInEnds, onlyKnown(signInEnds));
    presentRow(m_ui->quotaLabel, m_ui->quota, onlyKnown(quotaInWords(status.quota, nowUtc)));
    presentRow(m_ui->reasonLabel, m_ui->reason, status.reason);
}

} // namespace wristkeep
