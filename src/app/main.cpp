// SPDX-License-Identifier: GPL-3.0-or-later

// wristkeep: puts the window together.

#include "app/demo.h"
#include "app/interruption.h"
#include "app/process.h"
#include "app/threadholder.h"
#include "app/windowarguments.h"
#include "core/clock.h"
#include "core/errortexts.h"
#include "core/redaction.h"
#include "core/settings.h"
#include "gui/mainwindow.h"
#include "sync/settingsstore.h"
#include "sync/syncworker.h"

#include <QApplication>
#include <QMessageBox>
#include <QTimer>

#include <chrono>
#include <cstdio>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr int wrongStatus = 2;
// Closing is quick; a worker that does not answer must not keep a closed program alive.
constexpr std::chrono::seconds longestClosing{5};

void print(FILE *stream, const QString &text)
{
    std::fputs(text.toUtf8().constData(), stream);
}

QStringList wordsOf(int argc, char **argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

/// A platform plugin was asked for by name (tests, remote displays): then Qt decides.
bool platformChosen(const QStringList &words)
{
    return words.contains(u"-platform"_s) || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

int showProblem(const Error &error)
{
    const ErrorText text = errorText(error, {});
    print(stderr, errorLine(error, {}) + u'\n');
    QMessageBox box(QMessageBox::Critical, QCoreApplication::applicationName(), text.sentence,
                    QMessageBox::Close);
    box.setInformativeText(text.nextStep);
    QObject::connect(&box, &QMessageBox::finished, qApp, [] { QCoreApplication::exit(wrongStatus); });
    box.open();
    return QApplication::exec();
}

Result<Settings> settingsFor(const WindowArguments &arguments, Demo &demo)
{
    Result<Settings> settings = SettingsStore(processSources(arguments.envFile, arguments.demo)).load();
    if (!settings || !arguments.demo)
        return settings;
    if (const Outcome started = demo.start(*settings); !started)
        return failure(started.error());
    return settings;
}

int runWindow(const WindowArguments &arguments, const std::shared_ptr<SecretRegister> &secrets)
{
    const auto clock = std::make_shared<SystemClock>();
    Demo demo(clock);
    const Result<Settings> settings = settingsFor(arguments, demo);
    if (!settings)
        return showProblem(settings.error());
    for (const QString &warning : settings->warnings)
        print(stderr, u"Warning: "_s + warning + u'\n');
    for (const SettingKey &key : settingKeys()) {
        if (key.secret)
            secrets->add(settings->value(key.name));
    }

    WorkerOptions options;
    options.settings = *settings;
    options.clock = clock;
    options.secrets = secrets;
    options.demo = arguments.demo;
    auto owned = std::make_unique<SyncWorker>(std::move(options));
    SyncWorker *worker = owned.get();
    const ThreadHolder thread(u"sync"_s, std::move(owned));

    WindowOptions windowOptions;
    windowOptions.settings = *settings;
    windowOptions.demo = arguments.demo;
    windowOptions.provider = settings->provider;
    MainWindow window(windowOptions, worker);

    // Everything under way ends in order before the threads do.
    QApplication::setQuitOnLastWindowClosed(false);
    const auto close = [worker] {
        QMetaObject::invokeMethod(worker, &SyncWorker::close, Qt::QueuedConnection);
        QTimer::singleShot(longestClosing, qApp, &QCoreApplication::quit);
    };
    QObject::connect(qApp, &QApplication::lastWindowClosed, qApp, close);
    QObject::connect(worker, &SyncWorker::closed, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    const Interruption interruption;
    QObject::connect(&interruption, &Interruption::interrupted, &window, &QWidget::close);

    if (arguments.tray)
        window.showMinimized();
    else
        window.show();
    QMetaObject::invokeMethod(worker, &SyncWorker::open, Qt::QueuedConnection);
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    hardenProcess();
    const LogEnd logEnd;
    const QStringList words = wordsOf(argc, argv);
    const Result<WindowArguments> arguments = parseWindowArguments(words);
    if (!arguments) {
        print(stderr, errorLine(arguments.error(), {}) + u'\n');
        return wrongStatus;
    }
    if (arguments->help || arguments->version) {
        print(stdout, arguments->help ? windowHelpText() : u"wristkeep " WRISTKEEP_VERSION "\n"_s);
        return 0;
    }
    if (!hasDisplay() && !platformChosen(words)) {
        print(stderr, u"There is no display to open a window on. In a terminal use: wristkeep-cli\n"_s);
        return wrongStatus;
    }
    const QApplication application(argc, argv);
    const auto secrets = std::make_shared<SecretRegister>();
    setUpApplication(secrets);
    return runWindow(*arguments, secrets);
}
