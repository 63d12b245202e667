// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/googlesetup.h"

#include "core/settingschecks.h"
#include "gui/wording.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct GoogleSetupTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::GoogleSetup)
};

const QString idEnd = u".apps.googleusercontent.com"_s;
const QString secretStart = u"GOCSPX-"_s;

QUrl console()
{
    return QUrl(u"https://console.cloud.google.com/"_s);
}

SetupStep project()
{
    return {GoogleSetupTr::tr("make a project"),
            GoogleSetupTr::tr(
                "Sign in with a personal Google account. In the project picker at the top choose New "
                "project, and then that project."),
            console(),
            {{GoogleSetupTr::tr("Project name"), GoogleSetupTr::tr("project name"), u"Wristkeep"_s,
              GoogleSetupTr::tr("any name will do")},
             {GoogleSetupTr::tr("Location"), {}, GoogleSetupTr::tr("No organization"), {}}},
            GoogleSetupTr::tr(
                "The account that wears the tracker must have been signed in to the Google Health app "
                "(formerly Fitbit) on the phone at least once. Workspace accounts do not work.")};
}

SetupStep api()
{
    return {
        GoogleSetupTr::tr("switch the API on"),
        GoogleSetupTr::tr("Check that your project is chosen at the top, then press Enable. (By hand: APIs & "
                          "Services > Library.)"),
        QUrl(u"https://console.developers.google.com/apis/library/health.googleapis.com"_s),
        {{GoogleSetupTr::tr("Search for"), GoogleSetupTr::tr("name of the API"), u"Google Health API"_s, {}}},
        GoogleSetupTr::tr(
            "If it cannot be enabled, Google does not let new projects in at the moment. Nothing on "
            "this computer can change that; the demo shows everything.")};
}

SetupStep consent()
{
    return {GoogleSetupTr::tr("describe the app"),
            GoogleSetupTr::tr(
                "Google Auth Platform (or OAuth consent screen) > Get started. Fill in, accept the user "
                "data policy, and press Create."),
            console(),
            {{GoogleSetupTr::tr("App name"), GoogleSetupTr::tr("app name"), u"Wristkeep"_s,
              GoogleSetupTr::tr("any name will do")},
             {GoogleSetupTr::tr("Support e-mail"), {}, GoogleSetupTr::tr("your own"), {}},
             {GoogleSetupTr::tr("Audience"), {}, u"External"_s, {}},
             {GoogleSetupTr::tr("Contact e-mail"), {}, GoogleSetupTr::tr("your own"), {}}},
            {}};
}

SetupStep testUsers()
{
    return {
        GoogleSetupTr::tr("let yourself in"),
        GoogleSetupTr::tr(
            "Audience: the publishing status is Testing. Under Test users press Add users and enter "
            "the Google account of everyone whose data is to be kept here."),
        console(),
        {{GoogleSetupTr::tr("Status"), {}, u"Testing"_s, {}},
         {GoogleSetupTr::tr("Test users"), {}, GoogleSetupTr::tr("the account that wears the tracker"), {}}},
        GoogleSetupTr::tr(
            "In Testing a permission lasts seven days; then you reconnect. Publish app on the same "
            "page ends that: reconnect once afterwards. If Google then blocks the sign-in, go back "
            "to Testing.")};
}

SetupStep scopes(const Settings &settings)
{
    const QStringList wanted = settings.value("GOOGLE_HEALTH_SCOPES").split(u' ', Qt::SkipEmptyParts);
    SetupStep step{GoogleSetupTr::tr("allow it to ask"),
                   GoogleSetupTr::tr(
                       "Data Access > Add or remove scopes. Filter by Google Health API, tick these, press "
                       "Update and then Save."),
                   console(),
                   {},
                   {}};
    constexpr int mostShown = 6;
    const QStringList shown = wanted.mid(0, mostShown);
    for (const QString &scope : shown) {
        const QString name = scope.section(u'/', -1).remove(u"googlehealth"_s);
        step.values << SetupValue{scopesInWords({scope}),
                                  GoogleSetupTr::tr("scope for %1").arg(scopeInWords(scope)),
                                  name,
                                  {},
                                  scope};
    }
    step.values << SetupValue{GoogleSetupTr::tr("All of them"),
                              GoogleSetupTr::tr("all scopes"),
                              GoogleSetupTr::tr("for the field of scopes to add by hand"),
                              {},
                              wanted.join(u'\n')};
    return step;
}

