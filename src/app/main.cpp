// SPDX-License-Identifier: GPL-3.0-or-later

// wristkeep: puts the window together.

#include "app/demo.h"
#include "app/interruption.h"
#include "app/process.h"
#include "app/singleinstance.h"
#include "app/windowarguments.h"
#include "app/windowprogram.h"
#include "core/clock.h"
#include "core/errortexts.h"
#include "core/redaction.h"
#include "core/settings.h"
#include "sync/settingsstore.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QMessageBox>
#include <QProcess>

#include <cstdio>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

constexpr int failedStatus = 1;
constexpr int wrongStatus = 2;

void print(FILE *stream, const QString &text)
{
    std::fputs(text.toUtf8().constData(), stream);
    std::fflush(stream);
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

/// What the desktop gave this start so that a window may come to the front. Qt takes it out of the
/// environment when the application is made.
QByteArray activationToken()
{
    const QByteArray token = qgetenv("XDG_ACTIVATION_TOKEN");
    return token.isEmpty() ? qgetenv("DESKTOP_STARTUP_ID") : token;
}

/// Tells it and ends the program once it was read.
void showProblem(const Error &error)
{
    const ErrorText text = errorText(error, {});
    print(stderr, errorLine(error, {}) + u'\n');
    auto *box = new QMessageBox(QMessageBox::Critical, QCoreApplication::applicationName(), text.sentence,
                                QMessageBox::Close);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(text.nextStep);
    QObject::connect(box, &QMessageBox::finished, qApp, [] { QCoreApplication::exit(wrongStatus); });
    box->open();
}

/// Programs with different databases do not stand in each other's way.
QString instanceName(const Settings &settings)
{
    const QByteArray hash =
        QCryptographicHash::hash(settings.databaseFile.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"wristkeep-"_s + QString::fromLatin1(hash.left(12));
}

/// All of the program from its start to its end; lives as long as the event loop.
class Life : public QObject
{
public:
    explicit Life(WindowProgramOptions options)
        : m_clock(std::make_shared<SystemClock>()), m_demo(m_clock), m_options(std::move(options))
    {
        connect(&m_interruption, &Interruption::interrupted, this, [this] {
            if (m_program)
                m_program->quit();
            else
                QCoreApplication::quit();
        });
        m_options.clock = m_clock;
    }

    [[nodiscard]] bool beginsAnew() const { return m_beginsAnew; }

    void begin(const QByteArray &token)
    {
        const Result<QString> folder = privateRuntimeFolder();
        if (!folder) {
            beginAlone(folder.error());
            return;
        }
        m_instance = std::make_unique<SingleInstance>(*folder, instanceName(m_options.settings));
        const SingleInstance *instance = m_instance.get();
        connect(instance, &SingleInstance::first, this, &Life::beginProgram);
        connect(instance, &SingleInstance::failed, this, &Life::beginAlone);
        connect(instance, &SingleInstance::asked, this, [this](const QByteArray &given) {
            if (m_program)
                m_program->open(given);
        });
        connect(instance, &SingleInstance::handedOver, this, [] {
            print(stdout, u"Wristkeep is running already; its window was opened.\n"_s);
            QCoreApplication::exit(0);
        });
        connect(instance, &SingleInstance::unanswered, this, [] {
            print(stderr,
                  u"Wristkeep is running already, but does not answer. End it, then start again.\n"_s);
            QCoreApplication::exit(failedStatus);
        });
        m_instance->start(token);
    }

private:
    /// Two windows on one database are better than none.
    void beginAlone(const Error &error)
    {
        print(stderr, u"Warning: "_s + errorLine(error, {}) + u'\n');
        beginProgram();
    }

    void beginProgram()
    {
        if (m_options.arguments.demo) {
            if (const Outcome started = m_demo.start(m_options.settings); !started) {
                showProblem(started.error());
                return;
            }
        }
        for (const SettingKey &key : settingKeys()) {
            if (key.secret)
                m_options.secrets->add(m_options.settings.value(key.name));
        }
        m_program = std::make_unique<WindowProgram>(m_options);
        connect(m_program.get(), &WindowProgram::ended, qApp, &QCoreApplication::quit);
        connect(m_program.get(), &WindowProgram::restartWanted, this, [this] { m_beginsAnew = true; });
        if (m_instance)
            connect(m_program.get(), &WindowProgram::ending, m_instance.get(),
                    &SingleInstance::stopAnswering);
        m_program->start();
    }

    std::shared_ptr<SystemClock> m_clock;
    Demo m_demo;
    WindowProgramOptions m_options;
    Interruption m_interruption;
    bool m_beginsAnew = false;
    // Destroyed last: whoever waits for this lock finds the database closed.
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<WindowProgram> m_program;
};

int runWindow(const WindowArguments &arguments, const std::shared_ptr<SecretRegister> &secrets,
              const QByteArray &token)
{
    // Everything under way ends in order before the program does.
    QApplication::setQuitOnLastWindowClosed(false);
    const auto store = std::make_shared<SettingsStore>(processSources(arguments.envFile, arguments.demo));
    const Result<Settings> settings = store->load();
    if (!settings) {
        showProblem(settings.error());
        return QApplication::exec();
    }
    for (const QString &warning : settings->warnings)
        print(stderr, u"Warning: "_s + warning + u'\n');
    auto life =
        std::make_unique<Life>(WindowProgramOptions{*settings, arguments, nullptr, secrets, editorOf(store)});
    // From inside the event loop: its end may come at once.
    QMetaObject::invokeMethod(
        life.get(), [life = life.get(), token] { life->begin(token); }, Qt::QueuedConnection);
    const int status = QApplication::exec();
    const bool beginsAnew = life->beginsAnew();
    // Only once the data is closed and the name of the one instance is free.
    life.reset();
    if (beginsAnew)
        QProcess::startDetached(QCoreApplication::applicationFilePath(),
                                QCoreApplication::arguments().mid(1));
    return status;
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
    const QByteArray token = activationToken();
    const QApplication application(argc, argv);
    const auto secrets = std::make_shared<SecretRegister>();
    setUpApplication(secrets);
    // By it a desktop finds name and icon of the running program.
    QGuiApplication::setDesktopFileName(u"io.github.wristkeep.Wristkeep"_s);
    return runWindow(*arguments, secrets, token);
}
