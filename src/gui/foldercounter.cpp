// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/foldercounter.h"

#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

FolderContent contentOf(const QString &folder)
{
    FolderContent content;
    QDirIterator files(folder, {u"*.json"_s}, QDir::Files);
    while (files.hasNext()) {
        files.next();
        ++content.files;
        content.bytes += files.fileInfo().size();
    }
    return content;
}

} // namespace

FolderCounter::FolderCounter(QObject *parent) : QObject(parent), m_home(std::make_unique<QObject>())
{
    m_thread.setObjectName(u"folders"_s);
    m_home->moveToThread(&m_thread);
}

FolderCounter::~FolderCounter()
{
    m_thread.quit();
    m_thread.wait();
}

void FolderCounter::count(const QString &folder)
{
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    const int number = ++m_asked;
    // The counter waits for its thread, so it is there for the answer; an answer that comes later goes with
    // it.
    QMetaObject::invokeMethod(
        m_home.get(),
        [this, folder, number] {
            QMetaObject::invokeMethod(
                this,
                [this, number, content = contentOf(folder)] {
                    if (number == m_asked)
                        Q_EMIT counted(content);
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace wristkeep
