// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

QString CommandContext::call(const QString &words) const
{
    QString program = u"wristkeep-cli "_s;
    if (arguments.has("demo"))
        program += u"--demo "_s;
    if (arguments.has("env-file"))
        program += u"--env-file %1 "_s.arg(arguments.value("env-file"));
    return program + words;
}

Command::Command(CommandContext &context) : m_context(context) {}

Command::~Command() = default;

void Command::interrupt()
{
    Q_EMIT finished(ExitStatus::Interrupted);
}

Result<AccountKey> Command::namedAccount() const
{
    const QList<ParticipantEntry> &all = m_context.participants;
    const bool named = m_context.arguments.has("participant");
    const QString wanted = named ? m_context.arguments.value("participant") : defaultParticipant();
    const auto found = std::find_if(all.begin(), all.end(), [&wanted](const ParticipantEntry &entry) {
        return sameParticipant(entry.id, wanted);
    });
    if (found != all.end())
        return AccountKey{found->id, m_context.provider.provider};
    if (!named && all.size() == 1)
        return AccountKey{all.first().id, m_context.provider.provider};

    QStringList ids;
    for (const ParticipantEntry &entry : all)
        ids.append(entry.id);
    Error error;
    error.kind = ErrorKind::BadUsage;
    error.detail = named ? u"There is no participant \"%1\""_s.arg(wanted)
                         : u"There are several participants: name one with --participant"_s;
    error.nextStep = u"Participants: %1. A new one is added by: participants add ID"_s.arg(ids.join(u", "_s));
    return failure(std::move(error));
}

void Command::endWith(const Error &error)
{
    m_context.console->problem(error, m_context.provider.title);
    Q_EMIT finished(exitStatusOf(error));
}

} // namespace wristkeep
