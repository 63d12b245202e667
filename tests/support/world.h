// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A whole small world for end-to-end tests: a simulated service as a process of its own, a home folder
// that is thrown away, the terminal program run as people run it, and the person at the consent page.

#include <QDate>
#include <QHash>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>
#include <QVariant>

#include <functional>
#include <memory>

namespace wristkeep::test {

/// How a run of wristkeep-cli ended.
struct CliRun
{
    int exitCode = -1;
    bool killed = false; ///< ended by a signal, e.g. at a fail point
    QByteArray out;
    QByteArray err;

    /// The JSON objects of stdout, one a line.
    [[nodiscard]] QList<QJsonObject> objects() const;
    /// The last object of that "type"; empty if there is none.
    [[nodiscard]] QJsonObject object(const QString &type) const;
    [[nodiscard]] QByteArray all() const { return out + "\n--- stderr ---\n" + err; }
};

/// What the person does on the consent page.
struct Consent
{
    bool allow = true;
    QStringList leaveOut = {}; ///< scopes whose box is unticked
    QString user = {};         ///< another account of the simulated service
};

/// A plain HTTP exchange of the test itself.
struct WebAnswer
{
    int status = 0;
    QByteArray body;
    QByteArray location;
};

class World
{
public:
    World();
    ~World();
    World(const World &) = delete;
    World &operator=(const World &) = delete;

    /// False with the reason in `problem`. Extra arguments go to wristkeep-simulator.
    bool start(const QStringList &simulatorArguments = {});
    /// The variables of a person with Google Health instead of Fitbit; after start().
    void useGoogleHealth();
    void useFitbit(); ///< and back again
    void stopService();
    /// Starts it again on the same port with the same grants.
    bool restartService();
    QString problem;

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString dataDir() const { return m_folder.filePath(m_dataFolder); }
    [[nodiscard]] QString database() const { return m_folder.filePath(m_databaseFile); }
    /// Another place for it below the folder; after start().
    void useDatabase(const QString &file);
    [[nodiscard]] QUrl service() const { return m_service; }
    /// The first person's day, which this computer's need not be. No midnight of theirs comes within the
    /// hour, unless start() was told where they live.
    [[nodiscard]] QDate today();

    /// Variables of the program under test; a test changes what it needs.
    QHash<QString, QString> variables;
    /// Called in each new process of the program before it begins: system calls only.
    std::function<void()> childModifier;

    /// Runs wristkeep-cli to its end.
    CliRun run(const QStringList &arguments, const QHash<QString, QString> &extra = {},
               int timeoutMs = 90'000);
    /// The same under a limit on the size of any file it writes, as a full disk would set one.
    CliRun runWithFileLimit(const QStringList &arguments, qint64 bytes);
    /// Starts it without waiting.
    std::unique_ptr<QProcess> launch(const QStringList &arguments, const QHash<QString, QString> &extra = {});
    static CliRun finish(QProcess &process, int timeoutMs = 90'000);

    /// `connect --no-browser` with the person at the page.
    CliRun connect(const Consent &consent = {}, const QStringList &arguments = {},
                   const QHash<QString, QString> &extra = {});
    /// Reads stdout of a launched `connect` until the URL stands on a line of its own.
    static QUrl authorizeUrl(QProcess &process, int timeoutMs = 20'000);
    /// Plays the person: opens the page, ticks, presses, and follows to the redirect URI. Gives the page the
    /// browser ends on.
    WebAnswer consent(const QUrl &authorizeUrl, const Consent &consent = {});
    /// The address the browser would be sent to, without going there.
    QUrl consentRedirect(const QUrl &authorizeUrl, const Consent &consent = {});

    static WebAnswer get(const QUrl &url, int timeoutMs = 30'000);
    static WebAnswer post(const QUrl &url, const QByteArray &body, const QByteArray &contentType,
                          const QList<std::pair<QByteArray, QByteArray>> &headers = {});
    /// The simulator's control interface.
    QJsonObject control(const QString &verb, const QJsonObject &command = {});

    /// Rows of a read-only query on the database.
    QList<QVariantList> query(const QString &sql, const QVariantList &values = {});
    QVariant value(const QString &sql, const QVariantList &values = {});
    /// Changes a database behind the program's back.
    static bool executeOn(const QString &database, const QString &sql);
    QByteArray dayFile(QDate date, const QString &type,
                       const QString &participant = QStringLiteral("default"));

private:
    bool keepMidnightAway();
    QJsonObject firstPerson();

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_simulator;
    QStringList m_simulatorArguments;
    QString m_redirect;
    QString m_dataFolder = QStringLiteral("fitbit_data");
    QString m_databaseFile = QStringLiteral("fitbit_singleuser.db");
    QUrl m_service;
    qint64 m_fileLimit = 0;
};

} // namespace wristkeep::test
