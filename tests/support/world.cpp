// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/world.h"

#include "support/freeport.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QTimeZone>
#include <QUrlQuery>
#include <QUuid>

#include <csignal>
#include <sys/resource.h>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

QString program(const char *name)
{
    return QStringLiteral(WRISTKEEP_BIN_DIR "/") + QString::fromLatin1(name);
}

WebAnswer wait(QNetworkReply *reply)
{
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished())
        loop.exec();
    WebAnswer answer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
                     reply->rawHeader("Location")};
    reply->deleteLater();
    return answer;
}

QNetworkRequest requestFor(const QUrl &url, int timeoutMs)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(timeoutMs);
    return request;
}

/// The value of an HTML attribute inside one tag.
QString attribute(const QString &tag, const QString &name)
{
    const QRegularExpression pattern(QStringLiteral("\\b%1\\s*=\\s*\"([^\"]*)\"").arg(name));
    return pattern.match(tag).captured(1).replace(u"&amp;"_s, u"&"_s).replace(u"&quot;"_s, u"\""_s);
}

} // namespace

QList<QJsonObject> CliRun::objects() const
{
    QList<QJsonObject> found;
    for (const QByteArray &line : out.split('\n')) {
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            found.append(document.object());
    }
    return found;
}

QJsonObject CliRun::object(const QString &type) const
{
    QJsonObject found;
    for (const QJsonObject &object : objects()) {
        if (object.value(u"type"_s).toString() == type)
            found = object;
    }
    return found;
}

World::World() = default;

World::~World()
{
    stopService();
}

bool World::start(const QStringList &simulatorArguments)
{
    if (!m_folder.isValid()) {
        problem = u"no temporary folder"_s;
        return false;
    }
    QDir(folder()).mkpath(u"home"_s);
    const QString redirect = u"http://localhost:%1/fitbit/callback"_s.arg(freePort());
    m_simulatorArguments = QStringList{u"--client-id"_s,
                                       u"23TEST"_s,
                                       u"--client-secret"_s,
                                       u"0123456789abcdef0123456789abcdef"_s,
                                       u"--redirect-uri"_s,
                                       redirect,
                                       u"--google-client-id"_s,
                                       u"test.apps.googleusercontent.com"_s,
                                       u"--google-client-secret"_s,
                                       u"GOCSPX-0123456789abcdef01234567"_s,
                                       u"--state-file"_s,
                                       m_folder.filePath(u"service.json"_s),
                                       u"--control"_s,
                                       u"--port"_s,
                                       QString::number(freePort())} +
                           simulatorArguments;
    if (!restartService())
        return false;
    m_redirect = redirect;
    // Whoever chooses where the person lives, as the soak does, plays with their midnights.
    if (!simulatorArguments.contains(u"--zone"_s) && !keepMidnightAway())
        return false;
    variables = {{u"DATABASE_URL"_s, u"sqlite:///"_s + database()},
                 {u"HOME"_s, m_folder.filePath(u"home"_s)},
                 {u"XDG_CONFIG_HOME"_s, m_folder.filePath(u"home/.config"_s)},
                 {u"XDG_DATA_HOME"_s, m_folder.filePath(u"home/.local/share"_s)}};
    useFitbit();
    return true;
}

bool World::keepMidnightAway()
{
    const QJsonObject person = firstPerson();
    const QTimeZone zone(person.value(u"zone"_s).toString().toLatin1());
    if (!zone.isValid()) {
        problem = u"the simulator does not say where its first person lives"_s;
        return false;
    }
    if (QDateTime::currentDateTimeUtc().toTimeZone(zone).time().hour() == 23)
        control(u"zone"_s, {{u"user"_s, 0}, {u"zone"_s, u"America/Halifax"_s}});
    return true;
}

QJsonObject World::firstPerson()
{
    return control(u"status"_s).value(u"users"_s)[0].toObject();
}

QDate World::today()
{
    return QDate::fromString(firstPerson().value(u"today"_s).toString(), Qt::ISODate);
}

void World::useDatabase(const QString &file)
{
    m_databaseFile = file;
    variables.insert(u"DATABASE_URL"_s, u"sqlite:///"_s + database());
}

void World::useFitbit()
{
    m_dataFolder = u"fitbit_data"_s;
    variables.removeIf(
        [](const QHash<QString, QString>::iterator &it) { return it.key().startsWith(u"GOOGLE_"_s); });
    variables.insert(u"FITBIT_CLIENT_ID"_s, u"23TEST"_s);
    variables.insert(u"FITBIT_CLIENT_SECRET"_s, u"0123456789abcdef0123456789abcdef"_s);
    variables.insert(u"FITBIT_REDIRECT_URI"_s, m_redirect);
    variables.insert(u"FITBIT_API_URL"_s, m_service.toString(QUrl::RemovePath | QUrl::StripTrailingSlash));
    variables.insert(u"FITBIT_AUTHORIZE_URL"_s, m_service.resolved(QUrl(u"/oauth2/authorize"_s)).toString());
    variables.insert(u"FITBIT_DATA_DIR"_s, dataDir());
    variables.insert(u"WRISTKEEP_PROVIDER"_s, u"fitbit"_s);
}

