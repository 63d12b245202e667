// SPDX-License-Identifier: GPL-3.0-or-later
// wristkeep-windowevents: the real window over the real worker, with a clock on every event. It presses "Sync
// now", makes a month of the request, and tells how long the window's thread was busy with one event at most:
// first the figure in milliseconds on a line of its own, then the longest ones with their receivers.
// wristkeep-bench starts it with a connected account in its environment.

#include "app/process.h"
#include "app/threadholder.h"
#include "core/clock.h"
#include "core/redaction.h"
#include "core/settings.h"
#include "gui/mainwindow.h"
#include "sync/syncworker.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMetaEnum>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <ctime>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr int days = 30;
constexpr std::chrono::seconds patience{90};
// What a finished run still sets off: the status is read again, figures and log are painted.
constexpr std::chrono::seconds afterwards{2};

double threadMilliseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

struct Taken
{
    double ms = 0;
    QString what;
};

/// Measures what each event costs with everything it sets off at once.
class WatchedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (!m_watching || m_depth > 0 || receiver->thread() != thread())
            return QApplication::notify(receiver, event);
        // The receiver may be gone afterwards.
        const char *kind = receiver->metaObject()->className();
        const int type = event->type();
        ++m_depth;
        const double before = threadMilliseconds();
        const bool result = QApplication::notify(receiver, event);
        const double took = threadMilliseconds() - before;
        --m_depth;
        ++m_events;
        m_busy += took;
        const char *name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
        if (m_longest.size() < 5 || took > m_longest.constLast().ms) {
            m_longest.append({took, u"%1 of %2"_s.arg(QLatin1StringView(name != nullptr ? name : "event"),
                                                      QLatin1StringView(kind))});
            std::sort(m_longest.begin(), m_longest.end(),
                      [](const Taken &one, const Taken &other) { return one.ms > other.ms; });
            m_longest.resize(std::min<qsizetype>(m_longest.size(), 5));
        }
        return result;
    }

    void watch() { m_watching = true; }

    void tell()
    {
        QTextStream out(stdout);
        out << m_longest.value(0).ms << '\n';
        out << "window    " << m_events << " events, " << QString::number(m_busy, 'f', 0)
            << " ms in all; the longest:\n";
        for (const Taken &one : m_longest)
            out << "window    " << QString::number(one.ms, 'f', 1) << " ms  " << one.what << '\n';
    }

private:
    bool m_watching = false;
    int m_depth = 0;
    qint64 m_events = 0;
    double m_busy = 0;
    QList<Taken> m_longest;
};

/// The button with this text, ready to be pressed; none yet otherwise.
QAbstractButton *readyButton(const QWidget &window, const QString &text)
{
    const QList<QAbstractButton *> all = window.findChildren<QAbstractButton *>();
    for (QAbstractButton *one : all) {
        if (one->text().remove(u'&') == text && one->isVisible() && one->isEnabled())
            return one;
    }
    return nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    hardenProcess();
    WatchedApplication application(argc, argv);
    const auto secrets = std::make_shared<SecretRegister>();
    setUpApplication(secrets);
    const Result<Settings> settings = resolveSettings(processSources({}, false));
    if (!settings) {
        QTextStream(stderr) << settings.error().detail << '\n';
        return 1;
    }

    WorkerOptions options;
    options.settings = *settings;
    options.clock = std::make_shared<SystemClock>();
    options.secrets = secrets;
    auto owned = std::make_unique<SyncWorker>(std::move(options));
    SyncWorker *worker = owned.get();
    const ThreadHolder thread(u"sync"_s, std::move(owned));

    WindowOptions windowOptions;
    windowOptions.settings = *settings;
    windowOptions.provider = settings->provider;
    auto wire = std::make_unique<WorkerLink>();
    WorkerLink *link = wire.get();
    link->attach(worker);
    // The window asks for yesterday; here a month is asked for in its place.
    QObject::disconnect(link, &WorkerLink::syncRequested, worker, nullptr);
    QObject::connect(link, &WorkerLink::syncRequested, worker, [worker](SyncRequest request) {
        request.last = QDate::currentDate().addDays(-2);
        request.first = request.last->addDays(1 - days);
        worker->sync(request);
    });
    MainWindow window(windowOptions, std::move(wire));
    window.show();

    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &window, [&] {
        QAbstractButton *button = readyButton(window, u"Sync now"_s);
        if (button == nullptr)
            return;
        look.stop();
        application.watch();
        QTimer::singleShot(0, button, &QAbstractButton::click);
    });
    look.start(std::chrono::milliseconds(50));

    int status = 1;
    QObject::connect(worker, &SyncWorker::syncFinished, &window, [&](const SyncReport &report) {
        const bool whole = !report.stopped && report.cells.size() >= days;
        QTimer::singleShot(afterwards, &window, [&, whole] {
            status = whole ? 0 : 1;
            application.tell();
            QMetaObject::invokeMethod(worker, &SyncWorker::close, Qt::QueuedConnection);
        });
    });
    QObject::connect(worker, &SyncWorker::closed, &application, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    QTimer::singleShot(patience, &application, [] { QCoreApplication::exit(1); });
    QMetaObject::invokeMethod(worker, &SyncWorker::open, Qt::QueuedConnection);
    const int ended = QApplication::exec();
    return ended != 0 ? ended : status;
}
