// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/redirectaddress.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

bool isThisComputer(const QString &host)
{
    return host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
}

} // namespace

Result<RedirectAddress> RedirectAddress::parse(const QString &configured, const QString &setting)
{
    const auto wrong = [&](const QString &why) {
        Error error;
        error.kind = ErrorKind::BadConfiguration;
        error.detail = u"%1 is not usable: %2."_s.arg(setting, why);
        error.nextStep =
            u"Set %1 to an address of this computer such as http://localhost:5000/fitbit/callback, and enter "
            "the same one at the provider."_s.arg(setting);
        return failure(error);
    };
    const QUrl url(configured, QUrl::StrictMode);
    if (configured.trimmed() != configured || !url.isValid())
        return wrong(u"it is not a valid URL"_s);
    if (url.scheme() != "http"_L1)
        return wrong(u"it must begin with http://, because the browser comes back to this computer"_s);
    if (!isThisComputer(url.host().toLower()))
        return wrong(u"its host must be localhost, 127.0.0.1 or [::1]"_s);
    if (!url.userInfo().isEmpty() || url.hasFragment() || url.hasQuery())
        return wrong(u"it must hold nothing but host, port and path"_s);

    RedirectAddress address;
    address.uri = configured;
    address.host = url.host().toLower();
    address.port = quint16(url.port(80));
    address.path = url.path(QUrl::FullyEncoded).toLatin1();
    if (address.path.isEmpty())
        address.path = "/";
    return address;
}

RedirectAddress RedirectAddress::withPort(quint16 realPort) const
{
    RedirectAddress real = *this;
    if (port != 0)
        return real;
    // In the text itself, so that case and slashes stay as they were written.
    static const QRegularExpression zeroPort(u"^([^:]+://[^/]*:)0+(?=/|$)"_s);
    real.uri.replace(zeroPort, u"\\1%1"_s.arg(realPort));
    real.port = realPort;
    return real;
}

bool RedirectAddress::isHost(const QByteArray &hostHeader) const
{
    const QByteArray given = hostHeader.trimmed().toLower();
    for (const QByteArray name : {"localhost", "127.0.0.1", "[::1]"}) {
        if (given == name + ':' + QByteArray::number(port) || (port == 80 && given == name))
            return true;
    }
    return false;
}

} // namespace wristkeep
