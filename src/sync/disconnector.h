// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One disconnect: revoke at the provider (unless the permission is to be kept), forget the token, keep the
// data. Ends exactly once with finished(), unless destroyed.

#include "core/token.h"
#include "sync/runservices.h"
#include "sync/syncworker.h"

#include <QObject>

namespace wristkeep {

class Disconnector : public QObject
{
    Q_OBJECT
public:
    Disconnector(const RunServices &services, AccountKey account, bool keepGrant, QObject *parent);

    void start();
    [[nodiscard]] const AccountKey &account() const { return m_report.account; }

Q_SIGNALS:
    void finished(const wristkeep::DisconnectReport &report);

private:
    void onLoaded(const Result<std::optional<StoredAccount>> &account);
    void onRevoked(const Result<bool> &revoked);
    void forget();
    void warnManual(const QString &why);

    const RunServices &m_services;
    bool m_keepGrant;
    OAuthClient m_client;
    DisconnectReport m_report;
};

} // namespace wristkeep
