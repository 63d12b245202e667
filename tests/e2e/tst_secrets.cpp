// SPDX-License-Identifier: GPL-3.0-or-later
// No secret in any output: everything a full run with every log switched on writes is searched for every
// token, code, verifier and secret that was used.

#include "support/world.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingThatWasUsedIsWrittenDown()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        const QHash<QString, QString> loud{{u"QT_LOGGING_RULES"_s, u"*=true"_s}};
        QByteArray printed;
        const auto keepOutput = [&printed](const CliRun &run) { printed += run.all(); };

        const CliRun connected = world.connect({}, {}, loud);
        QVERIFY2(connected.exitCode == 0, connected.all().constData());
        // The address of the consent page is meant to be printed; it holds the state but no secret.
        keepOutput(connected);
        const QString day = QDate::currentDate().addDays(-20).toString(Qt::ISODate);
        keepOutput(world.run({u"sync"_s, u"--date"_s, day}, loud));
        world.control(u"expire"_s);
        keepOutput(world.run({u"--json"_s, u"sync"_s, u"--date"_s, day}, loud));
        // The service's error bodies echo the token that was sent.
        world.control(u"revoke"_s);
        const CliRun refused = world.run({u"sync"_s, u"--date"_s, day}, loud);
        QVERIFY2(refused.exitCode == 3, refused.all().constData());
        keepOutput(refused);
        keepOutput(world.run({u"status"_s}, loud));
        keepOutput(world.run({u"--json"_s, u"status"_s}, loud));
        keepOutput(world.run({u"doctor"_s}, loud));
        keepOutput(world.run({u"disconnect"_s}, loud));

        const QJsonArray secrets = world.control(u"secrets"_s).value(u"secrets"_s).toArray();
        QVERIFY2(secrets.size() >= 6, "the service must have issued codes, access and refresh tokens");
        QList<QByteArray> needles;
        for (const QJsonValue &secret : secrets) {
            const QByteArray plain = secret.toString().toUtf8();
            QVERIFY(plain.size() >= 16);
            needles << plain << plain.toBase64() << plain.toBase64(QByteArray::Base64UrlEncoding).chopped(2);
        }
        const QByteArray clientSecret = world.variables.value(u"FITBIT_CLIENT_SECRET"_s).toUtf8();
        needles << clientSecret << ("23TEST:" + clientSecret).toBase64();

        for (const QByteArray &needle : needles)
            QVERIFY2(!printed.contains(needle), "printed: a secret");
        int files = 0;
        QDirIterator walk(world.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = walk.next();
            if (path.contains(u"/service."_s))
                continue; // the simulated service's own memory
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const QByteArray &needle : needles)
                QVERIFY2(!bytes.contains(needle), qPrintable(path));
            QVERIFY2((file.permissions() & (QFile::ReadGroup | QFile::ReadOther)) == 0, qPrintable(path));
            ++files;
        }
        QVERIFY2(files >= 6, qPrintable(QString::number(files)));
    }

    void noCoreIsDumped()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        const auto process = world.launch({u"connect"_s, u"--no-browser"_s});
        QVERIFY(World::authorizeUrl(*process).isValid());
        QFile limits(u"/proc/%1/limits"_s.arg(process->processId()));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        const QByteArray text = limits.readAll();
        const qsizetype at = text.indexOf("Max core file size");
        QVERIFY(at >= 0);
        const QByteArray line = text.mid(at, text.indexOf('\n', at) - at).simplified();
        QVERIFY2(line.startsWith("Max core file size 0 0"), line.constData());
        process->terminate();
        QCOMPARE(World::finish(*process).exitCode, 5);
    }

    void argumentsHoldNoSecret()
    {
        World world;
        QVERIFY2(world.start(), qPrintable(world.problem));
        const CliRun help = world.run({u"--help"_s});
        QVERIFY2(!help.out.contains("secret="), "a secret could be given as an argument");
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
