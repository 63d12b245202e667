// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googleconsent.h"

#include "simulator/browseranswers.h"
#include "simulator/consentpage.h"
#include "simulator/google/googlescopes.h"
#include "simulator/google/googletoken.h"
#include "simulator/simscopes.h"
#include "simulator/simworld.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

SimResponse refused(const GoogleAsked &asked, const QByteArray &error)
{
    const QByteArray state = asked.state ? "&state=" + formEncode(*asked.state) : QByteArray();
    return sentBack(asked.redirectUri, "error=" + error + state);
}

} // namespace

SimResponse GoogleConsent::answer(const SimRequest &request)
{
    GoogleAsked asked;
    if (const auto refusal = problem(request.query, &asked))
        return *refusal;
    if (request.method == "POST")
        return decide(request, asked);
    const QString user = m_world.users.current().id();
    const bool silent = asked.prompt == QStringList{u"none"_s};
    if ((asked.prompt.isEmpty() || silent) && m_world.grants.covers(asked.clientId, user, asked.scopes))
        return grant(asked, user, asked.scopes);
    if (silent)
        return refused(asked, "interaction_required");
    return page(request, asked, {});
}

SimResponse GoogleConsent::errorPage(int status, const QString &text) const
{
    const QString shown = u"Error %1: %2"_s.arg(status).arg(text);
    return ownPage(consentErrorHtml(u"Google"_s, shown, m_world.options.demoPages), status);
}

std::optional<SimResponse> GoogleConsent::problem(const FormFields &query, GoogleAsked *asked) const
{
    asked->clientId = formValue(query, u"client_id"_s).value_or(QString());
    if (asked->clientId.isEmpty())
        return errorPage(400, u"invalid_request - Missing required parameter: client_id"_s);
    if (asked->clientId != m_world.options.googleClientId)
        return errorPage(401, u"invalid_client - The OAuth client was not found."_s);
    asked->redirectUri = formValue(query, u"redirect_uri"_s).value_or(QString());
    if (asked->redirectUri.isEmpty())
        return errorPage(400, u"invalid_request - Missing required parameter: redirect_uri"_s);
    if (!acceptsRedirect(asked->redirectUri))
        return errorPage(400, u"redirect_uri_mismatch"_s);
    const QString type = formValue(query, u"response_type"_s).value_or(QString());
    if (type.isEmpty())
        return errorPage(400, u"invalid_request - Missing required parameter: response_type"_s);
    if (type != u"code"_s)
        return errorPage(400, u"unsupported_response_type - Invalid response_type: %1"_s.arg(type));
    asked->state = formValue(query, u"state"_s);
    asked->offline = formValue(query, u"access_type"_s) == u"offline"_s;
    asked->includeGranted = formValue(query, u"include_granted_scopes"_s) == u"true"_s;
    asked->prompt = splitScopes(formValue(query, u"prompt"_s).value_or(QString()));
    for (const QString &word : std::as_const(asked->prompt)) {
        if (word != u"none"_s && word != u"consent"_s && word != u"select_account"_s)
            return errorPage(400, u"invalid_request - Invalid parameter value for prompt: %1"_s.arg(word));
    }
    return scopeProblem(query, asked);
}

std::optional<SimResponse> GoogleConsent::scopeProblem(const FormFields &query, GoogleAsked *asked) const
{
    asked->scopes = splitScopes(formValue(query, u"scope"_s).value_or(QString()));
    if (asked->scopes.isEmpty())
        return errorPage(400, u"invalid_request - Missing required parameter: scope"_s);
    QStringList unknown = asked->scopes;
    unknown.removeIf([](const QString &scope) { return findGoogleScope(scope).has_value(); });
    if (!unknown.isEmpty()) {
        return errorPage(400, u"invalid_scope - Some requested scopes were invalid. {invalid=[%1]}"_s.arg(
                                  unknown.join(u", "_s)));
    }
    const std::optional<QString> challenge = formValue(query, u"code_challenge"_s);
    if (!challenge)
        return std::nullopt;
    if (formValue(query, u"code_challenge_method"_s) != u"S256"_s)
        return errorPage(400, u"invalid_request - Unsupported code_challenge_method"_s);
    if (challenge->size() < 43 || challenge->size() > 128 || !isBase64UrlText(*challenge))
        return errorPage(400, u"invalid_request - Invalid code_challenge"_s);
    asked->challenge = challenge->toLatin1();
    return std::nullopt;
}

