// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/aboutdialog.h"

#include "sync/versions.h"
#include "ui_aboutdialog.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QIcon>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace wristkeep {

AboutDialog::AboutDialog(QWidget *parent) : QDialog(parent), m_ui(std::make_unique<Ui::AboutDialog>())
{
    m_ui->setupUi(this);
    resize(520, 440);
    m_ui->icon->setPixmap(QIcon(u":/icons/wristkeep.svg"_s).pixmap(QSize(64, 64), devicePixelRatioF()));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    m_ui->name->setFont(large);
    m_ui->name->setText(tr("Wristkeep %1").arg(QString::fromLatin1(WRISTKEEP_VERSION)));
    showLicence();
    const QList<Library> all = libraries();
    for (const Library &library : all)
        new QTreeWidgetItem(
            m_ui->libraries,
            {library.name, library.version.isEmpty() ? u"–"_s : library.version, library.licence});
    m_ui->libraries->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_ui->libraries->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_ui->libraries->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_ui->libraries->header()->setStretchLastSection(false);
    m_ui->copy->setWhat(tr("bug report details"));
    m_ui->copy->setContent(reportBlock());
    connect(m_ui->licence, &QLabel::linkActivated, this,
            [this](const QString &link) { Q_EMIT linkActivated(QUrl(link)); });
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::reject);
}

AboutDialog::~AboutDialog() = default;

void AboutDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showLicence();
}

void AboutDialog::showLicence()
{
    m_ui->licence->setText(QString());
    m_ui->licence->setText(
        tr("Free software under the <a href=\"%1\">GNU General Public License, version 3 or later</a> "
           "(GPL-3.0-or-later). It comes without any warranty.")
            .arg(u"https://www.gnu.org/licenses/gpl-3.0.html"_s));
}

QString AboutDialog::reportBlock()
{
    QStringList lines{u"Wristkeep " WRISTKEEP_VERSION ""_s};
    const QList<Library> all = libraries();
    for (const Library &library : all) {
        if (!library.version.isEmpty())
            lines << u"%1 %2"_s.arg(library.name, library.version);
    }
    lines << u"%1, %2"_s.arg(QSysInfo::prettyProductName(), QSysInfo::currentCpuArchitecture());
    lines << u"%1 %2"_s.arg(QSysInfo::kernelType(), QSysInfo::kernelVersion());
    lines << u"Platform %1"_s.arg(QGuiApplication::platformName());
    return lines.join(u'\n');
}

} // namespace wristkeep
