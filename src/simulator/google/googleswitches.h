// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What differs between projects, accounts and answers of Google Health, as switches of the control interface.

#include <QJsonObject>

#include <cstdint>
#include <optional>

namespace wristkeep {

/// The client's Cloud project. Disabled: the API was not switched on there. NotOnboarded: Google does not
/// admit new projects.
enum class GoogleProject : std::uint8_t { Ok, Disabled, NotOnboarded };

/// The person's account. NotLinked: no Google Health profile (400); Precondition: the same as 412;
/// NoPermission: every call is refused until the person consents anew.
enum class GoogleAccount : std::uint8_t { Linked, NotLinked, Precondition, NoPermission };

struct GoogleSwitches
{
    GoogleProject project = GoogleProject::Ok;
    GoogleAccount account = GoogleAccount::Linked;
    bool rotate = false;         ///< a refresh gives a new refresh token and ends the old one
    bool emptyPage = false;      ///< the first page is empty and carries a token
    bool repeatToken = false;    ///< a page's token is the one it was asked with
    bool dropTies = false;       ///< records that begin like a page's last one are lost
    bool omitZero = false;       ///< a count of 0 has no member
    bool noCivil = false;        ///< no civil times in data points
    bool nan = false;            ///< a heart-rate window without reading after one with readings holds "NaN"
    bool sameDay = false;        ///< a daily roll-up with start = end is one window; else refused
    std::optional<int> pageSize; ///< at most so many records or windows a page
};

/// What is wrong with the command; nothing when it was taken over.
std::optional<QString> readGoogleSwitches(const QJsonObject &command, GoogleSwitches *switches);

} // namespace wristkeep
