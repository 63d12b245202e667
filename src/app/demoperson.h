// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Plays the person on the demo's consent page where there is no browser: opens it, ticks every box, presses
// Allow, and follows the way back. Knows the page's form only (docs/SIMULATOR.md).

#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <functional>

namespace wristkeep {

class DemoPerson : public QObject
{
    Q_OBJECT
public:
    explicit DemoPerson(QObject *parent = nullptr);

    /// `failed` gets a sentence when the way ends before the browser's answer was delivered.
    void consent(const QUrl &authorizeUrl, std::function<void(const QString &)> failed);

private:
    void press(const QUrl &page, const QString &html);
    void follow(const QUrl &target);
    void watch(QNetworkReply *reply, std::function<void(QNetworkReply *)> next);

    QNetworkAccessManager m_network;
    std::function<void(const QString &)> m_failed;
};

/// The form of a consent page as a person who allows everything would send it; empty when there is none.
struct ConsentForm
{
    QUrl action;
    QByteArray body;
};
ConsentForm allowEverything(const QUrl &page, const QString &html);

} // namespace wristkeep