bool GoogleConsent::acceptsRedirect(const QString &uri) const
{
    if (m_world.options.googleWebClient)
        return m_world.options.googleRedirectUris.contains(uri);
    return isLoopbackRedirect(uri);
}

SimResponse GoogleConsent::decide(const SimRequest &request, const GoogleAsked &asked)
{
    const FormFields form = request.form();
    const QString decision = formValue(form, u"decision"_s).value_or(QString());
    if (decision == u"deny"_s)
        return refused(asked, "access_denied");
    if (decision != u"allow"_s)
        return page(request, asked, u"Choose Allow or Deny."_s);
    QStringList ticked;
    for (const auto &[name, value] : form) {
        if (name == u"scope"_s)
            ticked += splitScopes(value);
    }
    ticked.removeIf([&asked](const QString &scope) { return !asked.scopes.contains(scope); });
    ticked.removeDuplicates();
    if (ticked.isEmpty())
        return page(request, asked, u"Tick at least one kind of data, or choose Deny."_s);
    const QString userId = formValue(form, u"user"_s).value_or(m_world.users.current().id());
    if (!m_world.users.find(userId))
        return page(request, asked, u"That account does not exist."_s);
    return grant(asked, userId, ticked);
}

SimResponse GoogleConsent::grant(const GoogleAsked &asked, const QString &userId, QStringList scopes)
{
    bool hadRefreshToken = false;
    for (const Grant &earlier : std::as_const(m_world.grants.all())) {
        if (earlier.clientId != asked.clientId || earlier.userId != userId)
            continue;
        const bool over = earlier.refreshEndsAt > 0 && earlier.refreshEndsAt <= m_world.clock.nowUtc();
        hadRefreshToken = hadRefreshToken || !(earlier.refreshToken.isEmpty() || over);
        if (asked.includeGranted)
            scopes += earlier.scopes;
    }
    scopes.removeDuplicates();
    AuthorizationCode code;
    code.clientId = asked.clientId;
    code.userId = userId;
    code.scopes = scopes;
    code.redirectUri = asked.redirectUri;
    code.redirectUriGiven = true;
    code.challenge = asked.challenge;
    code.issuedAt = m_world.clock.nowUtc();
    code.refreshable = asked.offline && (!hadRefreshToken || asked.prompt.contains(u"consent"_s));
    m_world.users.setCurrent(userId);
    QByteArray parameters = asked.state ? "state=" + formEncode(*asked.state) + '&' : QByteArray();
    parameters += "code=" + formEncode(QString::fromLatin1(m_world.grants.addCode(code, newGoogleCode())));
    parameters += "&scope=" + formEncode(scopes.join(u' ')) + "&authuser=0&prompt=consent";
    return sentBack(asked.redirectUri, parameters);
}

SimResponse GoogleConsent::page(const SimRequest &request, const GoogleAsked &asked,
                                const QString &hint) const
{
    ConsentPage content;
    content.service = u"Google"_s;
    content.action = QString::fromUtf8(request.target);
    content.clientId = asked.clientId;
    for (const QString &id : asked.scopes) {
        if (const auto scope = findGoogleScope(id))
            content.scopes.append(*scope);
    }
    content.currentUser = m_world.users.current().id();
    for (const SimUser &user : m_world.users.all())
        content.users.append({user.id(), user.traits().fullName()});
    content.returnsTo = asked.redirectUri;
    content.hint = hint;
    content.demo = m_world.options.demoPages;
    return ownPage(consentHtml(content), 200);
}

} // namespace wristkeep
