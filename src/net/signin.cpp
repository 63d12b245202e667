// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/signin.h"

#include "core/logging.h"
#include "core/redaction.h"
#include "net/signinattempt.h"

#include <QPointer>

namespace wristkeep {

struct SignIn::Parts
{
    TokenStore &store;
    HttpDoor &door;
    const Clock &clock;
    std::shared_ptr<SecretRegister> secrets;
    QPointer<SignInAttempt> attempt; ///< under way; ended ones see their last page off by themselves
};

SignIn::SignIn(TokenStore &store, HttpDoor &door, const Clock &clock, std::shared_ptr<SecretRegister> secrets,
               QObject *parent)
    : QObject(parent), m_parts(new Parts{store, door, clock, std::move(secrets), {}})
{
}

SignIn::~SignIn() = default;

void SignIn::start(const SignInRequest &request)
{
    if (m_parts->attempt) {
        qCWarning(lcNet) << "A sign-in is under way already; the new one is not begun";
        return;
    }
    auto *attempt =
        new SignInAttempt(m_parts->store, m_parts->door, m_parts->clock, m_parts->secrets, request, this);
    m_parts->attempt = attempt;
    connect(attempt, &SignInAttempt::authorizeUrlReady, this, &SignIn::authorizeUrlReady);
    connect(attempt, &SignInAttempt::drained, attempt, &QObject::deleteLater);
    connect(attempt, &SignInAttempt::ended, this, [this](const SignInOutcome &outcome) {
        m_parts->attempt.clear();
        Q_EMIT finished(outcome);
    });
    QMetaObject::invokeMethod(attempt, &SignInAttempt::begin, Qt::QueuedConnection);
}

void SignIn::cancel()
{
    if (m_parts->attempt)
        m_parts->attempt->cancel();
}

bool SignIn::takePastedAddress(const QString &address)
{
    return m_parts->attempt && m_parts->attempt->takePastedAddress(address);
}

} // namespace wristkeep
