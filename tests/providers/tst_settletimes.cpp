// SPDX-License-Identifier: GPL-3.0-or-later
// The table of settle times in docs/DATA.md is the providers' own.

#include "providers/provider.h"
#include "providers/registry.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;

class TestSettleTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDocumentNamesEachTypesOwn()
    {
        QFile page(QStringLiteral(WRISTKEEP_FIXTURES "/../../docs/DATA.md"));
        QVERIFY2(page.open(QIODevice::ReadOnly), qPrintable(page.fileName()));
        const QRegularExpression row(u"^\\| `([^`]+)` \\| `([^`]+)` \\| (\\d+) \\|$"_s,
                                     QRegularExpression::MultilineOption);
        QStringList documented;
        for (auto it = row.globalMatch(QString::fromUtf8(page.readAll())); it.hasNext();)
            documented.append(it.next().capturedTexts().mid(1).join(u' '));
        QStringList real;
        for (const Provider *provider : providers()) {
            for (const DataType &type : provider->dataTypes())
                real.append(u"%1 %2 %3"_s.arg(provider->id(), type.id).arg(type.settleDays));
        }
        documented.sort();
        real.sort();
        QVERIFY2(documented == real, qPrintable(real.join(u", "_s)));
    }
};

QTEST_GUILESS_MAIN(TestSettleTimes)
#include "tst_settletimes.moc"
