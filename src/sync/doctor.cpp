// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/doctor.h"

#include "core/clock.h"
#include "core/errortexts.h"
#include "core/redaction.h"
#include "net/httpdoor.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "sync/doctorchecks.h"
#include "sync/tokenlook.h"

#include <QLocale>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestSilenceMs = 4'000;

/// RFC 9110, 5.6.7, in the form every server sends: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<qint64> dateOf(const HttpResponse &response)
{
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(response.header("Date")),
                                             u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return date.toSecsSinceEpoch();
}

/// What a sync cures or tells by itself: a token that ended meanwhile, a scope left out, a used-up quota.
bool isEverydayRefusal(const Error &error)
{
    return error.kind == ErrorKind::TokenRefused || error.kind == ErrorKind::ScopeMissing ||
           error.kind == ErrorKind::RateLimited;
}

Finding serviceFinding(const Result<HttpResponse> &answer, const Provider &provider, const QUrl &url,
                       bool withToken, qint64 nowUtc)
{
    Finding finding{u"provider"_s, provider.title(), Finding::Level::Healthy, {}, {}};
    const QString host = tokenHostOf(url);
    const bool answers = answer && answer->status < 500 && answer->status != 410;
    const bool mayRefuse =
        !withToken || (answer && (answer->ok() || isEverydayRefusal(provider.classify(*answer, nowUtc))));
    if (answers && mayRefuse) {
        finding.text = withToken && answer->ok()
                           ? u"%1 answers, and knows this account and its project."_s.arg(host)
                           : u"%1 answers."_s.arg(host);
        return finding;
    }
    const Error error = answer ? provider.classify(*answer, nowUtc) : answer.error();
    const ErrorText text = errorText(error, provider.title());
    finding.level = Finding::Level::Attention;
    finding.text = u"%1: %2"_s.arg(host, text.sentence);
    finding.remedy = text.nextStep;
    return finding;
}

} // namespace

struct Doctor::Parts
{
    Settings settings;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<SecretRegister> secrets;
    std::unique_ptr<HttpDoor> door; ///< made where examine() is called: sockets stay where they were born
    QList<Finding> findings;
};

Doctor::Doctor(Settings settings, std::shared_ptr<const Clock> clock, std::shared_ptr<SecretRegister> secrets,
               QObject *parent)
    : QObject(parent), m_parts(std::make_unique<Parts>())
{
    m_parts->settings = std::move(settings);
    m_parts->clock = std::move(clock);
    m_parts->secrets = std::move(secrets);
    qRegisterMetaType<QList<Finding>>();
}

Doctor::~Doctor() = default;

void Doctor::examine()
{
    const Settings &settings = m_parts->settings;
    m_parts->findings = {lookAtConfiguration(settings), lookAtKey(settings), lookAtPort(settings),
                         lookAtDatabase(settings, *m_parts->clock), lookAtFolders(settings)};
    const Result<const Provider *> provider = findProvider(settings.provider);
    if (!provider) {
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT examined(m_parts->findings); }, Qt::QueuedConnection);
        return;
    }
    // With a token the service also says what it thinks of account and project. Without one any answer shows
    // that it is there, most likely "401, who are you?".
    const HttpRequest request = (*provider)->profileRequest(settings);
    const QString token = keptAccessToken(settings, request.url, *m_parts->clock);
    if (m_parts->secrets)
        m_parts->secrets->add(token);
    m_parts->door =
        std::make_unique<HttpDoor>(HttpLimits{longestSilenceMs, longestSilenceMs, HttpLimits().maxBodyBytes});
    m_parts->door->send(
        request, token, this,
        [this, request, known = *provider, asked = !token.isEmpty()](const Result<HttpResponse> &answer) {
            const qint64 now = m_parts->clock->nowUtc();
            m_parts->findings << lookAtClock(now, answer ? dateOf(*answer) : std::nullopt, known->title())
                              << serviceFinding(answer, *known, request.url, asked, now);
            Q_EMIT examined(m_parts->findings);
        });
}

} // namespace wristkeep