void World::useGoogleHealth()
{
    variables.removeIf(
        [](const QHash<QString, QString>::iterator &it) { return it.key().startsWith(u"FITBIT_"_s); });
    m_dataFolder = u"google_health_data"_s;
    const QString base = m_service.toString(QUrl::RemovePath | QUrl::StripTrailingSlash);
    variables.insert(u"GOOGLE_HEALTH_CLIENT_ID"_s, u"test.apps.googleusercontent.com"_s);
    variables.insert(u"GOOGLE_HEALTH_CLIENT_SECRET"_s, u"GOCSPX-0123456789abcdef01234567"_s);
    variables.insert(u"GOOGLE_HEALTH_API_URL"_s, base);
    variables.insert(u"GOOGLE_AUTHORIZE_URL"_s, base + u"/o/oauth2/v2/auth"_s);
    variables.insert(u"GOOGLE_TOKEN_URL"_s, base + u"/token"_s);
    variables.insert(u"GOOGLE_REVOKE_URL"_s, base + u"/revoke"_s);
    variables.insert(u"GOOGLE_HEALTH_DATA_DIR"_s, dataDir());
    variables.remove(u"WRISTKEEP_PROVIDER"_s);
}

void World::stopService()
{
    if (!m_simulator)
        return;
    m_simulator->terminate();
    if (!m_simulator->waitForFinished(5'000))
        m_simulator->kill();
    m_simulator->waitForFinished(1'000);
    m_simulator.reset();
}

bool World::restartService()
{
    stopService();
    m_simulator = std::make_unique<QProcess>();
    m_simulator->setProcessChannelMode(QProcess::SeparateChannels);
    m_simulator->setStandardErrorFile(m_folder.filePath(u"service.err"_s), QIODevice::Append);
    m_simulator->start(program("wristkeep-simulator"), m_simulatorArguments);
    while (m_simulator->state() != QProcess::NotRunning && !m_simulator->canReadLine()) {
        if (!m_simulator->waitForReadyRead(10'000))
            break;
    }
    m_service = QUrl(QString::fromUtf8(m_simulator->readLine()).trimmed());
    if (!m_service.isValid() || m_service.port() <= 0) {
        problem = u"the simulator did not start: "_s + m_simulator->errorString();
        return false;
    }
    return true;
}

std::unique_ptr<QProcess> World::launch(const QStringList &arguments, const QHash<QString, QString> &extra)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &key : environment.keys()) {
        if (key.startsWith(u"FITBIT_"_s) || key.startsWith(u"WRISTKEEP_"_s) || key.startsWith(u"GOOGLE_"_s))
            environment.remove(key);
    }
    environment.remove(u"DISPLAY"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        environment.insert(it.key(), it.value());
    for (auto it = extra.cbegin(); it != extra.cend(); ++it) {
        if (it.value().isNull())
            environment.remove(it.key());
        else
            environment.insert(it.key(), it.value());
    }
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(folder());
    if (childModifier)
        process->setChildProcessModifier(childModifier);
    if (m_fileLimit > 0) {
        process->setChildProcessModifier([limit = rlim_t(m_fileLimit)] {
            // Without the signal the write fails with EFBIG, as it would with ENOSPC.
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit size{limit, limit};
            ::setrlimit(RLIMIT_FSIZE, &size);
        });
    }
    process->start(program("wristkeep-cli"), arguments);
    process->closeWriteChannel();
    return process;
}

CliRun World::finish(QProcess &process, int timeoutMs)
{
    CliRun run;
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished(2'000);
        run.err = "TIMED OUT\n";
    }
    run.out += process.readAllStandardOutput();
    run.err += process.readAllStandardError();
    run.killed = process.exitStatus() == QProcess::CrashExit;
    run.exitCode = run.killed ? -1 : process.exitCode();
    return run;
}

CliRun World::run(const QStringList &arguments, const QHash<QString, QString> &extra, int timeoutMs)
{
    const auto process = launch(arguments, extra);
    return finish(*process, timeoutMs);
}

CliRun World::runWithFileLimit(const QStringList &arguments, qint64 bytes)
{
    m_fileLimit = bytes;
    const CliRun run = this->run(arguments);
    m_fileLimit = 0;
    return run;
}

QUrl World::authorizeUrl(QProcess &process, int timeoutMs)
{
    // The lines read are part of the program's output only for a person; the URL is all a test needs.
    while (true) {
        while (process.canReadLine()) {
            const QString line = QString::fromUtf8(process.readLine()).trimmed();
            if (line.startsWith(u"http"_s))
                return QUrl(line);
            const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
            if (object.value(u"type"_s).toString() == u"authorize"_s)
                return QUrl(object.value(u"url"_s).toString());
        }
        if (process.state() == QProcess::NotRunning || !process.waitForReadyRead(timeoutMs))
            return {};
    }
}

CliRun World::connect(const Consent &choice, const QStringList &arguments,
                      const QHash<QString, QString> &extra)
{
    const auto process = launch(arguments + QStringList{u"connect"_s, u"--no-browser"_s}, extra);
    const QUrl url = authorizeUrl(*process);
    if (url.isValid())
        consent(url, choice);
    return finish(*process);
}

QUrl World::consentRedirect(const QUrl &authorizeUrl, const Consent &choice)
{
    const WebAnswer page = get(authorizeUrl);
    if (page.status >= 300 && page.status < 400)
        return QUrl::fromEncoded(page.location);
    const QString html = QString::fromUtf8(page.body);
    QUrlQuery form;
    const QRegularExpression inputs(QStringLiteral("<(?:input|option)\\b[^>]*>"));
    for (auto it = inputs.globalMatch(html); it.hasNext();) {
        const QString tag = it.next().captured(0);
        const QString name = attribute(tag, u"name"_s);
        const QString value = attribute(tag, u"value"_s);
        const QString type = attribute(tag, u"type"_s);
        if (type == u"hidden"_s)
            form.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
        if (type == u"checkbox"_s && name == u"scope"_s && !choice.leaveOut.contains(value))
            form.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    if (!choice.user.isEmpty()) {
        form.removeAllQueryItems(u"user"_s);
        form.addQueryItem(u"user"_s, choice.user);
    }
    form.addQueryItem(u"decision"_s, choice.allow ? u"allow"_s : u"deny"_s);
    const QRegularExpression formTag(QStringLiteral("<form\\b[^>]*>"));
    const QString action = attribute(formTag.match(html).captured(0), u"action"_s);
    const WebAnswer answer =
        post(authorizeUrl.resolved(QUrl(action)), form.query(QUrl::FullyEncoded).toUtf8(),
             "application/x-www-form-urlencoded");
    return QUrl::fromEncoded(answer.location);
}

WebAnswer World::consent(const QUrl &authorizeUrl, const Consent &choice)
{
    const QUrl target = consentRedirect(authorizeUrl, choice);
    return target.isValid() && !target.isEmpty() ? get(target) : WebAnswer{};
}

WebAnswer World::get(const QUrl &url, int timeoutMs)
{
    QNetworkAccessManager network;
    return wait(network.get(requestFor(url, timeoutMs)));
}

WebAnswer World::post(const QUrl &url, const QByteArray &body, const QByteArray &contentType,
                      const QList<std::pair<QByteArray, QByteArray>> &headers)
{
    QNetworkAccessManager network;
    QNetworkRequest request = requestFor(url, 30'000);
    request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    return wait(network.post(request, body));
}

QJsonObject World::control(const QString &verb, const QJsonObject &command)
{
    const WebAnswer answer = post(m_service.resolved(QUrl(u"/control/"_s + verb)),
                                  QJsonDocument(command).toJson(QJsonDocument::Compact), "application/json");
    if (answer.status != 200)
        qWarning("control %s: %d %s", qPrintable(verb), answer.status, answer.body.constData());
    return QJsonDocument::fromJson(answer.body).object();
}

QList<QVariantList> World::query(const QString &sql, const QVariantList &values)
{
    const QString name = QUuid::createUuid().toString();
    QList<QVariantList> rows;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(this->database());
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000"_s);
        if (!database.open()) {
            qWarning("open: %s", qPrintable(database.lastError().text()));
        } else {
            QSqlQuery query(database);
            query.prepare(sql);
            for (const QVariant &value : values)
                query.addBindValue(value);
            if (!query.exec())
                qWarning("%s: %s", qPrintable(sql), qPrintable(query.lastError().text()));
            const int columns = query.record().count();
            while (query.next()) {
                QVariantList row;
                for (int i = 0; i < columns; ++i)
                    row.append(query.value(i));
                rows.append(row);
            }
        }
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

bool World::executeOn(const QString &file, const QString &sql)
{
    const QString name = QUuid::createUuid().toString();
    bool done = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(file);
        done = database.open();
        for (const QString &statement : sql.split(u";\n"_s, Qt::SkipEmptyParts)) {
            QSqlQuery query(database);
            if (!query.exec(statement)) {
                qWarning("%s: %s", qPrintable(statement), qPrintable(query.lastError().text()));
                done = false;
            }
        }
    }
    QSqlDatabase::removeDatabase(name);
    return done;
}

QVariant World::value(const QString &sql, const QVariantList &values)
{
    const QList<QVariantList> rows = query(sql, values);
    return rows.isEmpty() || rows.first().isEmpty() ? QVariant() : rows.first().first();
}

QByteArray World::dayFile(QDate date, const QString &type, const QString &participant)
{
    QFile file(
        QStringLiteral("%1/%2/%3_%4.json").arg(dataDir(), participant, date.toString(Qt::ISODate), type));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace wristkeep::test
