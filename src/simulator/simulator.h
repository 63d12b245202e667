// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A simulated Fitbit and Google Health on 127.0.0.1: the demo account and the test bench
// (docs/SIMULATOR.md). Runs on the thread it is created on; needs that thread's event loop.

#include "core/result.h"

#include <QDate>
#include <QObject>
#include <QString>
#include <QTimeZone>
#include <QUrl>

#include <memory>

namespace wristkeep {

class Clock;

struct SimulatorOptions
{
    quint16 port = 0;        ///< 0: any free port
    quint64 seed = 20240310; ///< the same seed gives the same bytes
    QString clientId = QStringLiteral("23DEMO");
    QString clientSecret;        ///< empty: a public client
    QStringList redirectUris;    ///< exact; empty: any loopback redirect (the demo)
    bool basicRequired = true;   ///< Server/Personal app: Basic at the token endpoint
    bool intradayAllowed = true; ///< Personal app
    QString stateFile;           ///< grants are kept here between starts; empty: in memory
    bool control = false;        ///< the /control interface for tests
    QByteArray zone = "Europe/Berlin";
    QDate memberSince = QDate(2024, 1, 2);
    int quotaPerHour = 150;
    int accessTokenSeconds = 28'800;
    bool demoPages = false; ///< the consent page says "Demo"
    int users = 1;          ///< accounts; with several the consent page offers a choice

    QString googleClientId = QStringLiteral("demo.apps.googleusercontent.com");
    QString googleClientSecret;   ///< empty: the token endpoint does not ask for one
    bool googleWebClient = false; ///< a Web client: exact redirects; else a Desktop client: any loopback one
    QStringList googleRedirectUris; ///< of the Web client
    bool googleTesting = false;     ///< the app is in Testing: a refresh token dies after seven days
    int googleAccessTokenSeconds = 3599;
    int googlePerMinute = 300; ///< requests per user
};

class Simulator : public QObject
{
    Q_OBJECT
public:
    Simulator(SimulatorOptions options, const Clock &clock, QObject *parent = nullptr);
    ~Simulator() override;

    /// Network when the port is taken.
    Outcome listen();
    [[nodiscard]] quint16 port() const;
    /// "http://127.0.0.1:PORT". Fitbit: API, token and revoke; authorize is at /oauth2/authorize below it.
    /// Google: API below /v4/, /token, /revoke, authorize at /o/oauth2/v2/auth.
    [[nodiscard]] QUrl baseUrl() const;
    void close();

    /// What /control/{verb} does over HTTP, in process. `command` and answer are JSON objects, documented
    /// in docs/SIMULATOR.md.
    QByteArray control(const QByteArray &verb, const QByteArray &command);

private:
    void restoreState();
    void saveState();

    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep
