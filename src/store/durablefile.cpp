// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/durablefile.h"

#include "core/failpoint.h"
#include "core/logging.h"
#include "store/sqlerror.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QScopeGuard>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// An open file that is closed on every way out.
class Descriptor
{
public:
    Descriptor(const QString &path, int flags)
        : m_number(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600))
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    [[nodiscard]] bool isOpen() const { return m_number >= 0; }
    [[nodiscard]] int number() const { return m_number; }
    /// Network file systems report some write errors only here.
    [[nodiscard]] bool close() { return ::close(std::exchange(m_number, -1)) == 0; }

private:
    int m_number;
};

void pass([[maybe_unused]] const char *point)
{
    if (point)
        WRISTKEEP_FAIL_POINT(point);
}

QString temporaryName(const QString &path)
{
    static std::atomic<unsigned> counter{0};
    const QFileInfo info(path);
    return u"%1/.%2.%3-%4.part"_s.arg(info.absolutePath(), info.fileName())
        .arg(QCoreApplication::applicationPid())
        .arg(counter.fetch_add(1));
}

bool writeAll(int file, const QByteArray &bytes)
{
    qint64 done = 0;
    while (done < bytes.size()) {
        const auto count = ::write(file, bytes.constData() + done, size_t(bytes.size() - done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

Outcome syncFolder(const QString &folder)
{
    Descriptor file(folder, O_RDONLY | O_DIRECTORY);
    if (!file.isOpen() || ::fsync(file.number()) != 0)
        return failure(fileError(u"make durable"_s, folder, errno));
    return {};
}

/// Writes and syncs a new file; nothing is left behind when that fails.
Outcome writeTemporary(const QString &path, const QByteArray &bytes, const WriteFailPoints &points)
{
    Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.isOpen())
        return failure(fileError(u"create"_s, path, errno));
    auto cleanUp = qScopeGuard([&path] { QFile::remove(path); });
    if (!writeAll(file.number(), bytes))
        return failure(fileError(u"write"_s, path, errno));
    pass(points.written);
    if (::fsync(file.number()) != 0 || !file.close())
        return failure(fileError(u"write"_s, path, errno));
    pass(points.synced);
    cleanUp.dismiss();
    return {};
}

Outcome renameAndSync(const QString &from, const QString &to, const WriteFailPoints &points)
{
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0) {
        const Error problem = fileError(u"write"_s, to, errno);
        QFile::remove(from);
        return failure(problem);
    }
    pass(points.renamed);
    if (auto synced = syncFolder(QFileInfo(to).absolutePath()); !synced)
        return synced;
    pass(points.done);
    return {};
}

} // namespace

Outcome makeFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.isDir())
        return {};
    if (info.exists() || info.isSymLink()) {
        return failure(errorWithRemedy(ErrorKind::Storage,
                                       u"%1 is a file where a folder is needed."_s.arg(folder),
                                       u"Move the file away, or choose another folder in the settings."_s));
    }
    const QString parent = info.absolutePath();
    if (parent != folder) {
        if (auto made = makeFolder(parent); !made)
            return made;
    }
    if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0 && errno != EEXIST)
        return failure(fileError(u"create the folder"_s, folder, errno));
    return {};
}

Outcome replaceFile(const QString &path, const QByteArray &bytes, const WriteFailPoints &points)
{
    const QString temporary = temporaryName(path);
    if (auto written = writeTemporary(temporary, bytes, points); !written)
        return written;
    return renameAndSync(temporary, path, points);
}

Result<bool> createFile(const QString &path, const QByteArray &bytes)
{
    const QString temporary = temporaryName(path);
    if (auto written = writeTemporary(temporary, bytes, {}); !written)
        return failure(written.error());
    const auto cleanUp = qScopeGuard([&temporary] { QFile::remove(temporary); });
    // A hard link never replaces what is there, and the name appears only with its full content.
    if (::link(QFile::encodeName(temporary).constData(), QFile::encodeName(path).constData()) != 0) {
        if (errno == EEXIST)
            return false;
        return failure(fileError(u"create"_s, path, errno));
    }
    if (auto synced = syncFolder(QFileInfo(path).absolutePath()); !synced)
        return failure(synced.error());
    return true;
}

Outcome appendLine(const QString &path, const QByteArray &line)
{
    const bool isNew = !QFileInfo::exists(path);
    Descriptor file(path, O_RDWR | O_CREAT | O_APPEND);
    if (!file.isOpen())
        return failure(fileError(u"open"_s, path, errno));
    if (::flock(file.number(), LOCK_EX) != 0)
        return failure(fileError(u"lock"_s, path, errno));
    off_t end = ::lseek(file.number(), 0, SEEK_END);
    char last = '\n';
    while (end > 0 && ::pread(file.number(), &last, 1, end - 1) == 1 && last != '\n')
        --end;
    if (last != '\n' || end != ::lseek(file.number(), 0, SEEK_END)) {
        if (::ftruncate(file.number(), end) != 0)
            return failure(fileError(u"repair"_s, path, errno));
    }
    if (!writeAll(file.number(), line + '\n') || ::fsync(file.number()) != 0)
        return failure(fileError(u"write"_s, path, errno));
    return isNew ? syncFolder(QFileInfo(path).absolutePath()) : Outcome{};
}

Outcome syncAndRename(const QString &from, const QString &to)
{
    Descriptor file(from, O_RDWR);
    if (!file.isOpen() || ::fsync(file.number()) != 0 || !file.close())
        return failure(fileError(u"write"_s, from, errno));
    return renameAndSync(from, to, {});
}

void tightenFile(const QString &path)
{
    struct stat info
    {
    };
    const QByteArray name = QFile::encodeName(path);
    if (::stat(name.constData(), &info) != 0 || (info.st_mode & 077) == 0)
        return;
    if (::chmod(name.constData(), info.st_mode & 0700) != 0)
        qCWarning(lcStore) << "Others may read" << path << "and this could not be changed.";
}

void sweepTemporaries(const QString &folder)
{
    static const QRegularExpression pattern(u"^\\..+\\.(\\d+)-\\d+\\.part$"_s);
    const QDir directory(folder);
    const QStringList names = directory.entryList({u".*.part"_s}, QDir::Files | QDir::Hidden);
    for (const QString &name : names) {
        const auto match = pattern.match(name);
        if (!match.hasMatch())
            continue;
        const auto process = pid_t(match.captured(1).toInt());
        const bool isOurs = process == pid_t(QCoreApplication::applicationPid());
        if (!isOurs && ::kill(process, 0) != 0 && errno == ESRCH)
            QFile::remove(directory.filePath(name));
    }
}

} // namespace wristkeep
