// SPDX-License-Identifier: GPL-3.0-or-later
// Google Health in pages of every size, down to one record each, at a pace no real service would allow: what
// is kept is what one whole answer keeps.

#include "providers/registry.h"
#include "simulator/googlebench.h"
#include "sync/fetchbench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

const QDate Day(2026, 8, 12);

/// What one fetch left behind.
struct Kept
{
    QStringList rows;
    QByteArrayList files; ///< one a day
    int requests = 0;
};

SimulatorOptions hasty()
{
    SimulatorOptions options = GoogleBench::options();
    options.googlePerMinute = 1'000'000;
    return options;
}

Settings settingsFor(const Simulator &simulator)
{
    Settings settings;
    for (const auto *key :
         {"GOOGLE_HEALTH_API_URL", "GOOGLE_AUTHORIZE_URL", "GOOGLE_TOKEN_URL", "GOOGLE_REVOKE_URL"})
        settings.values[QString::fromLatin1(key)].value = simulator.baseUrl().toString();
    return settings;
}

Kept fetch(const QString &type, QDate last, int pageSize)
{
    GoogleBench service(hasty(), noon(QDate(2026, 9, 2)));
    if (!service.signIn())
        qFatal("the simulated Google does not sign in");
    service.control("wear", {{u"date"_s, Day.toString(Qt::ISODate)},
                             {u"to"_s, last.toString(Qt::ISODate)},
                             {u"state"_s, u"worn"_s}});
    service.control("switch", {{u"googlePageSize"_s, pageSize}});
    service.control("log", {{u"clear"_s, true}});
    Token token;
    token.accessToken = QString::fromLatin1(service.accessToken);
    FetchBench bench(**findProvider(u"google-health"_s), settingsFor(*service.simulator), token,
                     u"google_data"_s);
    bench.pace = RequestPace();
    bench.session.token.tokenHost = tokenHostOf(bench.session.client.tokenUrl);
    bench.run({bench.task(type, Day, last)});
    const QString problem =
        bench.jobs.isEmpty() ? u"no job ended"_s : bench.jobs.first().error.value_or(Error()).detail;
    if (!problem.isEmpty())
        qFatal("%s", qUtf8Printable(problem));
    QByteArrayList files;
    for (QDate date = Day; date <= last; date = date.addDays(1))
        files.append(bytesOf(bench.dayFile(type, date)));
    return {
        rowsOf(bench.place.databaseFile(), u"SELECT data_type, utc, value FROM v_samples ORDER BY 1, 2"_s) +
            rowsOf(bench.place.databaseFile(),
                   u"SELECT data_type, date, value, state FROM v_daily ORDER BY 1, 2"_s) +
            rowsOf(bench.place.databaseFile(),
                   u"SELECT data_type, date, state FROM v_ledger ORDER BY 1, 2"_s),
        files, int(service.control("log").value(u"entries"_s).toArray().size())};
}

} // namespace

class TestGooglePages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noSizeOfPageLosesAnything_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("days");
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("fewest");
        for (const auto &[size, fewest] :
             {std::pair(1, 1000), std::pair(2, 500), std::pair(7, 140), std::pair(1440, 1)})
            QTest::addRow("heart rate by the minute, %d", size) << u"heartrate_1min"_s << 1 << size << fewest;
        for (const auto &[size, fewest] : {std::pair(7, 140), std::pair(1440, 1)})
            QTest::addRow("steps by the minute, %d", size) << u"steps_1min"_s << 1 << size << fewest;
        for (const int size : {1, 2, 7})
            QTest::addRow("steps, %d", size) << u"steps"_s << 14 << size << 14 / size;
        // Readings a few seconds apart; a minute holds several, and a page ends within it.
        for (const int size : {97, 1440})
            QTest::addRow("raw heart rate, %d", size) << u"heartrate_raw"_s << 1 << size << 5;
    }

    void noSizeOfPageLosesAnything()
    {
        QFETCH(QString, type);
        QFETCH(int, days);
        QFETCH(int, size);
        QFETCH(int, fewest);
        const QDate last = Day.addDays(days - 1);
        const Kept whole = fetch(type, last, 0);
        const Kept paged = fetch(type, last, size);
        QVERIFY2(paged.requests >= fewest, qPrintable(QString::number(paged.requests)));
        QVERIFY(whole.rows.size() > days);
        QVERIFY(whole.files.first().size() > 20);
        QCOMPARE(paged.rows, whole.rows);
        QCOMPARE(paged.files, whole.files);
    }
};

QTEST_GUILESS_MAIN(TestGooglePages)
#include "tst_googlepages.moc"
