// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The pages a browser ends on: self-contained, escaped, dark and light, from resources/oauth.

#include "core/error.h"

#include <QByteArray>
#include <QString>

namespace wristkeep {

/// What all pages of one attempt share.
struct PageWords
{
    QString provider;        ///< "Fitbit"
    QString redirectSetting; ///< "FITBIT_REDIRECT_URI"
    QString redirectUri;     ///< exactly as sent
    bool demo = false;
};

struct BrowserPage
{
    int status = 200;
    QByteArray html;

    /// Connected: tokens are saved.
    static BrowserPage success(const PageWords &words);
    /// Not connected, why, and the four things to look at.
    static BrowserPage failed(const PageWords &words, const Error &error);
    /// Neither: a short text.
    static BrowserPage notice(const PageWords &words, int status, const QString &title, const QString &text);

    /// Head and body as they go over the wire; the connection closes afterwards.
    [[nodiscard]] QByteArray wire() const;
};

} // namespace wristkeep
