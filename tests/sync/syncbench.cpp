// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/syncbench.h"

#include "support/freeport.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestWaitMs = 20'000;

QString attribute(const QString &tag, const QString &name)
{
    const QRegularExpression pattern(name + u"=\"([^\"]*)\""_s);
    return pattern.match(tag).captured(1).replace(u"&amp;"_s, u"&"_s);
}

QByteArray filledForm(const QString &html, const Consenting &consenting)
{
    QUrlQuery form;
    const QRegularExpression inputs(u"<input\\b[^>]*>"_s);
    for (auto it = inputs.globalMatch(html); it.hasNext();) {
        const QString tag = it.next().captured(0);
        const QString type = attribute(tag, u"type"_s);
        const QString value = attribute(tag, u"value"_s);
        const bool box = type == u"checkbox"_s;
        if (type == u"hidden"_s || (box && !consenting.leaveOut.contains(value)))
            form.addQueryItem(attribute(tag, u"name"_s), QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    form.addQueryItem(u"decision"_s, consenting.allow ? u"allow"_s : u"deny"_s);
    return form.query(QUrl::FullyEncoded).toUtf8();
}

} // namespace

SyncBench::SyncBench()
    : clock(std::make_shared<FixedClock>(QDateTime(QDate(2026, 3, 15), QTime(10, 0), Qt::UTC))),
      secrets(std::make_shared<SecretRegister>())
{
    limits.silence = std::chrono::milliseconds(400);
    limits.retryPause = std::chrono::milliseconds(20);
    limits.runBudget = std::chrono::milliseconds(10'000);
    limits.leaseWait = std::chrono::milliseconds(10'000);
}

SyncBench::~SyncBench() = default;

bool SyncBench::start()
{
    SimulatorOptions options;
    options.clientId = u"23TEST"_s;
    options.clientSecret = u"0123456789abcdef0123456789abcdef"_s;
    options.control = true;
    simulator = std::make_unique<Simulator>(options, *clock);
    if (const Outcome listening = simulator->listen(); !listening) {
        problem = listening.error().detail;
        return false;
    }
    SettingsSources sources;
    const QString base = simulator->baseUrl().toString(QUrl::RemovePath | QUrl::StripTrailingSlash);
    sources.environment = {
        {u"FITBIT_CLIENT_ID"_s, options.clientId},
        {u"FITBIT_CLIENT_SECRET"_s, options.clientSecret},
        {u"FITBIT_REDIRECT_URI"_s, u"http://127.0.0.1:%1/fitbit/callback"_s.arg(freePort())},
        {u"FITBIT_API_URL"_s, base},
        {u"FITBIT_AUTHORIZE_URL"_s, base + u"/oauth2/authorize"_s},
        {u"DATABASE_URL"_s, u"sqlite:///"_s + folder.filePath(u"kept.db"_s)},
        {u"FITBIT_DATA_DIR"_s, dataDir()},
        {u"WRISTKEEP_PROVIDER"_s, u"fitbit"_s},
        {u"WRISTKEEP_SECRET_KEY"_s, QString(64, u'7')},
    };
    sources.places = {folder.filePath(u"data"_s), folder.filePath(u"config"_s), folder.path()};
    const Result<Settings> resolved = resolveSettings(sources);
    if (!resolved) {
        problem = resolved.error().detail;
        return false;
    }
    settings = *resolved;
    return true;
}

std::unique_ptr<SyncWorker> SyncBench::makeWorker()
{
    WorkerOptions options;
    options.settings = settings;
    options.clock = clock;
    options.secrets = secrets;
    options.limits = limits;
    options.backfill = backfill;
    return std::make_unique<SyncWorker>(options);
}

bool SyncBench::openWorker(SyncWorker &other)
{
    QSignalSpy opened(&other, &SyncWorker::opened);
    QObject::connect(&other, &SyncWorker::openFailed, &other,
                     [this](const Error &error) { problem = error.detail; });
    other.open();
    return opened.count() > 0 || opened.wait(longestWaitMs);
}

bool SyncBench::open()
{
    worker = makeWorker();
    QObject::connect(worker.get(), &SyncWorker::logged, worker.get(),
                     [this](const LogEntry &entry) { logged << entry; });
    QObject::connect(worker.get(), &SyncWorker::progressed, worker.get(),
                     [this](const SyncProgress &progress) { progressed << progress; });
    return openWorker(*worker);
}

void SyncBench::playBrowser(const QUrl &authorizeUrl, const Consenting &consenting)
{
    auto *browser = new QNetworkAccessManager(worker.get());
    browser->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    const auto follow = [browser](const QByteArray &location) {
        browser->get(QNetworkRequest(QUrl::fromEncoded(location)));
    };
    QNetworkReply *page = browser->get(QNetworkRequest(authorizeUrl));
    QObject::connect(page, &QNetworkReply::finished, browser, [=] {
        if (const QByteArray location = page->rawHeader("Location"); !location.isEmpty()) {
            follow(location);
            return;
        }
        const QString html = QString::fromUtf8(page->readAll());
        const QRegularExpression tag(u"<form\\b[^>]*>"_s);
        const QString action = attribute(tag.match(html).captured(0), u"action"_s);
        QNetworkRequest request(authorizeUrl.resolved(QUrl(action)));
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_s);
        QNetworkReply *answer = browser->post(request, filledForm(html, consenting));
        QObject::connect(answer, &QNetworkReply::finished, browser,
                         [=] { follow(answer->rawHeader("Location")); });
    });
}

ConnectReport SyncBench::connect(const Consenting &consenting, const AccountKey &account)
{
    QSignalSpy finished(worker.get(), &SyncWorker::connectFinished);
    const auto browser =
        QObject::connect(worker.get(), &SyncWorker::authorizeUrlReady, worker.get(),
                         [this, consenting](const QUrl &url) { playBrowser(url, consenting); });
    ConnectRequest request;
    request.account = account;
    worker->connectAccount(request);
    const bool ended = finished.count() > 0 || finished.wait(longestWaitMs);
    QObject::disconnect(browser);
    return ended ? finished.first().first().value<ConnectReport>() : ConnectReport();
}

SyncReport SyncBench::sync(const SyncRequest &request)
{
    QSignalSpy finished(worker.get(), &SyncWorker::syncFinished);
    worker->sync(request);
    const bool ended = finished.count() > 0 || finished.wait(longestWaitMs);
    return ended ? finished.first().first().value<SyncReport>() : SyncReport();
}

QList<AccountStatus> SyncBench::status()
{
    QSignalSpy read(worker.get(), &SyncWorker::statusRead);
    worker->readStatus();
    const bool ended = read.count() > 0 || read.wait(longestWaitMs);
    return ended ? read.first().first().value<QList<AccountStatus>>() : QList<AccountStatus>();
}

DisconnectReport SyncBench::disconnect(bool keepGrant)
{
    QSignalSpy finished(worker.get(), &SyncWorker::disconnectFinished);
    worker->disconnectAccount(defaultAccount(), keepGrant);
    const bool ended = finished.count() > 0 || finished.wait(longestWaitMs);
    return ended ? finished.first().first().value<DisconnectReport>() : DisconnectReport();
}

QJsonObject SyncBench::control(const QString &verb, const QJsonObject &command)
{
    const QByteArray answer =
        simulator->control(verb.toLatin1(), QJsonDocument(command).toJson(QJsonDocument::Compact));
    return QJsonDocument::fromJson(answer).object();
}

QStringList SyncBench::asked()
{
    QStringList paths;
    for (const QJsonValue &entry : control(u"log"_s).value(u"entries"_s).toArray()) {
        const QString path = entry.toObject().value(u"path"_s).toString();
        if (!path.startsWith(u"/control"_s))
            paths << path;
    }
    return paths;
}

void SyncBench::forgetAsked()
{
    control(u"log"_s, {{u"clear"_s, true}});
}

AccountKey SyncBench::defaultAccount()
{
    return {u"default"_s, u"fitbit"_s};
}

SyncRequest SyncBench::yesterday()
{
    SyncRequest request;
    request.accounts = {defaultAccount()};
    return request;
}

SyncRequest SyncBench::days(QDate first, QDate last)
{
    SyncRequest request = yesterday();
    request.first = first;
    request.last = last;
    return request;
}

QString SyncBench::dayFile(QDate date, const QString &type) const
{
    return u"%1/default/%2_%3.json"_s.arg(dataDir(), date.toString(Qt::ISODate), type);
}

QByteArray SyncBench::dayFileBytes(QDate date, const QString &type) const
{
    QFile file(dayFile(date, type));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ReportCell cellOf(const SyncReport &report, const QString &dataType, QDate date)
{
    for (const ReportCell &cell : report.cells) {
        if (cell.key.dataType == dataType && cell.key.date == date)
            return cell;
    }
    return {};
}

} // namespace wristkeep::test
