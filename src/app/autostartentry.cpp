// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/autostartentry.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr auto ourMark = "X-Wristkeep-Autostart=true"_L1;
constexpr auto hidden = "Hidden=true"_L1;
constexpr auto notHere = "X-GNOME-AutostartEntry-enabled=false"_L1;
constexpr auto group = "[Desktop Entry]"_L1;

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (QString &line : lines)
        line = line.trimmed();
    return lines;
}

QString quoted(const QString &word)
{
    // Every argument in quotes: then no list of reserved characters has to be right.
    QString result;
    for (const QChar sign : word) {
        if (sign == u'"' || sign == u'`' || sign == u'$' || sign == u'\\')
            result += u'\\';
        // A single percent sign would begin a field code.
        result += sign == u'%' ? u"%%"_s : QString(sign);
    }
    return u'"' + result + u'"';
}

} // namespace

QString desktopExec(const QStringList &command)
{
    QStringList words;
    std::transform(command.cbegin(), command.cend(), std::back_inserter(words), quoted);
    QString value = words.join(u' ');
    value.replace(u'\\', "\\\\"_L1);
    value.replace(u'\n', "\\n"_L1);
    return value;
}

AutostartEntry::AutostartEntry(const QString &configHome, QStringList command)
    : m_file(QDir(configHome).absoluteFilePath(u"autostart/wristkeep.desktop"_s)),
      m_command(std::move(command))
{
}

bool AutostartEntry::isOn() const
{
    const QStringList lines = linesOf(m_file);
    return lines.contains(group) && !lines.contains(hidden) && !lines.contains(notHere);
}

Outcome AutostartEntry::setOn(bool on)
{
    if (on)
        return write(entry());
    QStringList lines = linesOf(m_file);
    if (lines.contains(ourMark) || !lines.contains(group)) {
        QFile file(m_file);
        if (file.exists() && !file.remove())
            return failure(ErrorKind::Storage,
                           u"%1 cannot be removed: %2."_s.arg(m_file, file.errorString()));
        return {};
    }
    lines.removeIf([](const QString &line) { return line.startsWith("Hidden="_L1); });
    lines.insert(lines.indexOf(group) + 1, hidden);
    return write(lines.join(u'\n').toUtf8());
}

QByteArray AutostartEntry::entry() const
{
    return u"[Desktop Entry]\n"
           "Type=Application\n"
           "Name=Wristkeep\n"
           "Comment=Keeps your Fitbit and Google Health data on your own computer\n"
           "Exec=%1\n"
           "Icon=io.github.wristkeep.Wristkeep\n"
           "Terminal=false\n"
           "%2\n"_s.arg(desktopExec(m_command), ourMark)
               .toUtf8();
}

Outcome AutostartEntry::write(const QByteArray &content) const
{
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return failure(ErrorKind::Storage,
                       u"The folder %1 cannot be made."_s.arg(QFileInfo(m_file).absolutePath()));
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return failure(ErrorKind::Storage, u"%1 cannot be written: %2."_s.arg(m_file, file.errorString()));
    return {};
}

} // namespace wristkeep
