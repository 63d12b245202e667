// SPDX-License-Identifier: GPL-3.0-or-later
// wristkeep-simulator as a process: its first line, its end, and the same bytes under any locale and zone.

#include "simulator/simbench.h"

#include <QJsonDocument>
#include <QProcess>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

class Program
{
public:
    Program(const QStringList &arguments, const QString &locale, const QString &zone)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"LC_ALL"_s, locale);
        environment.insert(u"TZ"_s, zone);
        m_process.setProcessEnvironment(environment);
        m_process.start(QString::fromUtf8(WRISTKEEP_BIN_DIR) + u"/wristkeep-simulator"_s, arguments);
    }
    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    QString baseUrl()
    {
        if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, 10'000))
            return {};
        return QString::fromUtf8(m_process.readLine()).trimmed();
    }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
};

QByteArray truth(QNetworkAccessManager &network, const QString &base)
{
    QNetworkRequest request(QUrl(base + u"/control/truth"_s));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const std::unique_ptr<QNetworkReply> reply(network.post(request, R"({"date":"2024-10-27"})"));
    if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10'000))
        return {};
    return reply->readAll();
}

} // namespace

class TestSimProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameBytesInEveryProcess()
    {
        const QStringList arguments = {u"--control"_s, u"--seed"_s, u"20240310"_s};
        Program german(arguments, u"de_DE.UTF-8"_s, u"Pacific/Chatham"_s);
        Program plain(arguments, u"C"_s, u"America/St_Johns"_s);
        QNetworkAccessManager network;
        const QByteArray one = truth(network, german.baseUrl());
        const QByteArray two = truth(network, plain.baseUrl());
        SimBench bench;
        QVERIFY(one.contains("\"seconds\":90000"));
        QCOMPARE(one, two);
        QCOMPARE(one, bench.simulator->control("truth", R"({"date":"2024-10-27"})"));
    }

    void endsCleanlyWhenAsked()
    {
        Program program({}, u"C"_s, u"UTC"_s);
        const QString base = program.baseUrl();
        QVERIFY2(base.startsWith(u"http://127.0.0.1:"_s), qPrintable(base));
        program.process().terminate();
        QTRY_COMPARE(program.process().state(), QProcess::NotRunning);
        QCOMPARE(program.process().exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process().exitCode(), 0);
    }

    void googleClientIsConfigured()
    {
        Program program(
            {u"--google-client-id"_s, u"mine"_s, u"--google-redirect-uri"_s, u"http://localhost:1/a"_s},
            u"C"_s, u"UTC"_s);
        const QString base = program.baseUrl();
        QNetworkAccessManager network;
        const auto status = [&](const QString &redirect) {
            const QString query =
                u"?client_id=mine&response_type=code&scope=openid&redirect_uri="_s + redirect;
            const std::unique_ptr<QNetworkReply> reply(
                network.get(QNetworkRequest(QUrl(base + u"/o/oauth2/v2/auth"_s + query))));
            if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 10'000))
                return 0;
            return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        };
        QCOMPARE(status(u"http://localhost:1/a"_s), 200);
        QCOMPARE(status(u"http://localhost:1/b"_s), 400);
    }

    void wrongOptionsAreExplained()
    {
        Program zone({u"--zone"_s, u"Nowhere/None"_s}, u"C"_s, u"UTC"_s);
        QTRY_COMPARE(zone.process().state(), QProcess::NotRunning);
        QCOMPARE(zone.process().exitCode(), 2);
        QVERIFY(zone.process().readAllStandardError().contains("Nowhere/None"));
        SimBench bench;
        Program port({u"--port"_s, QString::number(bench.simulator->port())}, u"C"_s, u"UTC"_s);
        QTRY_COMPARE(port.process().state(), QProcess::NotRunning);
        QCOMPARE(port.process().exitCode(), 2);
    }
};

QTEST_GUILESS_MAIN(TestSimProgram)
#include "tst_sim_program.moc"
