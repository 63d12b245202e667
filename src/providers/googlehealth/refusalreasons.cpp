// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/refusalreasons.h"

#include <algorithm>
#include <array>

namespace wristkeep {

namespace {

constexpr auto NoProfile = "This Google account has no Google Health profile.";
constexpr auto MakeProfile =
    "Sign in to the Google Health app on the phone with this very account, let it sync the device once, then "
    "try again here.";
constexpr auto Withdrawn =
    "The permission for this account's data was withdrawn, or Google holds it in an odd state.";
constexpr auto GrantAnew = "Remove this program at https://myaccount.google.com/connections, then reconnect.";
constexpr auto ProjectClosed = "Google does not let the Google Cloud project of the client ID be used.";
constexpr auto CheckProject =
    "At https://console.cloud.google.com check that the project still exists and that the Google Health API "
    "is enabled in it.";
constexpr auto NoScope = "The permission given does not cover this kind of data.";
constexpr auto TickScope =
    "Add its scope under Data Access in the Google Cloud console, then reconnect and tick every box.";

constexpr std::array healthReasons{
    RefusalReason{"ACCOUNT_NOT_LINKED", ErrorKind::AccountRefused, NoProfile, MakeProfile},
    // A 412, or a 400 without details: "Precondition check failed."
    RefusalReason{"FAILED_PRECONDITION", ErrorKind::AccountRefused, NoProfile, MakeProfile},
    RefusalReason{"RESOURCE_PERMISSION_DENIED", ErrorKind::AccountRefused, Withdrawn, GrantAnew},
    RefusalReason{"DATA_ACCESS_DENIED", ErrorKind::AccountRefused, Withdrawn, GrantAnew},
    // Without details: seen for accounts whose tracker hangs on a login of the old Fitbit.
    RefusalReason{
        "PERMISSION_DENIED", ErrorKind::AccountRefused,
        "Google refuses all data of this account; its tracker may still hang on an old Fitbit login.",
        "Move the tracker to this Google account in the phone app, then try again. If it is there "
        "already, remove this program at https://myaccount.google.com/connections and reconnect."},
    RefusalReason{
        "DISALLOWED_OAUTH_SCOPES", ErrorKind::AccountRefused,
        "The permission also covers other services of Google, and is refused as a whole for that.",
        "Leave only googlehealth scopes in GOOGLE_HEALTH_SCOPES and use a client for this program "
        "alone; then remove this program at https://myaccount.google.com/connections and reconnect."},
    RefusalReason{
        "SERVICE_DISABLED", ErrorKind::ProjectRefused,
        "The Google Health API is not enabled in the Google Cloud project of the client ID.",
        "At https://console.cloud.google.com choose that project, open APIs & Services, Library, find "
        "\"Google Health API\" and press Enable; try again some minutes later."},
    RefusalReason{
        "API_PRIVATE_PREVIEW_ACCESS_DENIED", ErrorKind::ProjectRefused,
        "Google has not admitted the Google Cloud project of the client ID to the Google Health API.",
        "Nothing here can change that: ask Google for access, or use a client ID of a project that "
        "has it."},
    RefusalReason{"USER_PROJECT_DENIED", ErrorKind::ProjectRefused, ProjectClosed, CheckProject},
    RefusalReason{"IAM_PERMISSION_DENIED", ErrorKind::ProjectRefused, ProjectClosed, CheckProject},
    RefusalReason{"ACCESS_TOKEN_SCOPE_INSUFFICIENT", ErrorKind::ScopeMissing, NoScope, TickScope},
    RefusalReason{"MISSING_OAUTH_SCOPE", ErrorKind::ScopeMissing, NoScope, TickScope},
};

constexpr auto Configured = "Google does not accept what this program is set up with.";

constexpr std::array tokenReasons{
    RefusalReason{
        "invalid_grant", ErrorKind::TokenRefused, "Google no longer accepts the permission.",
        "Reconnect; the data kept so far stays. If this comes back every seven days, press \"Publish "
        "app\" on the Audience page of the Google Cloud project before you reconnect."},
    RefusalReason{"invalid_client", ErrorKind::ClientRefused,
                  "Google does not know this client ID and secret.", ""},
    RefusalReason{"unauthorized_client", ErrorKind::ClientRefused,
                  "Google does not let this client ask for a permission in this way.",
                  "Register a client of type \"Desktop app\" and set its ID and secret."},
    RefusalReason{
        "invalid_request", ErrorKind::RequestRefused, Configured,
        "Check that GOOGLE_HEALTH_CLIENT_ID and GOOGLE_HEALTH_CLIENT_SECRET are both set and belong "
        "together."},
    RefusalReason{
        "redirect_uri_mismatch", ErrorKind::RequestRefused,
        "The redirect address is not the one registered for the client.",
        "Register GOOGLE_HEALTH_REDIRECT_URI exactly as it is set, or use a client of type \"Desktop "
        "app\", which needs none registered."},
    RefusalReason{
        "invalid_scope", ErrorKind::RequestRefused, "A scope asked for is not one of Google's.",
        "Compare GOOGLE_HEALTH_SCOPES with the scopes under Data Access in the Google Cloud console."},
    RefusalReason{"unsupported_grant_type", ErrorKind::RequestRefused, Configured, ""},
    RefusalReason{"invalid_token", ErrorKind::TokenRefused, "Google no longer knows the permission.", ""},
};

template<size_t Count>
const RefusalReason *find(const std::array<RefusalReason, Count> &reasons, const QString &name)
{
    const auto *const found =
        std::find_if(reasons.begin(), reasons.end(), [&name](const RefusalReason &reason) {
            return name == QLatin1StringView(reason.reason);
        });
    return found == reasons.end() ? nullptr : found;
}

} // namespace

const RefusalReason *healthReason(const QString &reason)
{
    return find(healthReasons, reason);
}

const RefusalReason *tokenReason(const QString &code)
{
    return find(tokenReasons, code);
}

} // namespace wristkeep
