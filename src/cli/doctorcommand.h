// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// doctor: looks at everything a sync needs and names what to do about each trouble.

#include "cli/command.h"

namespace wristkeep {

class Doctor;
struct Finding;

class DoctorCommand : public Command
{
    Q_OBJECT
public:
    explicit DoctorCommand(CommandContext &context);
    ~DoctorCommand() override;
    void start() override;

private:
    void onExamined(const QList<Finding> &findings);

    std::unique_ptr<Doctor> m_doctor;
};

} // namespace wristkeep
