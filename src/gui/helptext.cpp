// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/helptext.h"

#include "core/logging.h"
#include "gui/statecolors.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextFrame>
#include <QTextTable>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// Round brackets would end a Markdown link.
QString linkToFolder(const QString &folder)
{
    return QString::fromLatin1(QUrl::fromLocalFile(folder).toEncoded())
        .replace(u'(', u"%28"_s)
        .replace(u')', u"%29"_s);
}

QString valueInText(const QString &key, const Settings &settings)
{
    for (const SettingKey &known : settingKeys()) {
        if (key == QLatin1StringView(known.name) && !known.secret) {
            const QString value = settings.value(known.name);
            return value.isEmpty() ? QString::fromLatin1(known.defaultValue) : value;
        }
    }
    if (key == "SETTINGS_FILE"_L1)
        return settings.settingsFile;
    if (key == "DATABASE_FILE"_L1)
        return settings.databaseFile;
    if (key == "FITBIT_FOLDER"_L1)
        return settings.fitbitDataDir;
    if (key == "GOOGLE_HEALTH_FOLDER"_L1)
        return settings.googleDataDir;
    if (key == "GOOGLE_HEALTH_FOLDER_URL"_L1)
        return linkToFolder(settings.googleDataDir);
    if (key == "KEY_FILE"_L1)
        return settings.secretKeyHex.isEmpty() ? settings.keyFile : u"WRISTKEEP_SECRET_KEY"_s;
    if (key == "FITBIT_FOLDER_URL"_L1)
        return linkToFolder(settings.fitbitDataDir);
    if (key == "DATABASE_FOLDER_URL"_L1)
        return linkToFolder(QFileInfo(settings.databaseFile).absolutePath());
    if (key == "SETTINGS_FOLDER_URL"_L1)
        return linkToFolder(QFileInfo(settings.settingsFile).absolutePath());
    qCWarning(lcGui).noquote() << "Help text names an unknown value:" << key;
    return {};
}

HelpSection readSection(const QString &id, const Settings &settings)
{
    HelpSection section;
    section.id = id;
    QFile file(u":/help/%1.md"_s.arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return section;
    const QString raw = QString::fromUtf8(file.readAll());
    static const QRegularExpression place(u"\\{\\{([A-Z_]+)\\}\\}"_s);
    qsizetype end = 0;
    auto matches = place.globalMatch(raw);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        section.markdown += QStringView(raw).mid(end, match.capturedStart() - end);
        section.markdown += valueInText(match.captured(1), settings);
        end = match.capturedEnd();
    }
    section.markdown += QStringView(raw).mid(end);
    section.title = section.markdown.section(u'\n', 0, 0).remove(u'#').trimmed();
    return section;
}

/// A hairline under each row reads better than a grid.
void ruleRows(QTextTable *table, const QColor &line)
{
    for (int row = 0; row < table->rows(); ++row) {
        for (int column = 0; column < table->columns(); ++column) {
            QTextTableCell cell = table->cellAt(row, column);
            QTextTableCellFormat format = cell.format().toTableCellFormat();
            format.setPadding(4);
            format.setRightPadding(24);
            format.setBottomBorder(1);
            format.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBottomBorderBrush(line);
            cell.setFormat(format);
        }
    }
}

void spaceBlocks(QTextDocument *document)
{
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        if (level > 0)
            format.setTopMargin(level == 1 ? 0 : 16);
        format.setBottomMargin(cursor.currentTable() != nullptr ? 0 : level > 0 ? 8 : 6);
        format.setLineHeight(120, QTextBlockFormat::ProportionalHeight);
        cursor.setBlockFormat(format);
    }
}

} // namespace

QList<HelpSection> helpSections(const Settings &settings)
{
    QList<HelpSection> sections;
    for (const QString &id :
         {u"what-you-need"_s, u"setup-google"_s, u"setup-fitbit"_s, u"connecting"_s, u"syncing"_s,
          u"scopes"_s, u"sync-log"_s, u"tray"_s, u"troubleshooting-google"_s, u"troubleshooting"_s, u"data"_s,
          u"privacy"_s, u"configuration"_s})
        sections << readSection(id, settings);
    return sections;
}

void presentMarkdown(QTextBrowser *browser, const QString &markdown)
{
    QTextDocument *document = browser->document();
    document->setDocumentMargin(16);
    document->setMarkdown(markdown);
    const QColor line =
        blended(browser->palette().color(QPalette::Base), browser->palette().color(QPalette::Text), 0.2);
    const QList<QTextFrame *> frames = document->rootFrame()->childFrames();
    for (QTextFrame *frame : frames) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (table == nullptr)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(0);
        format.setCellSpacing(0);
        format.setCellPadding(0);
        format.setTopMargin(4);
        format.setBottomMargin(12);
        table->setFormat(format);
        ruleRows(table, line);
    }
    spaceBlocks(document);
    browser->moveCursor(QTextCursor::Start);
}

} // namespace wristkeep
