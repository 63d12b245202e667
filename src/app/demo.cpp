// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo.h"

#include "app/demoservice.h"
#include "core/clock.h"
#include "core/settings.h"

#include <QFileInfo>
#include <QTcpServer>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress(QHostAddress::LocalHost), 0) ? probe.serverPort() : quint16(0);
}

void put(Settings &settings, const char *key, const QString &value)
{
    settings.values.insert(QString::fromLatin1(key), {value, SettingOrigin::CommandLine, u"demo"_s});
}

} // namespace

Demo::Demo(std::shared_ptr<const Clock> clock) : m_clock(std::move(clock)) {}

Demo::~Demo() = default;

Outcome Demo::start(Settings &settings)
{
    const QString root = QFileInfo(settings.databaseFile).absolutePath();
    if (!QDir().mkpath(root))
        return failure(ErrorKind::Storage, u"The demo's folder %1 cannot be made"_s.arg(root));
    auto owned = std::make_unique<DemoService>(root, m_clock);
    DemoService *service = owned.get();
    m_thread = std::make_unique<ThreadHolder>(u"demo"_s, std::move(owned));
    Result<DemoAccess> access = failure(ErrorKind::Internal);
    // Once, before the program's own event loop runs: nothing can be shown before the port is known.
    QMetaObject::invokeMethod(
        service, [&access, service] { access = service->begin(); }, Qt::BlockingQueuedConnection);
    if (!access)
        return failure(access.error());

    const QString base = u"http://127.0.0.1:%1"_s.arg(access->port);
    put(settings, "GOOGLE_HEALTH_CLIENT_ID", u"demo.apps.googleusercontent.com"_s);
    put(settings, "GOOGLE_HEALTH_CLIENT_SECRET", access->clientSecret);
    put(settings, "GOOGLE_HEALTH_API_URL", base);
    put(settings, "GOOGLE_AUTHORIZE_URL", base + u"/o/oauth2/v2/auth"_s);
    put(settings, "GOOGLE_TOKEN_URL", base + u"/token"_s);
    put(settings, "GOOGLE_REVOKE_URL", base + u"/revoke"_s);
    put(settings, "FITBIT_CLIENT_ID", u"23DEMO"_s);
    put(settings, "FITBIT_CLIENT_SECRET", access->clientSecret);
    put(settings, "FITBIT_API_URL", base);
    put(settings, "FITBIT_AUTHORIZE_URL", base + u"/oauth2/authorize"_s);
    put(settings, "FITBIT_REDIRECT_URI", u"http://127.0.0.1:%1/fitbit/callback"_s.arg(freePort()));
    put(settings, "WRISTKEEP_PROVIDER", u"google-health"_s);
    settings.provider = u"google-health"_s;
    return {};
}

} // namespace wristkeep
