// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/doctorcommand.h"

#include "sync/doctor.h"

#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString levelName(Finding::Level level)
{
    switch (level) {
    case Finding::Level::Healthy:
        return u"ok"_s;
    case Finding::Level::Attention:
        return u"attention"_s;
    case Finding::Level::WrongConfiguration:
        return u"wrong"_s;
    }
    return {};
}

QString verdict(ExitStatus status)
{
    switch (status) {
    case ExitStatus::Fine:
        return u"Everything a sync needs is in order."_s;
    case ExitStatus::Wrong:
        return u"The configuration is wrong: see above what to change."_s;
    default:
        return u"Something needs attention: see above what to do."_s;
    }
}

} // namespace

DoctorCommand::DoctorCommand(CommandContext &context) : Command(context) {}

DoctorCommand::~DoctorCommand() = default;

void DoctorCommand::start()
{
    m_doctor = std::make_unique<Doctor>(m_context.settings, m_context.environment->clock,
                                        m_context.environment->secrets);
    connect(m_doctor.get(), &Doctor::examined, this, &DoctorCommand::onExamined, Qt::QueuedConnection);
    m_doctor->examine();
}

void DoctorCommand::onExamined(const QList<Finding> &findings)
{
    Console &console = *m_context.console;
    for (const Finding &finding : findings) {
        const QString level = levelName(finding.level);
        console.say(u"%1  %2"_s.arg(level.leftJustified(9), finding.title + u": "_s + finding.text));
        if (!finding.remedy.isEmpty())
            console.say(QString(11, u' ') + u"What to do: "_s + finding.remedy);
        console.object({{u"type"_s, u"finding"_s},
                        {u"id"_s, finding.id},
                        {u"level"_s, level},
                        {u"text"_s, finding.text},
                        {u"remedy"_s, finding.remedy}});
    }
    const ExitStatus status = exitStatusOf(findings);
    console.say();
    console.say(verdict(status));
    Q_EMIT finished(status);
}

} // namespace wristkeep
