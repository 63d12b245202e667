// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settingschecks.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

bool endsWith(const SettingKey &key, QLatin1StringView suffix)
{
    return QLatin1StringView(key.name).endsWith(suffix);
}

bool isToken(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

Outcome checkUrl(const SettingKey &key, const SettingValue &value, const SettingPlaces &places)
{
    const QString example = u"Write it like %1."_s.arg(QLatin1StringView(key.defaultValue));
    const QUrl url(value.value, QUrl::StrictMode);
    const auto wrong = [&](const QString &what, const QString &remedy) {
        return wrongSetting(key, value, what, remedy);
    };
    const bool web = url.scheme() == u"https"_s || url.scheme() == u"http"_s;
    if (!url.isValid() || !web || url.host().isEmpty() || url.port() == 0)
        return wrong(u"is not a web address"_s, example);
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return wrong(u"holds a user name or a # part, which have no place there"_s, example);
    if (url.scheme() == u"http"_s && !isLoopbackHost(url.host()))
        return wrong(u"uses plain http to another computer, where anyone on the way could read it"_s,
                     u"Use https. Plain http is for this computer (localhost, 127.0.0.1) only."_s);
    if (places.onlyLoopback && !isLoopbackHost(url.host()) &&
        value.value != QLatin1StringView(key.defaultValue))
        return wrong(
            u"points to another computer, which a .env found by chance in the current folder may not do"_s,
            u"If you trust that file, name it: --env-file FILE."_s);
    const bool hostOnly = endsWith(key, "_API_URL"_L1);
    if (hostOnly && ((!url.path().isEmpty() && url.path() != u"/"_s) || url.hasQuery()))
        return wrong(u"has a path; it must be a host alone"_s, example);
    return {};
}

Outcome checkRedirect(const SettingKey &key, const SettingValue &value)
{
    const bool anyPort = QLatin1StringView(key.name).startsWith("GOOGLE_"_L1);
    const QString example = u"Write it like %1, exactly as it is registered at the provider."_s.arg(
        QLatin1StringView(key.defaultValue));
    const QUrl url(value.value, QUrl::StrictMode);
    const auto wrong = [&](const QString &what, const QString &remedy) {
        return wrongSetting(key, value, what, remedy);
    };
    if (!url.isValid() || url.host().isEmpty())
        return wrong(u"is not a web address"_s, example);
    if (!value.value.startsWith(u"http://"_s))
        return wrong(u"does not begin with http://"_s, example);
    static const QStringList listening{u"localhost"_s, u"127.0.0.1"_s, u"::1"_s};
    if (!listening.contains(url.host()))
        return wrong(u"does not point to this computer"_s,
                     u"Use localhost or 127.0.0.1: the browser brings the answer back to this program."_s);
    if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
        return wrong(u"holds a user name, a ? part or a # part, which have no place there"_s, example);
    if (url.port() == -1)
        return wrong(u"names no port"_s, example);
    if (url.port() == 0 && !anyPort)
        return wrong(u"has port 0, but Fitbit compares the whole address with the registered one"_s, example);
    if (url.path().isEmpty())
        return wrong(u"has no path"_s, example);
    if (url.adjusted(QUrl::NormalizePathSegments).path() != url.path())
        return wrong(u"has . or .. in its path, which browsers take away"_s, example);
    return {};
}

Outcome checkScopes(const SettingKey &key, const SettingValue &value)
{
    // RFC 6749, 3.3: printable ASCII but no quote and no backslash; a comma is legal there but always a slip.
    const bool fine = std::all_of(value.value.begin(), value.value.end(), [](QChar c) {
        return c == u' ' || (c > u' ' && c < u'\x7f' && c != u'"' && c != u'\\' && c != u',');
    });
    if (fine)
        return {};
    return wrongSetting(key, value, u"is not a list of scopes separated by spaces"_s,
                        u"Write it like: %1."_s.arg(QLatin1StringView(key.defaultValue)));
}

Outcome checkHexKey(const SettingKey &key, const SettingValue &value)
{
    static const QRegularExpression digits(u"\\A[0-9A-Fa-f]{64}\\z"_s);
    if (digits.match(value.value).hasMatch())
        return {};
    return wrongSetting(
        key, value, u"is not 64 hexadecimal digits (32 random bytes)"_s,
        u"Make one with: openssl rand -hex 32. Or leave it out: a key file is made for you."_s);
}

} // namespace

