// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/logkeeper.h"

#include "store/durablefile.h"
#include "sync/logfile.h"

#include <QPointer>

#include <chrono>
#include <utility>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::milliseconds batchPause{500};
constexpr qsizetype largestBatch = 1000;
} // namespace

LogKeeper::LogKeeper(QString path, QObject *parent)
    : QObject(parent), m_path(std::move(path)), m_home(std::make_unique<QObject>())
{
    m_thread.setObjectName(u"log"_s);
    m_home->moveToThread(&m_thread);
    m_pause.setSingleShot(true);
    m_pause.setInterval(batchPause);
    connect(&m_pause, &QTimer::timeout, this, &LogKeeper::writeBatch);
}

LogKeeper::~LogKeeper()
{
    writeBatch();
    if (!m_thread.isRunning())
        return;
    // Quit comes after all that was handed in before.
    QMetaObject::invokeMethod(
        m_home.get(), [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

void LogKeeper::keep(const LogEntry &entry)
{
    ++m_kept;
    if (m_failed || m_path.isEmpty())
        return;
    m_batch << entry;
    if (m_batch.size() >= largestBatch)
        writeBatch();
    else if (!m_pause.isActive())
        m_pause.start();
}

void LogKeeper::readEarlier(qsizetype most, QObject *context, Callback<QList<LogEntry>> done)
{
    writeBatch();
    work<QList<LogEntry>>(
        [path = m_path, most, own = m_failed ? 0 : m_kept] { return readLog(path, most, own); }, context,
        std::move(done));
}

void LogKeeper::saveAs(const QString &path, std::function<QByteArray()> text, QObject *context,
                       Callback<bool> done)
{
    work<bool>(
        [path, text = std::move(text)]() -> Result<bool> {
            return replaceFile(path, text()).map([] { return true; });
        },
        context, std::move(done));
}

void LogKeeper::writeBatch()
{
    m_pause.stop();
    if (m_batch.isEmpty())
        return;
    work<bool>(
        [path = m_path, batch = std::exchange(m_batch, {})]() -> Result<bool> {
            return appendLog(path, batch).map([] { return true; });
        },
        this,
        [this](const Result<bool> &written) {
            if (written || m_failed)
                return;
            m_failed = true;
            m_batch.clear();
            Q_EMIT writingFailed(written.error());
        });
}

template<typename T>
void LogKeeper::work(std::function<Result<T>()> work, QObject *context, Callback<T> done)
{
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    // The keeper waits for its thread, so it is there for the answer; answers that come later go with it.
    auto tell = [guard = QPointer<QObject>(context), done = std::move(done)](const Result<T> &answer) {
        if (guard)
            done(answer);
    };
    QMetaObject::invokeMethod(
        m_home.get(),
        [this, work = std::move(work), tell = std::move(tell)] {
            QMetaObject::invokeMethod(
                this, [tell, answer = work()] { tell(answer); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace wristkeep
