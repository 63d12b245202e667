// SPDX-License-Identifier: GPL-3.0-or-later

// Every fixture folder is one case: answer.json as served, context.json (task and zone), expected.json.
// Folders of the original hold the file under the name the original gave it. After a wanted change,
// WRISTKEEP_REGENERATE=1 rewrites the expected files: read the difference before it is committed.

#include "providers/batchjson.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/fitbit/originalfiles.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QString fixtures = QStringLiteral(WRISTKEEP_FIXTURES);

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject readObject(const QString &path)
{
    return QJsonDocument::fromJson(readAll(path)).object();
}

/// One folder, with everything needed to parse it again.
struct Case
{
    QString folder;
    QByteArray body;
    ParseContext context;
    std::optional<OriginalFile> original;

    [[nodiscard]] Result<Batch> parse(const QByteArray &bytes) const
    {
        return original ? parseOriginal(*original, bytes, context)
                        : findProvider(u"fitbit"_s).value()->parse(bytes, context);
    }
};

Case readCase(const QString &folder)
{
    Case one;
    one.folder = folder;
    const QJsonObject context = readObject(folder + u"/context.json"_s);
    one.context.zone = Zone{QTimeZone(context.value("zone"_L1).toString().toLatin1()), ZoneSource::Profile};
    const QString name = context.value("file"_L1).toString(u"answer.json"_s);
    one.body = readAll(folder + u'/' + name);
    if (context.contains("file"_L1)) {
        one.original = recognise(name);
        return one;
    }
    FetchTask &task = one.context.task;
    task.account.provider = u"fitbit"_s;
    task.dataType = context.value("dataType"_L1).toString();
    task.first = QDate::fromString(context.value("first"_L1).toString(), Qt::ISODate);
    task.last = QDate::fromString(context.value("last"_L1).toString(context.value("first"_L1).toString()),
                                  Qt::ISODate);
    return one;
}

QStringList caseFolders()
{
    QStringList folders;
    for (const QString &root : {fixtures + u"/fitbit"_s, fixtures + u"/original"_s}) {
        QDirIterator walk(root, {u"context.json"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext())
            folders.append(QFileInfo(walk.next()).path());
    }
    folders.sort();
    return folders;
}

void addCases()
{
    QTest::addColumn<QString>("folder");
    for (const QString &folder : caseFolders())
        QTest::newRow(qPrintable(QDir(fixtures).relativeFilePath(folder))) << folder;
}

} // namespace

class TstFitbitGolden : public QObject
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
};

void TstFitbitGolden::everyTypeHasCases()
{
    QVERIFY(QTimeZone("Europe/Berlin").isValid());
    for (const FitbitType &row : fitbitTypes()) {
        const QDir folder(fixtures + u"/fitbit/"_s + row.type.id);
        QVERIFY2(folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size() >= 10, qPrintable(folder.path()));
    }
}

void TstFitbitGolden::golden()
{
    QFETCH(QString, folder);
    const Case one = readCase(folder);
    QVERIFY(one.context.zone.zone.isValid());
    const QJsonObject actual = toJson(one.parse(one.body));
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
void TstFitbitGolden::brokenOff()
{
    QFETCH(QString, folder);
    const Case one = readCase(folder);
    if (!one.parse(one.body) || (one.original && one.original->kind == OriginalFile::Kind::UserProfile))
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
void TstFitbitGolden::garbled()
{
    QFETCH(QString, folder);
    const Case one = readCase(folder);
    const QByteArray spoil = "\"0-9{}[],:eE.n\xff";
    for (qsizetype at = 0; at < one.body.size(); ++at) {
        QByteArray body = one.body;
        body[at] = spoil.at(at % spoil.size());
        const auto result = one.parse(body);
        if (!result)
            continue;
        for (const DailyValue &daily : result->daily) {
            QVERIFY(daily.value >= 0);
            if (!one.original)
                QVERIFY(daily.date >= one.context.task.first && daily.date <= one.context.task.last);
        }
        for (const SampleSeries &series : result->series) {
            for (size_t i = 1; i < series.samples.size(); ++i)
                QVERIFY(series.samples[i - 1].t < series.samples[i].t);
        }
    }
}

QTEST_GUILESS_MAIN(TstFitbitGolden)
#include "tst_fitbit_golden.moc"
