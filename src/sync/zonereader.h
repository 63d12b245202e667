// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks the provider for the account's profile and keeps its time zone: right after consent, and before a
// run when what is kept is a day old.

#include "store/accounts.h"
#include "sync/authorisedcall.h"

#include <QObject>

#include <functional>
#include <memory>

namespace wristkeep {

class ZoneReader : public QObject
{
    Q_OBJECT
public:
    ZoneReader(const RunServices &services, AccountSession &session, QObject *parent);
    ~ZoneReader() override;

    /// The profile as it was stored. ScopeMissing without any request when the grant does not cover it.
    void read(std::function<void(Result<AccountProfile>)> done);

private:
    void onAnswer(CallEnd end);

    const RunServices &m_services;
    AccountSession &m_session;
    std::unique_ptr<AuthorisedCall> m_call;
    std::function<void(Result<AccountProfile>)> m_done;
};

} // namespace wristkeep
