// SPDX-License-Identifier: GPL-3.0-or-later

// Every fixture folder is one case: answer.json as served, context.json (task and zone), expected.json. After
// a wanted change, WRISTKEEP_REGENERATE=1 rewrites the expected files: read the difference before it is
// committed.

#include "providers/batchjson.h"
#include "providers/daybody.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <tuple>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QString fixtures = QStringLiteral(WRISTKEEP_FIXTURES "/google-health");

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject readObject(const QString &path)
{
    return QJsonDocument::fromJson(readAll(path)).object();
}

const Provider &googleHealth()
{
    return *findProvider(u"google-health"_s).value();
}

/// One folder, with everything needed to parse it again.
struct Case
{
    QByteArray body;
    ParseContext context;

    [[nodiscard]] Result<Batch> parse(const QByteArray &bytes) const
    {
        return googleHealth().parse(bytes, context);
    }
};

Case readCase(const QString &folder)
{
    Case one;
    const QJsonObject context = readObject(folder + u"/context.json"_s);
    one.body = readAll(folder + u"/answer.json"_s);
    one.context.zone = Zone{QTimeZone(context.value("zone"_L1).toString().toLatin1()), ZoneSource::Profile};
    FetchTask &task = one.context.task;
    task.account.provider = u"google-health"_s;
    task.dataType = context.value("dataType"_L1).toString();
    const QString first = context.value("first"_L1).toString();
    task.first = QDate::fromString(first, Qt::ISODate);
    task.last = QDate::fromString(context.value("last"_L1).toString(first), Qt::ISODate);
    return one;
}

void addCases()
{
    QStringList folders;
    QDirIterator walk(fixtures, {u"context.json"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext())
        folders.append(QFileInfo(walk.next()).path());
    folders.sort();
    QTest::addColumn<QString>("folder");
    for (const QString &folder : std::as_const(folders))
        QTest::newRow(qPrintable(QDir(fixtures).relativeFilePath(folder))) << folder;
}

/// What holds for any batch, whatever the bytes were.
void checkPromises(const Batch &batch, const ParseContext &context)
{
    const qint64 start = civilDay(context.task.first, context.zone).startUtc;
    const qint64 end = civilDay(context.task.last, context.zone).endUtc();
    const GoogleHealthType &type = *googleHealthType(context.task.dataType);
    int points = 0;
    for (const DailyValue &daily : batch.daily) {
        QVERIFY(daily.value >= type.least / type.perUnit);
        QVERIFY(daily.date >= context.task.first && daily.date <= context.task.last);
        ++points;
    }
    for (const SampleSeries &series : batch.series) {
        QVERIFY(series.samples.front().t >= start && series.samples.back().t < end);
        for (size_t i = 1; i < series.samples.size(); ++i)
            QVERIFY(series.samples[i - 1].t < series.samples[i].t);
        points += int(series.samples.size());
    }
    for (const Session &session : batch.sessions) {
        QVERIFY(session.date >= context.task.first && session.date <= context.task.last);
        QVERIFY(!session.key.isEmpty() && session.startUtc <= session.endUtc);
        for (const Session::Stage &stage : session.stages)
            QVERIFY(stage.seconds >= 0 && !stage.stage.isEmpty());
        ++points;
    }
    QCOMPARE(batch.days.size(), context.task.first.daysTo(context.task.last) + 1);
    for (const DayResult &day : batch.days) {
        QCOMPARE(day.hasData, day.points > 0);
        points -= day.points;
    }
    QCOMPARE(points, 0);
}

} // namespace

class TstGoogleHealthGolden : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyTypeHasCases();
    void golden_data() { addCases(); }
    void golden();
    void brokenOff_data() { addCases(); }
    void brokenOff();
    void garbled_data() { addCases(); }
    void garbled();
    void divided_data() { addCases(); }
    void divided();
};

