// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/signin.h"

namespace wristkeep {

struct SignIn::Parts
{
};

SignIn::SignIn(TokenStore &, HttpDoor &, const Clock &, std::shared_ptr<SecretRegister>, QObject *parent)
    : QObject(parent), m_parts(std::make_unique<Parts>())
{
}

SignIn::~SignIn() = default;

void SignIn::start(const SignInRequest &) {}

void SignIn::cancel() {}

bool SignIn::takePastedAddress(const QString &)
{
    return false;
}

} // namespace wristkeep