SetupStep client()
{
    return {GoogleSetupTr::tr("make the client"),
            GoogleSetupTr::tr(
                "Clients > Create client. There is no redirect address to register. Press Download JSON "
                "and give the file to step 2 on the right, or copy ID and secret: the secret is shown "
                "only once."),
            console(),
            {{GoogleSetupTr::tr("Application type"), {}, u"Desktop app"_s, {}},
             {GoogleSetupTr::tr("Name"), GoogleSetupTr::tr("client name"), u"Wristkeep"_s,
              GoogleSetupTr::tr("any name will do")}},
            GoogleSetupTr::tr(
                "A Web application works too, with a fixed callback URL registered to the letter: tick "
                "Web application on the right.")};
}

SetupStep firstSignIn()
{
    return {GoogleSetupTr::tr("what to expect"),
            GoogleSetupTr::tr(
                "After Save and continue press Connect and sign in with the account of the tracker.\n\n"
                "\"Google hasn't verified this app\" is about your own project, which only you use: press "
                "Continue, or Advanced and then Go to Wristkeep (unsafe).\n\n"
                "Then tick every permission: each box left empty is data that stays out."),
            {},
            {},
            {}};
}

} // namespace

QString googleWebRedirect()
{
    return u"http://localhost:8080/callback"_s;
}

SetupForm googleSetupForm(const Settings &settings)
{
    SetupForm form;
    form.providerId = u"google-health"_s;
    form.provider = u"Google"_s;
    form.registerAt = console();
    form.steps = {project(), api(), consent(), testUsers(), scopes(settings), client(), firstSignIn()};
    form.takesFile = true;
    form.idKey = u"GOOGLE_HEALTH_CLIENT_ID"_s;
    form.secretKey = u"GOOGLE_HEALTH_CLIENT_SECRET"_s;
    form.redirectKey = u"GOOGLE_HEALTH_REDIRECT_URI"_s;
    form.idExample = u"123-abc"_s + idEnd;
    form.secretExample = GoogleSetupTr::tr("like %1…").arg(secretStart);
    form.webRedirect = googleWebRedirect();
    form.id = settings.values.value(form.idKey);
    form.secret = settings.values.value(form.secretKey);
    form.redirect = settings.values.value(form.redirectKey);
    return form;
}

FieldRemark googleClientIdRemark(const QString &id)
{
    static const QRegularExpression shape(u"\\A[0-9]+(-[0-9a-z]+)?\\.apps\\.googleusercontent\\.com\\z"_s);
    if (id.isEmpty())
        return {};
    if (isPlaceholder(id))
        return {GoogleSetupTr::tr("This is the example's text. Paste the Client ID that the console shows."),
                true};
    if (id.startsWith(secretStart))
        return {GoogleSetupTr::tr("This looks like the client secret. The Client ID ends in %1.").arg(idEnd),
                true};
    if (id.contains(u'@'))
        return {GoogleSetupTr::tr("This is an e-mail address. The Client ID ends in %1.").arg(idEnd), true};
    if (!shape.match(id).hasMatch())
        return {GoogleSetupTr::tr("A Client ID begins with digits and ends in %1. Check that it is whole.")
                    .arg(idEnd),
                false};
    return {};
}

FieldRemark googleClientSecretRemark(const QString &secret)
{
    if (secret.isEmpty())
        return {};
    if (isPlaceholder(secret))
        return {
            GoogleSetupTr::tr("This is the example's text. Paste the client secret that the console shows."),
            true};
    if (secret.endsWith(idEnd))
        return {GoogleSetupTr::tr("This is a Client ID; it belongs into the field above."), true};
    if (secret.contains(u'*') || secret.contains(u'•'))
        return {GoogleSetupTr::tr(
                    "This is the console's hint at the secret, not the secret. Add a new secret there."),
                true};
    if (!secret.startsWith(secretStart))
        return {GoogleSetupTr::tr("Client secrets begin with %1 nowadays. Check that it is whole.")
                    .arg(secretStart),
                false};
    return {};
}

} // namespace wristkeep