void TstGoogleHealthGolden::everyTypeHasCases()
{
    QVERIFY(QTimeZone("Europe/Berlin").isValid());
    for (const GoogleHealthType &row : googleHealthTypes()) {
        const QDir folder(fixtures + u'/' + row.type.id);
        QVERIFY2(folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 10, qPrintable(folder.path()));
    }
}

void TstGoogleHealthGolden::golden()
{
    QFETCH(QString, folder);
    const Case one = readCase(folder);
    QVERIFY(one.context.zone.zone.isValid());
    const auto result = one.parse(one.body);
    QCOMPARE(result.has_value(), !QDir(folder).dirName().startsWith(u"error_"_s));
    if (result)
        checkPromises(*result, one.context);
    const QJsonObject actual = toJson(result);
    const QString expectedFile = folder + u"/expected.json"_s;
    if (qEnvironmentVariableIsSet("WRISTKEEP_REGENERATE")) {
        QFile file(expectedFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(actual).toJson(QJsonDocument::Indented));
        return;
    }
    QCOMPARE(QString::fromUtf8(QJsonDocument(actual).toJson()),
             QString::fromUtf8(QJsonDocument(readObject(expectedFile)).toJson()));
}

// An answer cut anywhere is refused as a whole: no prefix of it is ever stored.
void TstGoogleHealthGolden::brokenOff()
{
    QFETCH(QString, folder);
    const Case one = readCase(folder);
    if (!one.parse(one.body))
        return;
    const QByteArray body = one.body.trimmed();
    for (qsizetype length = 0; length < body.size(); ++length) {
        const auto result = one.parse(body.left(length));
        QVERIFY2(!result, qPrintable(u"%1 bytes were taken"_s.arg(length)));
        QCOMPARE(result.error().kind, ErrorKind::NotUnderstood);
        QVERIFY(!result.error().detail.isEmpty());
    }
}

// Whatever single bytes become, the rows stay those of the asked days, in order and within reason.
void TstGoogleHealthGolden::garbled()
{
    QFETCH(QString, folder);
    const Case one = readCase(folder);
    const QByteArray spoil = "\"0-9{}[],:eE.n\xff";
    for (qsizetype at = 0; at < one.body.size(); ++at) {
        QByteArray body = one.body;
        body[at] = spoil.at(at % spoil.size());
        if (const auto result = one.parse(body))
            checkPromises(*result, one.context);
    }
}

// What is cut out for one day reads as the whole answer's part of that day; no cut body brings it down.
void TstGoogleHealthGolden::divided()
{
    QFETCH(QString, folder);
    const Case one = readCase(folder);
    for (qsizetype length = 0; length < one.body.size(); length += 7)
        std::ignore =
            test::dayBody(googleHealth(), {one.body.left(length)}, one.context.task.first, one.context);
    const auto whole = one.parse(one.body);
    if (!whole)
        return;
    QList<DailyValue> daily;
    QList<Session> sessions;
    std::vector<Sample> samples;
    for (const DayResult &day : whole->days) {
        const auto share = test::dayBody(googleHealth(), {one.body}, day.date, one.context);
        QVERIFY(share);
        ParseContext context = one.context;
        context.task.first = context.task.last = day.date;
        const auto part = googleHealth().parse(*share, context);
        QVERIFY2(part, share->constData());
        QCOMPARE(part->days, QList<DayResult>{day});
        QVERIFY(part->nextPage.isEmpty());
        daily += part->daily;
        sessions += part->sessions;
        for (const SampleSeries &series : part->series)
            samples.insert(samples.end(), series.samples.begin(), series.samples.end());
    }
    QCOMPARE(daily, whole->daily);
    std::stable_sort(sessions.begin(), sessions.end(),
                     [](const Session &a, const Session &b) { return a.startUtc < b.startUtc; });
    QCOMPARE(sessions, whole->sessions);
    QVERIFY(samples == (whole->series.isEmpty() ? std::vector<Sample>() : whole->series.first().samples));
}

QTEST_GUILESS_MAIN(TstGoogleHealthGolden)
#include "tst_googlehealth_golden.moc"
