// SPDX-License-Identifier: GPL-3.0-or-later

// Every kind of error has words of its own, and they say what to do next.

#include "core/errortexts.h"

#include <QDateTime>
#include <QSet>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class ErrorTextsTest : public QObject
{
    Q_OBJECT

    static Error made(ErrorKind kind, const QString &detail = {})
    {
        Error error;
        error.kind = kind;
        error.detail = detail;
        return error;
    }

private Q_SLOTS:
    void everyKindHasItsOwnSentence()
    {
        QSet<QString> sentences;
        for (int kind = 0; kind <= int(ErrorKind::Internal); ++kind) {
            const ErrorText text = errorText(made(ErrorKind(kind)), u"Fitbit"_s);
            QVERIFY2(!text.title.isEmpty(), qPrintable(QString::number(kind)));
            QVERIFY2(text.sentence.endsWith(u'.'), qPrintable(text.sentence));
            QVERIFY2(!text.sentence.contains(u'%') && !text.nextStep.contains(u'%'),
                     qPrintable(text.sentence));
            QVERIFY2(text.nextStep.isEmpty() || text.nextStep.endsWith(u'.'), qPrintable(text.nextStep));
            sentences.insert(text.sentence);
        }
        QCOMPARE(sentences.size(), int(ErrorKind::Internal) + 1);
    }

    void saysWhatHappenedAndWhatToDo_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QString>("line");
        QTest::newRow("gone")
            << ErrorKind::ServiceGone << u"Fitbit"_s << u"410 Gone"_s
            << u"The Fitbit Web API was shut down on 2 November 2026. Connect Google Health instead."_s;
        QTest::newRow("gone elsewhere")
            << ErrorKind::ServiceGone << u"Google Health"_s << QString()
            << u"Google Health says that this service no longer exists. Look for a newer version of this program."_s;
        QTest::newRow("credentials")
            << ErrorKind::ClientRefused << u"Fitbit"_s << QString()
            << u"Fitbit does not accept the client ID and secret. Copy FITBIT_CLIENT_ID and "
               "FITBIT_CLIENT_SECRET again from the page where the application is registered."_s;
        QTest::newRow("network") << ErrorKind::Network << u"Fitbit"_s << u"the connection was refused"_s
                                 << u"Could not reach Fitbit. The connection was refused. Check the internet "
                                    "connection, then try again."_s;
        QTest::newRow("detail replaces")
            << ErrorKind::BadUsage << u"Fitbit"_s << u"no such command"_s << u"No such command."_s;
        QTest::newRow("no provider") << ErrorKind::TimedOut << QString() << QString()
                                     << u"The provider did not answer in time. Try again in a few minutes."_s;
    }

    void saysWhatHappenedAndWhatToDo()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(QString, provider);
        QFETCH(QString, detail);
        QFETCH(QString, line);
        QCOMPARE(errorLine(made(kind, detail), provider), line);
    }

    void aKnownNextStepWins()
    {
        Error error = made(ErrorKind::BadConfiguration, u"FITBIT_API_URL (environment) has a path."_s);
        error.nextStep = u"Write the host alone"_s;
        QCOMPARE(errorLine(error, u"Fitbit"_s),
                 u"FITBIT_API_URL (environment) has a path. Write the host alone."_s);
    }

    void saysWhenToGoOn()
    {
        const QDateTime at(QDate(2026, 11, 23), QTime(14, 5));
        Error error = made(ErrorKind::RateLimited);
        error.retryAtUtc = at.toSecsSinceEpoch();
        QCOMPARE(errorText(error, u"Fitbit"_s).nextStep, u"Sync again from 14:05 on; what is here stays."_s);
        error.kind = ErrorKind::Network;
        QCOMPARE(errorText(error, u"Fitbit"_s).nextStep, u"Trying again at 14:05."_s);
        QCOMPARE(errorText(error, u"Fitbit"_s).sentence, u"Could not reach Fitbit."_s);
    }

    void aDetailMayHoldPercentSigns()
    {
        QCOMPARE(errorText(made(ErrorKind::Network, u"100%1 lost"_s), u"Fitbit"_s).sentence,
                 u"Could not reach Fitbit. 100%1 lost."_s);
    }
};

QTEST_GUILESS_MAIN(ErrorTextsTest)
#include "tst_errortexts.moc"
