// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A sign-in at a service like Google: the token answer names nobody, the account is asked for right after it,
// and the consent page is wanted every time. One scripted server plays token endpoint and API.

#include "net/signinbench.h"

namespace wristkeep::test {

struct GoogleBench : SignInBench
{
    QByteArray tokens; ///< the token endpoint's answer
    Script identity;   ///< the API's
    QList<SeenRequest> identityAsked;

    GoogleBench();

    /// From start to the end of the attempt, with a browser that presses Allow.
    SignInOutcome run(QByteArray *page = nullptr);
    void connectedBefore(const AccountKey &key, const QString &userId);
};

/// As Google answers an exchange; with or without a refresh token.
QByteArray googleTokens(bool withRefreshToken = true);

} // namespace wristkeep::test
