// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tells about trouble or a remark without stopping the person: what happened and what to do next.

#include "gui/card.h"
#include "gui/dashboardfacts.h"

#include <memory>

namespace wristkeep {

namespace Ui {
class NoticeBanner;
}

class NoticeBanner : public Card
{
    Q_OBJECT
public:
    explicit NoticeBanner(QWidget *parent = nullptr);
    ~NoticeBanner() override;

    /// Hides itself when there is nothing to tell.
    void present(const std::optional<Notice> &notice);

Q_SIGNALS:
    void dismissed();

private:
    std::unique_ptr<Ui::NoticeBanner> m_ui;
};

} // namespace wristkeep
