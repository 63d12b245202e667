// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything the dashboard shows about the chosen account at one moment, as a value.

#include "core/syncmessages.h"
#include "gui/statecolors.h"

#include <QDate>

#include <optional>

namespace wristkeep {

/// Something to tell that needs no answer: shown in the banner, never in a box that stops the person.
struct Notice
{
    Tone tone = Tone::Attention;
    QString title;
    QString sentence;
    QString nextStep;
};

/// A service the person may choose: one that is set up, or has brought something before.
struct ServiceFacts
{
    QString id;    ///< "google-health"
    QString title; ///< "Google Health"
    bool configured = false;
    std::optional<qint64> endedUtc = {}; ///< when it closed for good; none: it is alive
    QString successor = {};              ///< title of the one that goes on with its data; may be empty
    bool operator==(const ServiceFacts &) const = default;
};

enum class StoreState : std::uint8_t { Opening, Open, Failed };

struct DashboardFacts
{
    AccountKey account;
    QString provider;                  ///< title, e.g. "Fitbit"
    QList<ServiceFacts> services = {}; ///< all there are; chosen from by servicesOf()
    bool demo = false;
    bool configured = true; ///< the provider's id and secret are there
    StoreState store = StoreState::Opening;
    std::optional<Error> openError;
    std::optional<AccountStatus> status; ///< as last read

    bool connecting = false;
    QUrl authorizeUrl; ///< empty until the program listens
    QString redirectUri;
    bool disconnecting = false;
    bool syncing = false;
    bool cancelling = false; ///< Cancel was pressed, the end has not come yet
    SyncProgress progress;
    std::optional<SyncReport> report; ///< of the last run in this window
    bool serviceGone = false;         ///< the provider answered 410 the last time it was asked
    bool offline = false;             ///< the last sign-in or sync reached nobody
    std::optional<qint64> endedUtc;   ///< when the provider's service closed for good; none: it is alive
    QString successor;       ///< title of the provider that goes on with this one's data; may be empty
    QString predecessor;     ///< title of the one it goes on from; empty: this person has nothing there
    QDate goesOnFrom;        ///< that one's newest day, while nothing has come from this one yet
    bool movingOver = false; ///< the successor's set-up page is shown
    std::optional<Notice> notice;
};

/// Those worth choosing between: configured, chosen now, or the one before with data of this person.
[[nodiscard]] QList<ServiceFacts> servicesOf(const DashboardFacts &facts);

} // namespace wristkeep
