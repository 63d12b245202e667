// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortexts.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr auto context = "ErrorText";

/// What becomes of Error::detail: it says more, it says it all, or it is of no use to a person.
enum class Detail : std::uint8_t { Follows, Replaces, Hidden };

struct Row
{
    ErrorKind kind;
    const char *title;
    const char *sentence;
    const char *nextStep;
    Detail detail = Detail::Follows;
};

// %1 is the provider's title, e.g. Fitbit.
constexpr std::array rows{
    Row{ErrorKind::Network, QT_TRANSLATE_NOOP("ErrorText", "No connection"),
        QT_TRANSLATE_NOOP("ErrorText", "Could not reach %1."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the internet connection, then try again.")},
    Row{ErrorKind::TimedOut, QT_TRANSLATE_NOOP("ErrorText", "No answer"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 did not answer in time."),
        QT_TRANSLATE_NOOP("ErrorText", "Try again in a few minutes.")},
    Row{ErrorKind::ServiceFailing, QT_TRANSLATE_NOOP("ErrorText", "Service in trouble"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 has a problem of its own at the moment."),
        QT_TRANSLATE_NOOP("ErrorText", "Try again later; nothing here needs changing.")},
    Row{ErrorKind::RateLimited, QT_TRANSLATE_NOOP("ErrorText", "Limit reached"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 takes no more requests for now: this hour's limit is used up."),
        QT_TRANSLATE_NOOP("ErrorText", "Sync again in an hour; what is here stays."), Detail::Hidden},
    Row{ErrorKind::NotConnected, QT_TRANSLATE_NOOP("ErrorText", "Not connected"),
        QT_TRANSLATE_NOOP("ErrorText", "No %1 account is connected."),
        QT_TRANSLATE_NOOP("ErrorText", "Connect it first.")},
    Row{ErrorKind::TokenRefused, QT_TRANSLATE_NOOP("ErrorText", "Reconnect needed"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 no longer accepts the permission given to this program."),
        QT_TRANSLATE_NOOP("ErrorText", "Reconnect. The data kept so far stays.")},
    Row{ErrorKind::ScopeMissing, QT_TRANSLATE_NOOP("ErrorText", "No permission"),
        QT_TRANSLATE_NOOP("ErrorText", "The permission given at %1 does not cover this kind of data."),
        QT_TRANSLATE_NOOP("ErrorText", "Reconnect to grant it."), Detail::Replaces},
    Row{ErrorKind::PermissionDenied, QT_TRANSLATE_NOOP("ErrorText", "Not permitted"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 refused this kind of data."),
        QT_TRANSLATE_NOOP("ErrorText", "Check the type of the application registered at the provider.")},
    Row{ErrorKind::AccountRefused, QT_TRANSLATE_NOOP("ErrorText", "Account refused"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 gives out no data of this account."),
        QT_TRANSLATE_NOOP("ErrorText", "Check in the phone app that this account is in use there.")},
    Row{ErrorKind::ProjectRefused, QT_TRANSLATE_NOOP("ErrorText", "Project refused"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 is closed to the project this client ID belongs to."),
        QT_TRANSLATE_NOOP("ErrorText", "Check that project on the page where the client is registered.")},
    Row{ErrorKind::ServiceGone, QT_TRANSLATE_NOOP("ErrorText", "Service shut down"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 says that this service no longer exists."),
        QT_TRANSLATE_NOOP("ErrorText", "Look for a newer version of this program."), Detail::Hidden},
    Row{ErrorKind::RequestRefused, QT_TRANSLATE_NOOP("ErrorText", "Request refused"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 refused a request."),
        QT_TRANSLATE_NOOP("ErrorText", "If it happens again, report it together with this text.")},
    Row{ErrorKind::NotUnderstood, QT_TRANSLATE_NOOP("ErrorText", "Not understood"),
        QT_TRANSLATE_NOOP("ErrorText", "Saved but not understood: %1 sent an answer in an unknown form."),
        QT_TRANSLATE_NOOP("ErrorText", "Nothing is lost: a later version can read it from the archive.")},
    Row{ErrorKind::Storage, QT_TRANSLATE_NOOP("ErrorText", "Cannot save"),
        QT_TRANSLATE_NOOP("ErrorText", "The data could not be saved or read on this computer."),
        QT_TRANSLATE_NOOP("ErrorText",
                          "Check that the folder exists, is yours to write to, and has free space."),
        Detail::Replaces},
    Row{ErrorKind::DatabaseTooNew, QT_TRANSLATE_NOOP("ErrorText", "Newer database"),
        QT_TRANSLATE_NOOP("ErrorText", "The database was written by a newer version of this program."),
        QT_TRANSLATE_NOOP("ErrorText", "Update this program, or choose another database."), Detail::Replaces},
    Row{ErrorKind::KeyUnusable, QT_TRANSLATE_NOOP("ErrorText", "Reconnect needed"),
        QT_TRANSLATE_NOOP("ErrorText", "The stored sign-in is sealed with another key and cannot be opened."),
        QT_TRANSLATE_NOOP("ErrorText", "Put the old key back, or reconnect. The data kept so far stays.")},
    Row{ErrorKind::Cancelled, QT_TRANSLATE_NOOP("ErrorText", "Stopped"),
        QT_TRANSLATE_NOOP("ErrorText", "Stopped."), "", Detail::Replaces},
    Row{ErrorKind::BadUsage, QT_TRANSLATE_NOOP("ErrorText", "Cannot do that"),
        QT_TRANSLATE_NOOP("ErrorText", "That cannot be done as it was written."), "", Detail::Replaces},
    Row{ErrorKind::BadConfiguration, QT_TRANSLATE_NOOP("ErrorText", "Set-up needed"),
        QT_TRANSLATE_NOOP("ErrorText", "A setting is missing or wrong."), "", Detail::Replaces},
    Row{ErrorKind::ClientRefused, QT_TRANSLATE_NOOP("ErrorText", "Credentials refused"),
        QT_TRANSLATE_NOOP("ErrorText", "%1 does not accept the client ID and secret of this program."),
        QT_TRANSLATE_NOOP("ErrorText", "Copy both again from the page where the application is registered.")},
    Row{ErrorKind::PortBusy, QT_TRANSLATE_NOOP("ErrorText", "Port in use"),
        QT_TRANSLATE_NOOP("ErrorText", "Another program uses the port the browser's answer comes to."),
        QT_TRANSLATE_NOOP("ErrorText",
                          "Close that program, or choose another port in the redirect address here and "
                          "at the provider."),
        Detail::Replaces},
    Row{ErrorKind::ConsentDenied, QT_TRANSLATE_NOOP("ErrorText", "Permission not given"),
        QT_TRANSLATE_NOOP("ErrorText", "The permission was declined on %1's page."),
        QT_TRANSLATE_NOOP("ErrorText", "Connect again and choose Allow.")},
    Row{ErrorKind::ConsentTimedOut, QT_TRANSLATE_NOOP("ErrorText", "Nobody answered"),
        QT_TRANSLATE_NOOP("ErrorText", "The browser did not come back with %1's answer in time."),
        QT_TRANSLATE_NOOP("ErrorText",
                          "Connect again. If the browser showed an error, compare the redirect address.")},
    Row{ErrorKind::WrongAccount, QT_TRANSLATE_NOOP("ErrorText", "Another account"),
        QT_TRANSLATE_NOOP("ErrorText", "The browser signed in to another %1 account than expected."),
        QT_TRANSLATE_NOOP("ErrorText", "Sign out at %1 in the browser, then connect again.")},
    Row{ErrorKind::Busy, QT_TRANSLATE_NOOP("ErrorText", "Already at work"),
        QT_TRANSLATE_NOOP("ErrorText", "Another window or program is already working on this account."),
        QT_TRANSLATE_NOOP("ErrorText", "Wait until it is done, then try again.")},
    Row{ErrorKind::Internal, QT_TRANSLATE_NOOP("ErrorText", "A fault in the program"),
        QT_TRANSLATE_NOOP("ErrorText", "Something went wrong inside this program."),
        QT_TRANSLATE_NOOP("ErrorText", "Please report it together with this text.")},
};

// Where more is known about one provider: Fitbit's end with its date and its successor (docs/PROVIDERS.md),
// and the names of the settings to look at.
struct ProviderRow
{
    const char *provider;
    Row row;
};

constexpr std::array providerRows{
    ProviderRow{"Fitbit",
                {ErrorKind::ServiceGone, QT_TRANSLATE_NOOP("ErrorText", "Service shut down"),
                 QT_TRANSLATE_NOOP("ErrorText", "The Fitbit Web API was shut down on 2 November 2026."),
                 QT_TRANSLATE_NOOP("ErrorText", "Connect Google Health instead."), Detail::Hidden}},
    ProviderRow{"Fitbit",
                {ErrorKind::ClientRefused, QT_TRANSLATE_NOOP("ErrorText", "Credentials refused"),
                 QT_TRANSLATE_NOOP("ErrorText", "%1 does not accept the client ID and secret."),
                 QT_TRANSLATE_NOOP("ErrorText", "Copy FITBIT_CLIENT_ID and FITBIT_CLIENT_SECRET again "
                                                "from the page where the application is registered.")}},
    ProviderRow{
        "Google Health",
        {ErrorKind::ClientRefused, QT_TRANSLATE_NOOP("ErrorText", "Credentials refused"),
         QT_TRANSLATE_NOOP("ErrorText", "%1 does not accept the client ID and secret."),
         QT_TRANSLATE_NOOP("ErrorText", "Copy GOOGLE_HEALTH_CLIENT_ID and GOOGLE_HEALTH_CLIENT_SECRET again "
                                        "from the page where the client is registered.")}},
    ProviderRow{
        "Google Health",
        {ErrorKind::RateLimited, QT_TRANSLATE_NOOP("ErrorText", "Limit reached"),
         QT_TRANSLATE_NOOP("ErrorText", "%1 takes no more requests for now: this minute's limit is used up."),
         QT_TRANSLATE_NOOP("ErrorText", "Sync again in a few minutes; what is here stays."), Detail::Hidden}},
};

const Row &rowOf(ErrorKind kind, const QString &provider)
{
    for (const ProviderRow &each : providerRows) {
        if (each.row.kind == kind && provider == QLatin1StringView(each.provider))
            return each.row;
    }
    const auto *row = std::find_if(rows.begin(), rows.end(), [kind](const Row &r) { return r.kind == kind; });
    return row == rows.end() ? rows.back() : *row;
}

QString translated(const char *text, const QString &provider)
{
    if (*text == '\0')
        return {};
    const QString whole = QCoreApplication::translate(context, text);
    return whole.contains(u"%1"_s) ? whole.arg(provider) : whole;
}

QString asSentence(QString text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return text;
    text[0] = text.at(0).toUpper();
    if (!text.endsWith(u'.') && !text.endsWith(u'!') && !text.endsWith(u'?'))
        text += u'.';
    return text;
}

QString clockTime(qint64 utc)
{
    return QDateTime::fromSecsSinceEpoch(utc).toString(u"HH:mm"_s);
}

QString nextStepOf(const Error &error, const Row &row, const QString &provider)
{
    if (!error.nextStep.isEmpty())
        return asSentence(error.nextStep);
    if (error.retryAtUtc && error.kind == ErrorKind::RateLimited)
        return QCoreApplication::translate(context, "Sync again from %1 on; what is here stays.")
            .arg(clockTime(*error.retryAtUtc));
    if (error.retryAtUtc && isTransient(error.kind))
        return QCoreApplication::translate(context, "Trying again at %1.").arg(clockTime(*error.retryAtUtc));
    return translated(row.nextStep, provider);
}

} // namespace

ErrorText errorText(const Error &error, const QString &provider)
{
    const QString title =
        provider.isEmpty() ? QCoreApplication::translate(context, "The provider") : provider;
    const Row &row = rowOf(error.kind, provider);
    ErrorText text;
    text.title = translated(row.title, title);
    text.sentence = translated(row.sentence, title);
    text.nextStep = nextStepOf(error, row, title);
    const QString detail = asSentence(error.detail);
    if (detail.isEmpty() || row.detail == Detail::Hidden)
        return text;
    text.sentence = row.detail == Detail::Replaces ? detail : text.sentence + u' ' + detail;
    return text;
}

QString errorLine(const Error &error, const QString &provider)
{
    const ErrorText text = errorText(error, provider);
    return text.nextStep.isEmpty() ? text.sentence : text.sentence + u' ' + text.nextStep;
}

} // namespace wristkeep
