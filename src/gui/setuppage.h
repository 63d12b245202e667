// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The first start, in the dashboard's place while the provider's id and secret are missing: what to register
// where, fields for what the provider hands out, and a test of the redirect address.

#include "core/settingseditor.h"
#include "core/syncmessages.h"
#include "gui/card.h"
#include "gui/setupform.h"

#include <memory>

class QLabel;
class QLineEdit;

namespace wristkeep {

namespace Ui {
class SetupPage;
}

class CopyButton;
class Remark;
struct ClientFile;

class SetupPage : public Card
{
    Q_OBJECT
public:
    explicit SetupPage(QWidget *parent = nullptr);
    ~SetupPage() override;

    /// Without an editor (a test, a picture) nothing can be saved and the page says so when asked.
    void present(const SetupForm &form, const SettingsEditor &editor);

public Q_SLOTS:
    /// What redirectTestRequested() led to; a verdict about another address than the one shown is dropped.
    void presentRedirectVerdict(const wristkeep::RedirectVerdict &verdict);

Q_SIGNALS:
    void linkActivated(const QUrl &url);
    /// Answer with presentRedirectVerdict().
    void redirectTestRequested(const QString &redirectUri, const QString &setting);
    /// Id and secret are kept; they count from the next start.
    void saved();

protected:
    /// A label keeps the colour its link was first drawn in.
    void changeEvent(QEvent *event) override;

private:
    void buildValues();
    void arrange();
    void onFileTaken(const ClientFile &file);
    void onWebToggled();
    void showLink();
    void showField(QLineEdit *field, const SettingValue &value);
    void onIdChanged();
    void onSecretChanged();
    void onRedirectChanged();
    void onTest();
    void onSave();
    void refreshSave();
    [[nodiscard]] QString typed(const QLineEdit *field) const;

    std::unique_ptr<Ui::SetupPage> m_ui;
    SetupForm m_form;
    SettingsEditor m_editor;
    QLabel *m_redirectLabel = nullptr;
    CopyButton *m_redirectCopy = nullptr;
};

} // namespace wristkeep
