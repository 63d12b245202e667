// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setupform.h"

#include "core/settingschecks.h"
#include "gui/googlesetup.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SetupForm", text);
}

bool isHex32(const QString &text)
{
    static const QRegularExpression shape(u"\\A[0-9A-Fa-f]{32}\\z"_s);
    return shape.match(text).hasMatch();
}

bool isShortId(const QString &text)
{
    static const QRegularExpression shape(u"\\A[0-9A-Z]{6}\\z"_s);
    return shape.match(text).hasMatch();
}

QString characters(qsizetype count)
{
    return count == 1 ? tr("1 character") : tr("%1 characters").arg(count);
}

} // namespace

SetupForm setupForm(const QString &provider, const Settings &settings)
{
    if (provider == "google-health"_L1)
        return googleSetupForm(settings);
    SetupForm form;
    form.providerId = u"fitbit"_s;
    form.provider = u"Fitbit"_s;
    form.registerAt = QUrl(u"https://dev.fitbit.com/apps/new"_s);
    form.notice = tr("Fitbit closed its Web API on 2 November 2026. If it takes no new apps or answers "
                     "\"410 Gone\", nothing is wrong on this computer: the demo shows everything.");
    form.idKey = u"FITBIT_CLIENT_ID"_s;
    form.secretKey = u"FITBIT_CLIENT_SECRET"_s;
    form.redirectKey = u"FITBIT_REDIRECT_URI"_s;
    form.idExample = u"23ABCD"_s;
    form.secretExample = tr("32 characters");
    form.id = settings.values.value(form.idKey);
    form.secret = settings.values.value(form.secretKey);
    form.redirect = settings.values.value(form.redirectKey);
    form.values = {
        {tr("Application name"), tr("application name"), u"Wristkeep"_s, tr("any name will do")},
        {tr("Description"), tr("description"), tr("Keeps my data on my computer"), tr("any text will do")},
        {tr("Application website"), tr("application website"), u"http://localhost:5000"_s, {}},
        {tr("Organization"), tr("organization"), tr("Private"), tr("any name will do")},
        {tr("Organization website"), tr("organization website"), u"http://localhost:5000"_s, {}},
        {tr("Application type"), tr("application type"), u"Personal"_s,
         tr("only this type gets heart rate by the minute")},
        {tr("Callback URL"), tr("callback URL"), form.redirect.value,
         tr("to the letter, no slash at the end")},
        {tr("Access type"), tr("access type"), u"Read Only"_s, {}},
    };
    form.redirectRow = 6;
    return form;
}

FieldRemark clientIdRemark(const SetupForm &form, const QString &id)
{
    if (form.providerId == "google-health"_L1)
        return googleClientIdRemark(id);
    if (id.isEmpty())
        return {};
    if (isPlaceholder(id))
        return {tr("This is the example's text. Paste the Client ID that %1 shows for your app.")
                    .arg(form.provider),
                true};
    if (isHex32(id))
        return {
            tr("This looks like the client secret. The Client ID is shorter, like %1.").arg(form.idExample),
            false};
    if (!isShortId(id)) {
        return {tr("A Client ID has 6 capitals and digits, like %1; this is different (%2). Check that it is "
                   "whole.")
                    .arg(form.idExample, characters(id.size())),
                false};
    }
    return {};
}

FieldRemark clientSecretRemark(const SetupForm &form, const QString &secret)
{
    if (form.providerId == "google-health"_L1)
        return googleClientSecretRemark(secret);
    if (secret.isEmpty())
        return {};
    if (isPlaceholder(secret))
        return {tr("This is the example's text. Paste the client secret that %1 shows for your app.")
                    .arg(form.provider),
                true};
    if (!isHex32(secret)) {
        return {tr("A client secret has 32 characters, 0 to 9 and a to f; this is different (%1). Check that "
                   "it is "
                   "whole.")
                    .arg(characters(secret.size())),
                false};
    }
    return {};
}

bool isFixedOutside(const SettingValue &value)
{
    return value.origin > SettingOrigin::SettingsFile && !value.value.isEmpty();
}

QString fixedOutsideText(const SettingValue &value)
{
    return value.origin == SettingOrigin::EnvFile ? tr("Set in %1; change it there.").arg(value.place)
                                                  : tr("Set in the environment; change it there.");
}

} // namespace wristkeep
