// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlepagetoken.h"

#include "simulator/simmessage.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr auto pageTokenForm = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray seal(const QByteArray &text, const QByteArray &binding)
{
    return QCryptographicHash::hash(text + '\n' + binding, QCryptographicHash::Sha256)
        .left(9)
        .toBase64(pageTokenForm);
}

} // namespace

QByteArray pageBinding(const QString &userId, const SimRequest &request, const QJsonObject &body)
{
    QStringList lines = {userId, request.path};
    QStringList parameters;
    for (const auto &[name, value] : request.query) {
        if (name != u"pageToken"_s)
            parameters.append(name + u'=' + value);
    }
    parameters.sort();
    lines += parameters;
    QJsonObject rest = body;
    rest.remove(u"pageToken"_s);
    return lines.join(u'\n').toUtf8() + QJsonDocument(rest).toJson(QJsonDocument::Compact);
}

QByteArray writePageToken(const GooglePosition &position, const QByteArray &binding)
{
    const QByteArray text = QByteArray::number(int(position.atStart)) + ' ' +
                            QByteArray::number(position.at) + ' ' + QByteArray::number(position.seen) + ' ' +
                            QByteArray::number(position.lastSync);
    return (text + ' ' + seal(text, binding)).toBase64(pageTokenForm);
}

std::optional<GooglePosition> readPageToken(const QString &token, const QByteArray &binding)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        token.toLatin1(), pageTokenForm | QByteArray::AbortOnBase64DecodingErrors);
    const QList<QByteArray> parts = decoded ? (*decoded).split(' ') : QList<QByteArray>();
    if (parts.size() != 5 || seal(parts.first(4).join(' '), binding) != parts.at(4))
        return std::nullopt;
    return GooglePosition{parts.at(0) == "1", parts.at(1).toLongLong(), parts.at(2).toInt(),
                          parts.at(3).toLongLong()};
}

} // namespace wristkeep