tl::unexpected<Error> badConfiguration(const QString &detail, const QString &remedy)
{
    Error error;
    error.kind = ErrorKind::BadConfiguration;
    error.detail = detail;
    error.nextStep = remedy;
    return failure(std::move(error));
}

tl::unexpected<Error> wrongSetting(const SettingKey &key, const SettingValue &value, const QString &what,
                                   const QString &remedy)
{
    return badConfiguration(u"%1 (%2) %3."_s.arg(QLatin1StringView(key.name), value.place, what), remedy);
}

bool isPlaceholder(const QString &value)
{
    // By hand: every start asks, and would be the only one to load the regular expressions.
    const QLatin1StringView before("your_");
    const QLatin1StringView after("_here");
    const auto isWord = [](QChar c) { return c == u'_' || (c.unicode() < 128 && c.isLetterOrNumber()); };
    return value.size() > before.size() + after.size() && value.startsWith(before, Qt::CaseInsensitive) &&
           value.endsWith(after, Qt::CaseInsensitive) && std::all_of(value.begin(), value.end(), isWord);
}

QStringList knownProviderIds()
{
    return {u"fitbit"_s, u"google-health"_s};
}

Outcome checkSetting(const SettingKey &key, const SettingValue &value, const SettingPlaces &places)
{
    if (value.value.isEmpty())
        return {};
    const bool control = std::any_of(value.value.begin(), value.value.end(),
                                     [](QChar c) { return c.category() == QChar::Other_Control; });
    if (control)
        return wrongSetting(key, value, u"holds a line break or another control character"_s,
                            u"Write it on one line."_s);
    switch (key.kind) {
    case SettingKey::Kind::Text:
        if (!isToken(value.value))
            return wrongSetting(key, value, u"holds a space or a character outside ASCII"_s,
                                u"Copy it again from the provider's page, without anything around it."_s);
        return {};
    case SettingKey::Kind::Url:
        return checkUrl(key, value, places);
    case SettingKey::Kind::RedirectUri:
        return checkRedirect(key, value);
    case SettingKey::Kind::Scopes:
        return checkScopes(key, value);
    case SettingKey::Kind::HexKey:
        return checkHexKey(key, value);
    case SettingKey::Kind::Provider:
        if (!knownProviderIds().contains(value.value))
            return wrongSetting(key, value, u"names no provider this program knows"_s,
                                u"Valid names: %1."_s.arg(knownProviderIds().join(u", "_s)));
        return {};
    case SettingKey::Kind::DatabaseUrl:
    case SettingKey::Kind::Folder:
        return {};
    }
    return {};
}

Result<QString> databasePath(const SettingKey &key, const SettingValue &value, const SettingPlaces &places)
{
    const QString form =
        u"Write sqlite:///name.db for a relative path, sqlite:////folder/name.db for an absolute one."_s;
    if (value.value.startsWith(u"postgres"_s))
        return wrongSetting(key, value, u"names a PostgreSQL database; that comes with a later version"_s,
                            form);
    const QString prefix = u"sqlite:///"_s;
    if (!value.value.startsWith(prefix))
        return wrongSetting(key, value, u"is not an SQLite address"_s, form);
    const QString path = value.value.mid(prefix.size());
    if (path.isEmpty() || path == u":memory:"_s)
        return wrongSetting(key, value, u"names no file, so nothing could be kept"_s, form);
    if (path.contains(u'?'))
        return wrongSetting(key, value, u"has options after a question mark, which are not supported"_s,
                            form);
    const QString absolute = QDir::cleanPath(QDir(places.relativeTo).absoluteFilePath(path));
    if (path.endsWith(u'/') || QFileInfo(absolute).isDir())
        return wrongSetting(key, value, u"names %1, which is a folder, not a database file"_s.arg(absolute),
                            form);
    return absolute;
}

Result<QString> folderPath(const SettingKey &key, const SettingValue &value, const SettingPlaces &places)
{
    QString absolute = QDir::cleanPath(QDir(places.relativeTo).absoluteFilePath(value.value));
    const QFileInfo info(absolute);
    if (info.exists() && !info.isDir())
        return wrongSetting(key, value, u"names %1, which is a file, not a folder"_s.arg(absolute),
                            u"Name a folder, or move the file away."_s);
    return absolute;
}

} // namespace wristkeep
