// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/clientfilebox.h"

#include "gui/remark.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace wristkeep {

ClientFileBox::ClientFileBox(QWidget *parent)
    : QWidget(parent), m_button(new QPushButton(tr("Take from f&ile…"), this)), m_remark(new Remark(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *hint = new QLabel(tr("or drop client_secret_….json here"), this);
    hint->setWordWrap(true);
    m_button->setAutoDefault(false);
    m_button->setAccessibleDescription(tr("Take ID and secret from a file"));
    row->addWidget(m_button);
    row->addWidget(hint, 1);
    column->addLayout(row);
    column->addWidget(m_remark);
    m_remark->setField(m_button);
    m_remark->setObjectName(u"fileRemark"_s);
    connect(m_button, &QPushButton::clicked, this, &ClientFileBox::choose);
}

void ClientFileBox::acceptDropsOn(QWidget *area)
{
    area->setAcceptDrops(true);
    area->installEventFilter(this);
}

void ClientFileBox::take(const QString &path)
{
    const Result<ClientFile> file = loadClientFile(path);
    const QString name = QFileInfo(path).fileName();
    if (!file) {
        m_remark->say(Tone::Problem, u"%1: %2 %3"_s.arg(name, file.error().detail, file.error().nextStep));
        return;
    }
    m_remark->say(Tone::Good, tr("Taken from %1. The file is not needed any more.").arg(name));
    Q_EMIT taken(*file);
}

bool ClientFileBox::eventFilter(QObject *watched, QEvent *event)
{
    const bool offered = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove ||
                         event->type() == QEvent::Drop;
    if (!offered || isHidden())
        return QWidget::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    if (!drop->mimeData()->hasUrls())
        return QWidget::eventFilter(watched, event);
    drop->acceptProposedAction();
    if (event->type() == QEvent::Drop)
        onDropped(drop->mimeData());
    return true;
}

void ClientFileBox::onDropped(const QMimeData *dropped)
{
    const QList<QUrl> urls = dropped->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        take(urls.first().toLocalFile());
    else
        m_remark->say(Tone::Problem, tr("Drop one file from this computer."));
}

void ClientFileBox::choose()
{
    auto *dialog = new QFileDialog(this, tr("File of the client"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
    dialog->setNameFilters({tr("Client files (*.json)"), tr("All files (*)")});
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ClientFileBox::take);
    dialog->open();
}

} // namespace wristkeep
