// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simulator.h"

#include "core/logging.h"
#include "simulator/controlservice.h"
#include "simulator/httpserver.h"
#include "simulator/simservice.h"
#include "simulator/simworld.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace wristkeep {

using namespace Qt::StringLiterals;

struct Simulator::Parts
{
    Parts(SimulatorOptions options, const Clock &clock)
        : world(std::move(options), clock), control(world),
          service(world,
                  [this](const SimRequest &request) {
                      SimResponse response = control.answer(request);
                      service.forgetAnswers();
                      return response;
                  }),
          server([this](const SimRequest &request) { return service.answer(request); })
    {
    }

    SimWorld world;
    ControlService control;
    SimService service;
    HttpServer server;
};

Simulator::Simulator(SimulatorOptions options, const Clock &clock, QObject *parent)
    : QObject(parent), m_parts(std::make_unique<Parts>(std::move(options), clock))
{
    m_parts->world.save = [this] { saveState(); };
    restoreState();
}

Simulator::~Simulator() = default;

Outcome Simulator::listen()
{
    return m_parts->server.listen(m_parts->world.options.port);
}

quint16 Simulator::port() const
{
    return m_parts->server.port();
}

QUrl Simulator::baseUrl() const
{
    return QUrl(u"http://127.0.0.1:%1"_s.arg(port()));
}

void Simulator::close()
{
    m_parts->server.close();
}

QByteArray Simulator::control(const QByteArray &verb, const QByteArray &command)
{
    const QJsonObject object = command.isEmpty() ? QJsonObject() : QJsonDocument::fromJson(command).object();
    const QJsonObject answer = m_parts->control.run(QString::fromUtf8(verb), object);
    m_parts->service.forgetAnswers();
    return QJsonDocument(answer).toJson(QJsonDocument::Compact);
}

void Simulator::restoreState()
{
    SimWorld &world = m_parts->world;
    QFile file(world.options.stateFile);
    if (world.options.stateFile.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    QString user;
    if (!world.grants.restore(file.readAll(), &user)) {
        qCWarning(lcSimulator, "The simulator's state file is damaged; it starts without grants.");
        return;
    }
    // A user added by hand in an earlier run is made again: the same index gives the same person.
    while (!user.isEmpty() && !world.users.find(user) && world.users.all().size() < 16)
        world.users.add();
    world.users.setCurrent(user);
}

void Simulator::saveState()
{
    const SimWorld &world = m_parts->world;
    if (world.options.stateFile.isEmpty())
        return;
    QSaveFile file(world.options.stateFile);
    const QByteArray bytes = world.grants.serialize(m_parts->world.users.current().id());
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(bytes) == bytes.size() && file.commit();
    if (!written)
        qCWarning(lcSimulator, "The simulator's state file cannot be written: %ls",
                  qUtf16Printable(file.errorString()));
}

} // namespace wristkeep
