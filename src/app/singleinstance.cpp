// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds pause{150};
// Whoever connects and says nothing is let go.
constexpr std::chrono::milliseconds patienceWithPeer{5'000};
constexpr qsizetype longestMessage = 1'024;
const QByteArray request = "open ";
const QByteArray confirmation = "ok\n";

/// A token goes into an environment variable: nothing but what tokens are made of.
QByteArray sound(const QByteArray &token)
{
    const bool plain =
        std::all_of(token.cbegin(), token.cend(), [](char sign) { return sign > ' ' && sign < 127; });
    return plain ? token.left(longestMessage / 2) : QByteArray();
}

#ifdef Q_OS_UNIX
/// A folder, not a link to one, that belongs to this user and that nobody else can enter.
bool isPrivate(const QString &folder)
{
    struct stat info
    {
    };
    return ::lstat(QFile::encodeName(folder).constData(), &info) == 0 && S_ISDIR(info.st_mode) &&
           info.st_uid == ::geteuid() && (info.st_mode & 077) == 0;
}
#endif

} // namespace

Result<QString> privateRuntimeFolder()
{
#ifdef Q_OS_UNIX
    const QString given = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(given) && isPrivate(given))
        return given;
    const QString made = QDir(QDir::tempPath()).absoluteFilePath(u"wristkeep-%1"_s.arg(::geteuid()));
    ::mkdir(QFile::encodeName(made).constData(), 0700);
    if (!isPrivate(made))
        return failure(ErrorKind::Storage, u"The folder %1 is not yours alone."_s.arg(made));
    return made;
#else
    return QDir::tempPath();
#endif
}

SingleInstance::SingleInstance(const QString &folder, const QString &name, QObject *parent)
    : QObject(parent), m_socketFile(QDir(folder).absoluteFilePath(name + u".socket"_s)),
      m_lock(QDir(folder).absoluteFilePath(name + u".lock"_s))
{
    // A lock is old when its process is gone, never by age.
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &SingleInstance::tryOnce);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_socket.write(request + m_token + '\n'); });
    connect(&m_socket, &QLocalSocket::readyRead, this, &SingleInstance::onAnswered);
    // It may only just be starting or ending.
    connect(&m_socket, &QLocalSocket::errorOccurred, this, [this] { m_retry.start(pause); });
}

SingleInstance::~SingleInstance()
{
    m_socket.disconnect(this);
    // In this order: the next one may make its socket as soon as the lock is free.
    m_server.close();
    m_lock.unlock();
}

void SingleInstance::start(const QByteArray &token, std::chrono::milliseconds patience)
{
    m_token = sound(token);
    m_patience = patience;
    m_since.start();
    tryOnce();
}

void SingleInstance::tryOnce()
{
    if (m_lock.tryLock(0)) {
        if (const Outcome answering = answer(); !answering)
            Q_EMIT failed(answering.error());
        else
            Q_EMIT first();
        return;
    }
    if (m_lock.error() != QLockFile::LockFailedError) {
        Error error;
        error.kind = ErrorKind::Storage;
        error.detail = u"The lock for %1 cannot be made."_s.arg(m_socketFile);
        Q_EMIT failed(error);
        return;
    }
    if (m_since.elapsed() > m_patience.count()) {
        Q_EMIT unanswered();
        return;
    }
    m_socket.abort();
    // Ends a connection that is taken and then not answered.
    m_retry.start(std::max(pause, std::chrono::duration_cast<std::chrono::milliseconds>(m_patience / 2)));
    m_socket.connectToServer(m_socketFile);
}

Outcome SingleInstance::answer()
{
    // We hold the lock, so whatever lies there was left by a process that was killed.
    QLocalServer::removeServer(m_socketFile);
    if (!m_server.listen(m_socketFile))
        return failure(ErrorKind::Storage,
                       u"%1 cannot be made: %2."_s.arg(m_socketFile, m_server.errorString()));
    return {};
}

void SingleInstance::stopAnswering()
{
    m_server.close();
}

void SingleInstance::onConnection()
{
    while (QLocalSocket *peer = m_server.nextPendingConnection()) {
        connect(peer, &QLocalSocket::disconnected, peer, &QObject::deleteLater);
        QTimer::singleShot(patienceWithPeer, peer, &QLocalSocket::abort);
        connect(peer, &QLocalSocket::readyRead, this, [this, peer] {
            if (!peer->canReadLine()) {
                if (peer->bytesAvailable() > longestMessage)
                    peer->abort();
                return;
            }
            const QByteArray line = peer->readLine(longestMessage).trimmed();
            if (line == request.trimmed() || line.startsWith(request)) {
                Q_EMIT asked(sound(line.mid(request.size())));
                peer->write(confirmation);
            }
            peer->disconnectFromServer();
        });
    }
}

void SingleInstance::onAnswered()
{
    if (!m_socket.canReadLine())
        return;
    m_retry.stop();
    m_socket.disconnect(this);
    Q_EMIT handedOver();
}

} // namespace wristkeep
