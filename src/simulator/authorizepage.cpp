// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/authorizepage.h"

#include "simulator/browseranswers.h"
#include "simulator/consentpage.h"
#include "simulator/simscopes.h"
#include "simulator/simworld.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

SimResponse redirectTo(const AuthorizeRequest &asked, QByteArray parameters)
{
    if (asked.state)
        parameters += "&state=" + formEncode(*asked.state);
    return sentBack(asked.redirectUri, parameters + "#_=_");
}

} // namespace

SimResponse AuthorizePage::answer(const SimRequest &request)
{
    AuthorizeRequest asked;
    if (const auto text = problem(request.query, &asked))
        return ownPage(consentErrorHtml(u"Fitbit"_s, *text, m_world.options.demoPages), 400);
    if (request.method == "POST")
        return decide(request, asked);
    const QString user = m_world.users.current().id();
    const bool mayskip = asked.prompt.isEmpty() || asked.prompt == QStringList{u"none"_s};
    if (mayskip && m_world.grants.covers(asked.clientId, user, asked.scopes))
        return grant(asked, user, asked.scopes);
    return page(request, asked, {});
}

std::optional<QString> AuthorizePage::problem(const FormFields &query, AuthorizeRequest *asked) const
{
    if (const auto text = clientProblem(query, asked))
        return text;
    const std::optional<QString> type = formValue(query, u"response_type"_s);
    if (!type || type->isEmpty())
        return u"invalid_request - Missing response_type parameter value"_s;
    if (*type == u"token"_s)
        return u"unauthorized_client - The client is not authorized to request an access token using this method"_s;
    if (*type != u"code"_s)
        return u"unsupported_response_type - Invalid response_type parameter value"_s;
    asked->scopes = splitScopes(formValue(query, u"scope"_s).value_or(QString()));
    if (asked->scopes.isEmpty())
        return u"invalid_request - Missing parameters: scope"_s;
    for (const QString &scope : std::as_const(asked->scopes)) {
        if (!findSimScope(scope))
            return u"invalid_scope - Invalid scope: %1"_s.arg(scope);
    }
    asked->prompt = splitScopes(formValue(query, u"prompt"_s).value_or(QString()));
    for (const QString &word : std::as_const(asked->prompt)) {
        if (word != u"none"_s && word != u"consent"_s && word != u"login"_s)
            return u"invalid_request - Invalid prompt parameter value"_s;
    }
    if (!asked->prompt.isEmpty() && !asked->redirectUriGiven)
        return u"invalid_request - Missing redirect_uri parameter value"_s;
    asked->state = formValue(query, u"state"_s);
    return challengeProblem(query, asked);
}

std::optional<QString> AuthorizePage::clientProblem(const FormFields &query, AuthorizeRequest *asked) const
{
    asked->clientId = formValue(query, u"client_id"_s).value_or(QString());
    if (asked->clientId.isEmpty())
        return u"invalid_request - Missing parameters: client_id"_s;
    if (asked->clientId != m_world.options.clientId)
        return u"unauthorize_client - Invalid client_id"_s;
    const std::optional<QString> redirect = formValue(query, u"redirect_uri"_s);
    asked->redirectUriGiven = redirect.has_value();
    if (redirect && !acceptsRedirect(*redirect))
        return u"invalid_request - Invalid redirect_uri parameter value"_s;
    if (!redirect && m_world.options.redirectUris.size() != 1)
        return u"invalid_request - Missing redirect_uri parameter value"_s;
    asked->redirectUri = redirect.value_or(m_world.options.redirectUris.value(0));
    return std::nullopt;
}

std::optional<QString> AuthorizePage::challengeProblem(const FormFields &query, AuthorizeRequest *asked) const
{
    const std::optional<QString> challenge = formValue(query, u"code_challenge"_s);
    const std::optional<QString> method = formValue(query, u"code_challenge_method"_s);
    if (!challenge)
        return std::nullopt;
    if (challenge->size() < 43 || challenge->size() > 128)
        return u"invalid_request - The code_challenge parameter length must be between 43 and 128"_s;
    if (!isBase64UrlText(*challenge))
        return u"invalid_request - The code_challenge parameter is invalid"_s;
    if (method != u"S256"_s)
        return u"invalid_request - Unsupported code_challenge_method"_s;
    asked->challenge = challenge->toLatin1();
    return std::nullopt;
}

bool AuthorizePage::acceptsRedirect(const QString &uri) const
{
    if (!m_world.options.redirectUris.isEmpty())
        return m_world.options.redirectUris.contains(uri);
    return isLoopbackRedirect(uri);
}

SimResponse AuthorizePage::decide(const SimRequest &request, const AuthorizeRequest &asked)
{
    const FormFields form = request.form();
    const QString decision = formValue(form, u"decision"_s).value_or(QString());
    if (decision == u"deny"_s) {
        return redirectTo(asked, "error=access_denied&error_description=" +
                                     formEncode(u"The user denied the request."_s));
    }
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

SimResponse AuthorizePage::grant(const AuthorizeRequest &asked, const QString &userId,
                                 const QStringList &scopes)
{
    AuthorizationCode code;
    code.clientId = asked.clientId;
    code.userId = userId;
    code.scopes = scopes;
    code.redirectUri = asked.redirectUri;
    code.redirectUriGiven = asked.redirectUriGiven;
    code.challenge = asked.challenge;
    code.issuedAt = m_world.clock.nowUtc();
    m_world.users.setCurrent(userId);
    return redirectTo(asked, "code=" + m_world.grants.addCode(code));
}

SimResponse AuthorizePage::page(const SimRequest &request, const AuthorizeRequest &asked,
                                const QString &hint) const
{
    ConsentPage content;
    content.action = QString::fromUtf8(request.target);
    content.clientId = asked.clientId;
    for (const QString &id : asked.scopes) {
        if (const SimScope *scope = findSimScope(id))
            content.scopes.append({scope->id, scope->title, scope->description});
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
