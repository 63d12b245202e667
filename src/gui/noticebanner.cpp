// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/noticebanner.h"

#include "ui_noticebanner.h"

namespace wristkeep {

NoticeBanner::NoticeBanner(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::NoticeBanner>())
{
    m_ui->setupUi(this);
    hide();
    connect(m_ui->dismiss, &QPushButton::clicked, this, &NoticeBanner::dismissed);
}

NoticeBanner::~NoticeBanner() = default;

void NoticeBanner::present(const std::optional<Notice> &notice)
{
    if (notice) {
        QStringList words{notice->sentence, notice->nextStep};
        words.removeAll(QString());
        m_ui->icon->setTone(notice->tone);
        m_ui->title->setText(notice->title);
        m_ui->text->setText(words.join(QLatin1Char(' ')));
    }
    setVisible(notice.has_value());
}

} // namespace wristkeep
