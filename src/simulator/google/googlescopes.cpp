// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlescopes.h"

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView healthPrefix("https://www.googleapis.com/auth/googlehealth.");

struct ScopeRow
{
    const char *name; ///< below the health prefix, or whole
    const char *title;
    const char *description;
};

constexpr std::array<ScopeRow, 19> healthScopes = {{
    {"activity_and_fitness.readonly", "Activity and fitness", "Steps, distance, floors, calories, exercise"},
    {"activity_and_fitness.writeonly", "Add activity and fitness", "Write steps, distance, exercise"},
    {"health_metrics_and_measurements.readonly", "Health metrics and measurements",
     "Heart rate, resting rate, oxygen, weight, temperature"},
    {"health_metrics_and_measurements.writeonly", "Add health metrics", "Write weight, body fat, glucose"},
    {"sleep.readonly", "Sleep", "Sleep times and sleep stages"},
    {"sleep.writeonly", "Add sleep", "Write sleep times"},
    {"nutrition.readonly", "Nutrition", "Logged food and water"},
    {"nutrition.writeonly", "Add nutrition", "Write food and water"},
    {"profile.readonly", "Profile", "Age, membership, stride lengths"},
    {"profile.writeonly", "Change the profile", "Write stride lengths"},
    {"settings.readonly", "Settings", "Time zone, units, paired devices"},
    {"settings.writeonly", "Change the settings", "Write time zone and units"},
    {"location.readonly", "Location", "GPS tracks of recorded exercises"},
    {"ecg.readonly", "Electrocardiogram", "Recorded ECG readings"},
    {"irn.readonly", "Irregular rhythm", "Notifications about irregular rhythm"},
    {"logged_symptoms.readonly", "Symptoms", "Logged symptoms"},
    {"mindfulness.readonly", "Mindfulness", "Logged moods"},
    {"reproductive_health.readonly", "Reproductive health", "Cycle and ovulation tests"},
    {"reproductive_health.writeonly", "Add reproductive health", "Write cycle and ovulation tests"},
}};

/// OpenID Connect: harmless beside health scopes.
constexpr std::array<ScopeRow, 5> openIdScopes = {{
    {"openid", "Sign in", "Associate you with your personal info on Google"},
    {"email", "E-mail address", "See your primary e-mail address"},
    {"profile", "Personal info", "See your name and picture"},
    {"https://www.googleapis.com/auth/userinfo.email", "E-mail address", "See your primary e-mail address"},
    {"https://www.googleapis.com/auth/userinfo.profile", "Personal info", "See your name and picture"},
}};

/// Scopes of other Google services; with one of them the Health API refuses a token.
constexpr std::array<ScopeRow, 4> foreignScopes = {{
    {"https://www.googleapis.com/auth/cloud-platform", "Google Cloud", "See and change Google Cloud data"},
    {"https://www.googleapis.com/auth/fitness.activity.read", "Google Fit", "See activity in Google Fit"},
    {"https://www.googleapis.com/auth/fitness.heart_rate.read", "Google Fit heart rate",
     "See heart rate in Google Fit"},
    {"https://www.googleapis.com/auth/gmail.readonly", "Gmail", "Read e-mail"},
}};

template<std::size_t size>
const ScopeRow *findRow(const std::array<ScopeRow, size> &rows, QStringView name)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [name](const ScopeRow &row) {
        return name == QLatin1StringView(row.name);
    });
    return found == rows.end() ? nullptr : &*found;
}

const ScopeRow *findAny(const QString &id)
{
    if (id.startsWith(healthPrefix))
        return findRow(healthScopes, QStringView(id).mid(healthPrefix.size()));
    if (const ScopeRow *row = findRow(openIdScopes, id))
        return row;
    return findRow(foreignScopes, id);
}

} // namespace

QString googleHealthScope(QLatin1StringView suffix)
{
    return healthPrefix + suffix;
}

std::optional<ConsentScope> findGoogleScope(const QString &id)
{
    const ScopeRow *row = findAny(id);
    if (!row)
        return std::nullopt;
    return ConsentScope{id, QString::fromLatin1(row->title), QString::fromLatin1(row->description)};
}

QStringList foreignGoogleScopes(const QStringList &scopes)
{
    QStringList foreign = scopes;
    foreign.removeIf([](const QString &scope) {
        return scope.startsWith(healthPrefix) || findRow(openIdScopes, scope) != nullptr;
    });
    return foreign;
}

bool readsGoogleHealth(const QStringList &scopes)
{
    return std::any_of(scopes.begin(), scopes.end(), [](const QString &scope) {
        return scope.startsWith(healthPrefix) && scope.endsWith(u".readonly"_s);
    });
}

} // namespace wristkeep
