// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demoservice.h"

#include "core/clock.h"
#include "core/logging.h"
#include "simulator/simulator.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSaveFile>

#include <chrono>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

// Below the range the system gives to outgoing connections, so that the port is free again next time.
constexpr int firstPort = 20'000;
constexpr int portsEnd = 30'000;
constexpr int mostTries = 50;
constexpr std::chrono::milliseconds watchInterval{500};

QString newSecret()
{
    QByteArray bytes(16, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(bytes.toHex());
}

tl::unexpected<Error> storageError(const QString &path, const QString &why)
{
    return failure(ErrorKind::Storage, u"The demo cannot write %1: %2"_s.arg(path, why));
}

/// The command that has the person wear the tracker on that day and its two neighbours.
QByteArray wornAround(QDate date)
{
    return QJsonDocument(QJsonObject{{u"date"_s, date.addDays(-1).toString(Qt::ISODate)},
                                     {u"to"_s, date.addDays(1).toString(Qt::ISODate)},
                                     {u"state"_s, u"worn"_s}})
        .toJson();
}

} // namespace

DemoService::DemoService(QString root, std::shared_ptr<const Clock> clock)
    : m_root(std::move(root)), m_clock(std::move(clock)), m_lock(QDir(m_root).filePath(u"service.lock"_s)),
      m_watch(this)
{
    // Only a dead process gives the lock away, however long a living one keeps it.
    m_lock.setStaleLockTime(0);
    m_watch.setInterval(watchInterval);
    connect(&m_watch, &QTimer::timeout, this, &DemoService::takeOver);
}

DemoService::~DemoService() = default;

QString DemoService::accessFile() const
{
    return QDir(m_root).filePath(u"demo.json"_s);
}

DemoAccess DemoService::readAccess() const
{
    QFile file(accessFile());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    return {object.value(u"client_secret"_s).toString(), quint16(object.value(u"port"_s).toInt()),
            QDate::fromString(object.value(u"begun"_s).toString(), Qt::ISODate)};
}

Outcome DemoService::writeAccess(const DemoAccess &access) const
{
    QSaveFile file(accessFile());
    const QJsonObject object{{u"client_secret"_s, access.clientSecret},
                             {u"port"_s, access.port},
                             {u"begun"_s, access.begun.toString(Qt::ISODate)}};
    const QByteArray bytes = QJsonDocument(object).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return storageError(accessFile(), file.errorString());
    return {};
}

Result<DemoAccess> DemoService::begin()
{
    if (m_lock.tryLock(0))
        return host();
    if (m_lock.error() != QLockFile::LockFailedError)
        return storageError(m_root, u"no lock could be made there"_s);
    m_watch.start();
    const DemoAccess access = readAccess();
    if (access.port == 0)
        return failure(ErrorKind::Busy, u"The demo is just being started by another program"_s);
    return access;
}

Result<DemoAccess> DemoService::host()
{
    DemoAccess access = readAccess();
    const bool known = !access.clientSecret.isEmpty() && access.port != 0;
    if (access.clientSecret.isEmpty())
        access.clientSecret = newSecret();
    if (!access.begun.isValid())
        access.begun = m_clock->now().date();
    if (known && listen(access))
        return access;
    Outcome listening;
    for (int tries = 0; tries < mostTries; ++tries) {
        access.port = quint16(QRandomGenerator::global()->bounded(firstPort, portsEnd));
        listening = listen(access);
        if (!listening)
            continue;
        if (const Outcome written = writeAccess(access); !written)
            return failure(written.error());
        return access;
    }
    return failure(listening.error());
}

Outcome DemoService::listen(const DemoAccess &access)
{
    SimulatorOptions options;
    options.port = access.port;
    options.clientSecret = access.clientSecret;
    options.googleClientSecret = access.clientSecret;
    options.stateFile = QDir(m_root).filePath(u"service.json"_s);
    options.demoPages = true;
    auto simulator = std::make_unique<Simulator>(options, *m_clock);
    // Whoever tries the demo sees something, whatever days the person's calendar leaves out.
    simulator->control("wear", wornAround(access.begun));
    const Outcome listening = simulator->listen();
    if (listening)
        m_simulator = std::move(simulator);
    return listening;
}

void DemoService::takeOver()
{
    if (!m_lock.tryLock(0))
        return;
    m_watch.stop();
    if (const Result<DemoAccess> access = host(); !access)
        qCWarning(lcApp) << "The demo's service could not be taken over:" << access.error().detail;
}

} // namespace wristkeep
