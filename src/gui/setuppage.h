// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Takes the dashboard's place while the provider's id and secret are missing: what to register where, and
// which variables to set.

#include "gui/card.h"

#include <QUrl>

#include <memory>

namespace wristkeep {

namespace Ui {
class SetupPage;
}

class SetupPage : public Card
{
    Q_OBJECT
public:
    explicit SetupPage(QWidget *parent = nullptr);
    ~SetupPage() override;
    void setText(const QString &markdown);

Q_SIGNALS:
    void linkActivated(const QUrl &url);

private:
    std::unique_ptr<Ui::SetupPage> m_ui;
};

} // namespace wristkeep
