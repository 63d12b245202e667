// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/filescard.h"

#include "gui/wording.h"
#include "ui_filescard.h"

#include <QDir>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace wristkeep {

FilesCard::FilesCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::FilesCard>())
{
    m_ui->setupUi(this);
    connect(m_ui->openFolder, &QPushButton::clicked, this, &FilesCard::openFolderRequested);
    presentContent({});
}

FilesCard::~FilesCard() = default;

void FilesCard::presentFolder(const QString &folder)
{
    // A home folder is the same for all that lies in it and would push the telling part out of sight.
    QString shown = folder;
    if (folder.startsWith(QDir::homePath() + u'/'))
        shown = u'~' + folder.mid(QDir::homePath().size());
    if (m_ui->folder->text() != shown) {
        m_ui->folder->setFullText(QDir::toNativeSeparators(shown));
        m_ui->folder->setToolTip(QDir::toNativeSeparators(folder));
    }
}

void FilesCard::presentContent(const std::optional<FolderContent> &content)
{
    QString words;
    if (!content)
        words = u"–"_s;
    else if (content->files == 0)
        words = tr("No files yet");
    else if (content->files == 1)
        words = tr("1 file, %1").arg(sizeInWords(content->bytes));
    else
        words = tr("%1 files, %2").arg(QLocale().toString(content->files), sizeInWords(content->bytes));
    m_ui->content->setText(words);
}

} // namespace wristkeep
