// SPDX-License-Identifier: GPL-3.0-or-later

// The one table of verbs: a new command is a row here and a class of its own.

#include "cli/backfillcommand.h"
#include "cli/command.h"
#include "cli/connectcommand.h"
#include "cli/disconnectcommand.h"
#include "cli/doctorcommand.h"
#include "cli/dryruncommand.h"
#include "cli/participantscommand.h"
#include "cli/rebuildcommand.h"
#include "cli/statuscommand.h"
#include "cli/synccommand.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

template<typename T>
std::unique_ptr<Command> make(CommandContext &context)
{
    return std::make_unique<T>(context);
}

} // namespace

const QList<Verb> &verbs()
{
    static const QList<Verb> table{
        {{u"connect"_s,
          {},
          {{u"no-browser"_s, {}, u"only print the address, open nothing"_s},
           {u"timeout"_s, u"SECONDS"_s, u"how long to wait for the browser (300)"_s}},
          u"Connect an account: opens the provider's consent page in the browser"_s,
          {u"The address is printed too. On a terminal you may paste the address the browser ends on,"_s,
           u"for a browser that runs on another computer."_s}},
         true,
         true,
         ConnectCommand::check,
         make<ConnectCommand>},
        {{u"disconnect"_s,
          {},
          {{u"keep-grant"_s, {}, u"forget the sign-in here, but do not end the permission"_s}},
          u"End the permission at the provider and forget the sign-in; keeps the data"_s,
          {u"The permission ends on every computer that uses the same application."_s}},
         true,
         false,
         nullptr,
         make<DisconnectCommand>},
        {{u"status"_s, {}, {}, u"Who is connected, since when, and how the last sync went"_s, {}},
         true,
         false,
         nullptr,
         make<StatusCommand>},
        {{u"sync"_s,
          {},
          {{u"date"_s, u"DATE"_s, u"one day, as 2026-03-01; asks again even if it is complete"_s},
           {u"from"_s, u"DATE"_s, u"first day; without --to up to yesterday"_s},
           {u"to"_s, u"DATE"_s, u"last day, included"_s},
           {u"data"_s, u"LIST"_s, u"names separated by commas, or all"_s},
           {u"dry-run"_s, {}, u"only tell what would be asked, how long it takes and what it weighs"_s}},
          u"Fetch the data: yesterday's steps and heart rate unless told otherwise"_s,
          {u"Without --participant everybody who is connected is synced."_s}},
         true,
         true,
         SyncCommand::check,
         [](CommandContext &context) {
             return context.arguments.has("dry-run") ? make<DryRunCommand>(context)
                                                     : make<SyncCommand>(context);
         },
         "dry-run"},
        {{u"backfill start"_s,
          {},
          {{u"from"_s, u"DATE"_s, u"how far to go back; without it to the account's first day"_s},
           {u"data"_s, u"LIST"_s, u"names separated by commas, or all"_s}},
          u"Fetch everything up to yesterday, newest days first"_s,
          {u"Works until it is done or the provider's limit is used up; the window, or"_s,
           u"\"backfill resume\", goes on where it was. Replaces the one before."_s}},
         true,
         true,
         StartBackfillCommand::check,
         make<StartBackfillCommand>},
        {{u"backfill status"_s, {}, {}, u"How far it is, and when it goes on"_s, {}},
         true,
         false,
         nullptr,
         make<BackfillStatusCommand>},
        {{u"backfill pause"_s, {}, {}, u"Ask nothing more until it is resumed"_s, {}},
         true,
         false,
         nullptr,
         make<PauseBackfillCommand>},
        {{u"backfill resume"_s, {}, {}, u"Go on where it was, as far as the provider's limit allows"_s, {}},
         true,
         true,
         nullptr,
         make<ResumeBackfillCommand>},
        {{u"backfill cancel"_s, {}, {}, u"Give it up; what is in stays"_s, {}},
         true,
         false,
         nullptr,
         make<CancelBackfillCommand>},
        {{u"participants list"_s, {}, {}, u"The people whose data is kept"_s, {}},
         true,
         false,
         nullptr,
         make<ListParticipantsCommand>},
        {{u"participants add"_s,
          {u"ID"_s},
          {{u"name"_s, u"NAME"_s, u"the person's name, for you to read"_s}},
          u"Add a person, known by a short ID"_s,
          {}},
         true,
         false,
         AddParticipantCommand::check,
         make<AddParticipantCommand>},
        {{u"participants remove"_s,
          {u"ID"_s},
          {{u"yes"_s, {}, u"do not ask"_s}},
          u"End a person's permission and take them off the list; keeps files and values"_s,
          {}},
         true,
         false,
         RemoveParticipantCommand::check,
         make<RemoveParticipantCommand>},
        {{u"rebuild"_s,
          {},
          {{u"swap"_s, {}, u"use the rebuilt tables from now on"_s},
           {u"keep-zones"_s,
            {},
            u"keep the zone each day was read with, also where the profile's is another"_s}},
          u"Make the tables anew from the archive and say what would change"_s,
          {u"Without --swap nothing is changed. With it the database from before stays beside the new one."_s,
           u"No sync may be going on; for --swap the window must not be open either."_s}},
         false,
         false,
         RebuildCommand::check,
         make<RebuildCommand>},
        {{u"doctor"_s,
          {},
          {},
          u"Check everything a sync needs, with a remedy for each trouble"_s,
          {u"Looks at configuration, key, port, database, folders, clock and provider. Changes nothing."_s}},
         false,
         false,
         nullptr,
         make<DoctorCommand>},
    };
    return table;
}

QList<VerbSpec> verbSpecs()
{
    QList<VerbSpec> specs;
    for (const Verb &verb : verbs())
        specs.append(verb.spec);
    return specs;
}

const QList<OptionSpec> &commonOptions()
{
    static const QList<OptionSpec> options{
        {u"participant"_s, u"ID"_s, u"the person this is about"_s},
        {u"provider"_s, u"NAME"_s, u"the service, e.g. fitbit"_s},
        {u"env-file"_s, u"FILE"_s, u"read the configuration from this .env file"_s},
        {u"json"_s, {}, u"write one JSON object a line"_s},
        {u"demo"_s, {}, u"use made-up data of a made-up person; touches nothing of yours"_s},
    };
    return options;
}

} // namespace wristkeep
