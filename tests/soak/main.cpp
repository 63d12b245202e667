// SPDX-License-Identifier: GPL-3.0-or-later
// Plays schedules of random faults and says what they found. Each is told by its seed alone.

#include "soak/generator.h"
#include "soak/hurdles.h"
#include "soak/oracle.h"
#include "soak/stage.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QMutex>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

struct SoakOptions
{
    quint32 first = 1;
    int count = 60;
    int jobs = 4; // most of the time is spent waiting
    bool verbose = false;
};

/// What one schedule found, with the step it was found after.
QStringList findingsOf(const SoakSchedule &schedule)
{
    Stage stage(schedule);
    if (const QString problem = stage.open(); !problem.isEmpty())
        return {u"it could not begin: "_s + problem};
    Oracle oracle(stage);
    QStringList findings;
    const auto note = [&findings](const QString &where, const QStringList &found) {
        for (const QString &each : found)
            findings << where + u": "_s + each;
    };
    for (const SoakStep &step : schedule.steps) {
        stage.prepare(step);
        const SoakOutcome outcome = stage.play(step);
        note(step.text(), oracle.judge(step, outcome));
        if (!findings.isEmpty())
            return findings; // what follows would only repeat it
    }
    const SoakStep calm = stage.calmStep();
    stage.prepare(calm);
    SoakOutcome outcome = stage.play(calm);
    if (outcome.run.exitCode == 3 && oracle.mayHaveLostToken()) {
        note(u"connect again"_s,
             stage.consentAgain().run.exitCode == 0 ? QStringList() : QStringList{u"fails"_s});
        outcome = stage.play(calm);
    }
    note(u"healthy"_s, oracle.judgeCalm(calm, outcome));
    const QList<QDate> days = oracle.daysInDoubt();
    for (const QDate date : days) {
        const SoakStep step = stage.calmStep(date);
        stage.prepare(step);
        note(u"healthy "_s + step.text(), oracle.judgeCalm(step, stage.play(step)));
    }
    if (!oracle.daysInDoubt().isEmpty())
        findings << u"days asked for by name are still in doubt"_s;
    if (!findings.isEmpty())
        return findings;
    note(u"healthy again"_s, oracle.judgeRepeat(stage.play(calm)));
    return findings;
}

class Soak
{
public:
    explicit Soak(const SoakOptions &options) : m_options(options) {}

    int run()
    {
        QElapsedTimer since;
        since.start();
        std::vector<std::thread> workers;
        for (int i = 0; i < m_options.jobs; ++i)
            workers.emplace_back([this] { work(); });
        for (std::thread &worker : workers)
            worker.join();
        std::printf("%d schedules from seed %u in %lld s: %zu found something.\n", m_options.count,
                    m_options.first, static_cast<long long>(since.elapsed() / 1000), m_failed.size());
        std::sort(m_failed.begin(), m_failed.end());
        for (const quint32 seed : m_failed)
            std::printf("  ./dev soak --only %u\n", seed);
        return m_failed.empty() ? 0 : 1;
    }

private:
    void work()
    {
        for (int number = m_next.fetch_add(1); number < m_options.count; number = m_next.fetch_add(1)) {
            const SoakSchedule schedule = scheduleOf(m_options.first + quint32(number));
            QElapsedTimer took;
            took.start();
            const QStringList findings = findingsOf(schedule);
            tell(schedule, findings, took.elapsed());
        }
    }

    void tell(const SoakSchedule &schedule, const QStringList &findings, qint64 ms)
    {
        const QMutexLocker lock(&m_guard);
        if (m_options.verbose || !findings.isEmpty())
            std::printf("%s %s (%.1f s)\n", findings.isEmpty() ? "ok  " : "FAIL", qPrintable(schedule.text()),
                        double(ms) / 1000);
        for (const QString &finding : findings)
            std::printf("  %s\n", qPrintable(finding));
        if (!findings.isEmpty()) {
            std::printf("  again: ./dev soak --only %u\n", schedule.seed);
            m_failed.push_back(schedule.seed);
        }
        std::fflush(stdout);
    }

    SoakOptions m_options;
    std::atomic<int> m_next{0};
    QMutex m_guard;
    std::vector<quint32> m_failed;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Plays schedules of random faults, one for each seed."_s);
    parser.addHelpOption();
    const QCommandLineOption count(u"count"_s, u"so many schedules"_s, u"N"_s, u"60"_s);
    const QCommandLineOption seed(u"seed"_s, u"the first seed"_s, u"N"_s, u"1"_s);
    const QCommandLineOption only(u"only"_s, u"this seed alone, with all it does"_s, u"SEED"_s);
    const QCommandLineOption jobs(u"jobs"_s, u"so many at a time"_s, u"N"_s, u"4"_s);
    const QCommandLineOption verbose(u"verbose"_s, u"tell of every schedule"_s);
    const QCommandLineOption print(u"print"_s, u"print the schedules and play none"_s);
    parser.addOptions({count, seed, only, jobs, verbose, print});
    parser.process(application);

    SoakOptions options;
    bool good = true;
    const auto number = [&](const QCommandLineOption &option) {
        bool isNumber = false;
        const int value = parser.value(option).toInt(&isNumber);
        good = good && isNumber && value > 0;
        return value;
    };
    const bool alone = parser.isSet(only);
    options.first = quint32(number(alone ? only : seed));
    options.count = alone ? 1 : number(count);
    options.jobs = std::min(options.count, number(jobs));
    options.verbose = alone || parser.isSet(verbose);
    if (!parser.positionalArguments().isEmpty()) {
        std::fprintf(stderr,
                     "%s is no option; see --help. A number of schedules is --count N, or COUNT=N "
                     "after ./dev soak.\n",
                     qPrintable(parser.positionalArguments().first()));
        return 2;
    }
    if (!good) {
        std::fputs("The options take whole numbers above 0; see --help.\n", stderr);
        return 2;
    }
    if (parser.isSet(print)) {
        for (int i = 0; i < options.count; ++i)
            std::printf("%s\n", qPrintable(scheduleOf(options.first + quint32(i)).text()));
        return 0;
    }
    if (!Hurdles::rightsBind())
        std::puts("note: the rights of folders do not bind this user here: nothing is read-only in these "
                  "schedules.");
    return Soak(options).run();
}
