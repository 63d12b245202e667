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
#include <QSet>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <future>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

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

/// The folder a file is in, as its path names it.
QString folderOf(const QString &path)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    return slash < 0 ? u"."_s : path.left(std::max<qsizetype>(1, slash));
}

QString temporaryName(const QString &path)
{
    static std::atomic<unsigned> counter{0};
    static const QString process = QString::number(QCoreApplication::applicationPid());
    return folderOf(path) + u"/."_s + path.sliced(path.lastIndexOf(u'/') + 1) + u'.' + process + u'-' +
           QString::number(counter.fetch_add(1)) + u".part"_s;
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

/// A new file under a temporary name, which disappears unless it gets the name it is for.
class Temporary
{
public:
    explicit Temporary(const QString &target)
        : m_target(target), m_path(temporaryName(target)), m_file(m_path, O_WRONLY | O_CREAT | O_EXCL)
    {
    }
    ~Temporary()
    {
        if (m_isThere)
            QFile::remove(m_path);
    }
    Q_DISABLE_COPY_MOVE(Temporary)

    [[nodiscard]] const QString &path() const { return m_path; }

    Outcome write(const QByteArray &bytes)
    {
        if (!m_file.isOpen())
            return failure(fileError(u"create"_s, m_path, errno));
        m_isThere = true;
        if (!writeAll(m_file.number(), bytes))
            return failure(fileError(u"write"_s, m_path, errno));
        return {};
    }

    /// Only a beginning, so that the disk is busy with this file while the next one is written.
    void startWriteBack() const
    {
#ifdef __linux__
        static_cast<void>(::sync_file_range(m_file.number(), 0, 0, SYNC_FILE_RANGE_WRITE));
#endif
    }

    Outcome sync()
    {
        if (::fsync(m_file.number()) != 0 || !m_file.close())
            return failure(fileError(u"write"_s, m_path, errno));
        return {};
    }

    Outcome rename()
    {
        if (::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(m_target).constData()) != 0)
            return failure(fileError(u"write"_s, m_target, errno));
        m_isThere = false;
        return {};
    }

private:
    QString m_target;
    QString m_path;
    Descriptor m_file;
    bool m_isThere = false;
};

/// In a few lanes side by side: a disk that has to empty its cache does so once for all who ask at the same
/// time, and a thread for each of many files would cost more than it saves.
constexpr size_t SyncLanes = 4;

using Temporaries = std::vector<std::unique_ptr<Temporary>>;

Outcome syncLane(const Temporaries &temporaries, size_t lane)
{
    for (size_t i = lane; i < temporaries.size(); i += SyncLanes) {
        if (auto synced = temporaries[i]->sync(); !synced)
            return synced;
    }
    return {};
}

Outcome syncAll(const Temporaries &temporaries)
{
    std::vector<std::future<Outcome>> others;
    for (size_t lane = 1; lane < std::min(SyncLanes, temporaries.size()); ++lane)
        others.push_back(std::async(std::launch::async, syncLane, std::cref(temporaries), lane));
    Outcome all = syncLane(temporaries, 0);
    for (std::future<Outcome> &other : others) {
        if (auto synced = other.get(); !synced)
            all = synced;
    }
    return all;
}

/// Under the 256 files some systems let a process open; more side by side is no faster.
constexpr qsizetype OpenAtOnce = 128;

/// All but the folder's own sync.
Outcome replaceGroup(const QList<FileToWrite> &files, const WriteFailPoints &points)
{
    Temporaries temporaries;
    for (const FileToWrite &file : files) {
        auto &temporary = temporaries.emplace_back(std::make_unique<Temporary>(file.path));
        if (auto written = temporary->write(file.bytes); !written)
            return written;
        if (files.size() > 1)
            temporary->startWriteBack();
        pass(points.written);
    }
    if (auto synced = syncAll(temporaries); !synced)
        return synced;
    for (qsizetype i = 0; i < files.size(); ++i)
        pass(points.synced);
    for (const auto &temporary : temporaries) {
        if (auto renamed = temporary->rename(); !renamed)
            return renamed;
        pass(points.renamed);
    }
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
    return replaceFiles({{path, bytes}}, points);
}

Outcome replaceFiles(const QList<FileToWrite> &files, const WriteFailPoints &points)
{
    QSet<QString> folders;
    for (qsizetype first = 0; first < files.size(); first += OpenAtOnce) {
        const QList<FileToWrite> group = files.mid(first, OpenAtOnce);
        if (auto replaced = replaceGroup(group, points); !replaced)
            return replaced;
        for (const FileToWrite &file : group)
            folders.insert(folderOf(file.path));
    }
    for (const QString &folder : std::as_const(folders)) {
        if (auto synced = syncFolder(folder); !synced)
            return synced;
    }
    for (qsizetype i = 0; i < files.size(); ++i)
        pass(points.done);
    return {};
}

Result<bool> createFile(const QString &path, const QByteArray &bytes)
{
    Temporary temporary(path);
    if (auto written = temporary.write(bytes).and_then([&temporary] { return temporary.sync(); }); !written)
        return failure(written.error());
    // A hard link never replaces what is there, and the name appears only with its full content.
    if (::link(QFile::encodeName(temporary.path()).constData(), QFile::encodeName(path).constData()) != 0) {
        if (errno == EEXIST)
            return false;
        return failure(fileError(u"create"_s, path, errno));
    }
    if (auto synced = syncFolder(folderOf(path)); !synced)
        return failure(synced.error());
    return true;
}

Result<bool> addName(const QString &path, const QString &name)
{
    if (::link(QFile::encodeName(path).constData(), QFile::encodeName(name).constData()) != 0) {
        if (errno == EEXIST)
            return false;
        return failure(fileError(u"create"_s, name, errno));
    }
    if (auto synced = syncFolder(folderOf(name)); !synced)
        return failure(synced.error());
    return true;
}

bool isOneFile(const QString &a, const QString &b)
{
    struct stat first
    {
    };
    struct stat second
    {
    };
    return ::stat(QFile::encodeName(a).constData(), &first) == 0 &&
           ::stat(QFile::encodeName(b).constData(), &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

Outcome appendLines(const QString &path, const QList<QByteArray> &lines)
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
    QByteArray text;
    for (const QByteArray &line : lines)
        text += line + '\n';
    if (!writeAll(file.number(), text) || ::fsync(file.number()) != 0)
        return failure(fileError(u"write"_s, path, errno));
    return isNew ? syncFolder(folderOf(path)) : Outcome{};
}

Outcome syncAndRename(const QString &from, const QString &to)
{
    Descriptor file(from, O_RDWR);
    if (!file.isOpen() || ::fsync(file.number()) != 0 || !file.close())
        return failure(fileError(u"write"_s, from, errno));
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0) {
        const Error problem = fileError(u"write"_s, to, errno);
        QFile::remove(from);
        return failure(problem);
    }
    return syncFolder(folderOf(to));
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
