// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Looks at everything a sync needs, changes nothing, and gives each finding a remedy.

#include "core/settings.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace wristkeep {

class Clock;
class SecretRegister;

struct Finding
{
    enum class Level : std::uint8_t { Healthy, Attention, WrongConfiguration };
    QString id;    ///< "configuration", "key", "port", "database", "folders", "clock", "provider"
    QString title; ///< "Sealing key"
    Level level = Level::Healthy;
    QString text;   ///< what was found, naming the place
    QString remedy; ///< what to do; empty when healthy
};

class Doctor : public QObject
{
    Q_OBJECT
public:
    /// What is secret among the things it reads goes to `secrets`; none: nowhere.
    Doctor(Settings settings, std::shared_ptr<const Clock> clock,
           std::shared_ptr<SecretRegister> secrets = nullptr, QObject *parent = nullptr);
    ~Doctor() override;
    /// Ends within a few seconds with examined(), also offline.
    void examine();

Q_SIGNALS:
    void examined(const QList<wristkeep::Finding> &findings);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::Finding)
