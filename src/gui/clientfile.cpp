// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/clientfile.h"

#include "core/json.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qint64 mostBytes = 64 * 1024;

struct ClientFileTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::ClientFile)
};

tl::unexpected<Error> wrong(const QString &what, const QString &remedy = {})
{
    Error error;
    error.kind = ErrorKind::BadConfiguration;
    error.detail = what;
    error.nextStep =
        remedy.isEmpty()
            ? ClientFileTr::tr("Choose the file client_secret_….json that the console lets you download "
                               "when the client is made.")
            : remedy;
    return failure(error);
}

QString textOf(const JsonNode &node, const QString &member)
{
    const auto found = node.optionalMember(member);
    return found ? found->text().value_or(QString()).trimmed() : QString();
}

/// Google's own files of other kinds are the likeliest slips.
Result<ClientFile> otherFile(const JsonNode &root)
{
    const QString type = textOf(root, u"type"_s);
    if (type == "service_account"_L1 || root.has(u"private_key"_s)) {
        return wrong(
            ClientFileTr::tr("This is the key of a service account, which cannot read a person's data."),
            ClientFileTr::tr("Create a client of type Desktop app and take its file instead. Keep this one "
                             "out of other hands: it holds a private key."));
    }
    if (type == "authorized_user"_L1 || root.has(u"refresh_token"_s) || root.has(u"access_token"_s))
        return wrong(ClientFileTr::tr("This file holds somebody's sign-in, not a client ID and secret."));
    return wrong(ClientFileTr::tr("This file describes no OAuth client."));
}

QString loopbackOf(const JsonNode &client)
{
    const auto listed = client.optionalMember(u"redirect_uris"_s);
    if (!listed)
        return {};
    const Result<QList<JsonNode>> addresses = listed->items();
    if (!addresses)
        return {};
    for (const JsonNode &address : *addresses) {
        const QString text = address.text().value_or(QString());
        const QUrl url(text, QUrl::StrictMode);
        const bool here = url.host() == "localhost"_L1 || url.host() == "127.0.0.1"_L1;
        if (url.scheme() == "http"_L1 && here && url.port() > 0 && !url.path().isEmpty())
            return text;
    }
    return {};
}

} // namespace

Result<ClientFile> readClientFile(const QByteArray &bytes)
{
    QByteArray text = bytes;
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    if (text.trimmed().isEmpty())
        return wrong(ClientFileTr::tr("This file is empty."));
    if (text.contains('\0') || !text.isValidUtf8())
        return wrong(ClientFileTr::tr("This is not a text file."));
    const Result<JsonNode> root = JsonNode::parse(text);
    if (!root || !root->value().isObject())
        return wrong(
            ClientFileTr::tr("This file is not what the console offers for download, or not all of it."));
    ClientFile file;
    file.isWeb = root->has(u"web"_s);
    const auto client = root->optionalMember(file.isWeb ? u"web"_s : u"installed"_s);
    if (!client || !client->value().isObject())
        return otherFile(*root);
    file.id = textOf(*client, u"client_id"_s);
    file.secret = textOf(*client, u"client_secret"_s);
    if (file.id.isEmpty())
        return wrong(ClientFileTr::tr("This file names no client ID."));
    if (file.secret.isEmpty()) {
        return wrong(
            ClientFileTr::tr("This client has no secret; it is made for a phone, a browser extension or "
                             "the like."),
            ClientFileTr::tr("Create a client of type Desktop app."));
    }
    if (file.isWeb)
        file.loopbackRedirect = loopbackOf(*client);
    return file;
}

Result<ClientFile> loadClientFile(const QString &path)
{
    const QFileInfo info(path);
    QFile file(path);
    // A pipe or a device would let the window wait for ever.
    if (!info.isFile())
        return wrong(ClientFileTr::tr("This is not a file."));
    if (info.size() > mostBytes)
        return wrong(ClientFileTr::tr("This file is far too large."));
    if (!file.open(QIODevice::ReadOnly))
        return wrong(ClientFileTr::tr("This file cannot be read."),
                     ClientFileTr::tr("Check who may read it."));
    return readClientFile(file.read(mostBytes));
}

} // namespace wristkeep
