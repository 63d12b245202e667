// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectioncard.h"

#include "gui/wording.h"
#include "ui_connectioncard.h"

#include <QDateTime>
#include <QTimeZone>

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

template<typename Value>
void presentRow(QLabel *label, Value *value, const QString &text)
{
    if constexpr (std::is_same_v<Value, ElidedLabel>)
        value->setFullText(text);
    else
        value->setText(text);
    label->setVisible(!text.isEmpty());
    value->setVisible(!text.isEmpty());
}

} // namespace

ConnectionCard::ConnectionCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::ConnectionCard>())
{
    m_ui->setupUi(this);
}

ConnectionCard::~ConnectionCard() = default;

void ConnectionCard::present(const DashboardFacts &facts, qint64 nowUtc)
{
    const AccountStatus status = facts.status.value_or(AccountStatus{});
    const bool known = status.state == ConnectionState::Connected ||
                       status.state == ConnectionState::ReconnectNeeded ||
                       status.state == ConnectionState::Disconnecting;
    const auto onlyKnown = [known](const QString &text) { return known ? text : QString(); };

    presentRow(m_ui->participantLabel, m_ui->participant, facts.account.participant);
    presentRow(m_ui->userLabel, m_ui->user,
               known && status.userId.isEmpty() ? u"–"_s : onlyKnown(status.userId));
    presentRow(m_ui->zoneLabel, m_ui->zone, onlyKnown(zoneInWords(status.zone, status.zoneSource)));
    presentRow(m_ui->grantedLabel, m_ui->granted, onlyKnown(scopesInWords(status.granted)));
    presentRow(m_ui->missingLabel, m_ui->missing,
               status.missing.isEmpty() ? QString() : onlyKnown(scopesInWords(status.missing)));

    const QString never = tr("Never");
    presentRow(m_ui->lastRunLabel, m_ui->lastRun,
               status.lastRunUtc ? instantInWords(*status.lastRunUtc, nowUtc) : never);
    presentRow(m_ui->quotaLabel, m_ui->quota, onlyKnown(quotaInWords(status.quota, nowUtc)));
    const std::optional<qint64> updated = storedInstant(status.updatedAt);
    presentRow(m_ui->updatedLabel, m_ui->updated,
               updated ? onlyKnown(instantInWords(*updated, nowUtc)) : QString());
}

} // namespace wristkeep
