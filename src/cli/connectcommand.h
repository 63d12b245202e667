// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// connect: shows the address to open, waits for the browser's answer, says how it ended.

#include "cli/command.h"

namespace wristkeep {

class ConnectCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    static Outcome check(const CommandContext &context);
    void start() override;
    void interrupt() override;

private:
    void onAuthorizeUrl(const QUrl &url, const QString &redirectUri);
    void openPage(const QUrl &url);
    void consentForDemo(const QUrl &url);
    void onWrongAccount(const WrongAccountQuestion &question);
    void onFinished(const ConnectReport &report);
    void onTyped();

    bool m_explained = false; ///< the wrong account was told in full already
};

} // namespace wristkeep
