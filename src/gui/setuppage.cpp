// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setuppage.h"

#include "core/errortexts.h"
#include "gui/clientfile.h"
#include "gui/copybutton.h"
#include "gui/remark.h"
#include "ui_setuppage.h"

#include <QEvent>
#include <QLabel>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// Takes away what a paste brought along around the value; true when there was something.
bool tidy(QLineEdit *field)
{
    const QString text = field->text();
    const QString clean = text.trimmed();
    if (clean == text)
        return false;
    const QSignalBlocker quiet(field);
    field->setText(clean);
    return true;
}

QString sentences(const Error &error)
{
    QStringList words{error.detail.isEmpty() ? errorText(error, {}).sentence : error.detail, error.nextStep};
    words.removeAll(QString());
    return words.join(u' ');
}

} // namespace

SetupPage::SetupPage(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::SetupPage>())
{
    m_ui->setupUi(this);
    // The card's colour shows through.
    m_ui->scroll->viewport()->setAutoFillBackground(false);
    m_ui->content->setAutoFillBackground(false);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.1);
    large.setBold(true);
    for (QLabel *heading : {m_ui->stepRegister, m_ui->stepEnter, m_ui->stepTest})
        heading->setFont(large);
    m_ui->values->setColumnStretch(1, 1);
    m_ui->idRemark->setField(m_ui->clientId);
    m_ui->secretRemark->setField(m_ui->clientSecret);
    m_ui->verdict->setField(m_ui->redirect);
    m_ui->file->acceptDropsOn(this);
    for (QLineEdit *field : {m_ui->clientId, m_ui->clientSecret})
        field->setAcceptDrops(false); // a file dropped there would leave its name
    connect(m_ui->file, &ClientFileBox::taken, this, &SetupPage::onFileTaken);
    connect(m_ui->walk, &SetupWalk::linkActivated, this, &SetupPage::linkActivated);
    connect(m_ui->web, &QCheckBox::toggled, this, &SetupPage::onWebToggled);
    connect(m_ui->link, &QLabel::linkActivated, this,
            [this](const QString &link) { Q_EMIT linkActivated(QUrl(link)); });
    connect(m_ui->clientId, &QLineEdit::textChanged, this, &SetupPage::onIdChanged);
    connect(m_ui->clientSecret, &QLineEdit::textChanged, this, &SetupPage::onSecretChanged);
    connect(m_ui->redirect, &QLineEdit::textChanged, this, &SetupPage::onRedirectChanged);
    connect(m_ui->showSecret, &QCheckBox::toggled, m_ui->clientSecret, [this](bool shown) {
        m_ui->clientSecret->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    });
    connect(m_ui->test, &QPushButton::clicked, this, &SetupPage::onTest);
    connect(m_ui->save, &QPushButton::clicked, this, &SetupPage::onSave);
    for (QLineEdit *field : {m_ui->clientId, m_ui->clientSecret})
        connect(field, &QLineEdit::returnPressed, m_ui->save, &QPushButton::click);
    connect(m_ui->redirect, &QLineEdit::returnPressed, m_ui->test, &QPushButton::click);
}

SetupPage::~SetupPage() = default;

void SetupPage::present(const SetupForm &form, const SettingsEditor &editor)
{
    m_form = form;
    m_editor = editor;
    m_ui->stepRegister->setText(tr("1. Register your own app at %1").arg(form.provider));
    m_ui->stepEnter->setText(tr("2. Enter what %1 then shows").arg(form.provider));
    showLink();
    m_ui->notice->say(Tone::Attention, form.notice);
    buildValues();
    m_ui->walk->present(form.steps);
    m_ui->clientId->setPlaceholderText(tr("like %1").arg(form.idExample));
    m_ui->clientSecret->setPlaceholderText(form.secretExample);
    showField(m_ui->clientId, form.id);
    showField(m_ui->clientSecret, form.secret);
    showField(m_ui->redirect, form.redirect);
    m_ui->verdict->clear();
    {
        const QSignalBlocker quiet(m_ui->web);
        m_ui->web->setChecked(!form.webRedirect.isEmpty() && QUrl(form.redirect.value).port() > 0);
    }
    m_ui->web->setEnabled(!isFixedOutside(form.redirect));
    arrange();
    onIdChanged();
    onSecretChanged();
    onRedirectChanged();
}

void SetupPage::arrange()
{
    const bool walks = !m_form.steps.isEmpty();
    m_ui->walk->setVisible(walks);
    m_ui->link->setVisible(!walks);
    m_ui->file->setVisible(m_form.takesFile);
    const bool maybeWeb = !m_form.webRedirect.isEmpty();
    m_ui->web->setVisible(maybeWeb);
    // Where any free port will do there is nothing to register and nothing to test.
    const bool fixed = !maybeWeb || m_ui->web->isChecked();
    m_ui->stepTest->setVisible(fixed && !maybeWeb);
    for (QWidget *part : std::initializer_list<QWidget *>{m_ui->redirectLabel, m_ui->redirect, m_ui->test})
        part->setVisible(fixed);
}

void SetupPage::onFileTaken(const ClientFile &file)
{
    if (!isFixedOutside(m_form.id))
        m_ui->clientId->setText(file.id);
    if (!isFixedOutside(m_form.secret))
        m_ui->clientSecret->setText(file.secret);
    if (isFixedOutside(m_form.redirect))
        return;
    m_ui->web->setChecked(file.isWeb);
    if (!file.loopbackRedirect.isEmpty())
        m_ui->redirect->setText(file.loopbackRedirect);
}

void SetupPage::onWebToggled()
{
    const bool web = m_ui->web->isChecked();
    const bool configured = QUrl(m_form.redirect.value).port() > 0;
    const QString anyPort = configured ? QString() : m_form.redirect.value;
    m_ui->redirect->setText(!web ? anyPort : configured ? m_form.redirect.value : m_form.webRedirect);
    arrange();
    if (web && m_ui->verdict->text().isEmpty())
        m_ui->verdict->say(Tone::Neutral, tr("Register exactly this address for the client."));
}

void SetupPage::changeEvent(QEvent *event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_form.registerAt.isValid())
        showLink();
}

void SetupPage::showLink()
{
    m_ui->link->setText(QString());
    m_ui->link->setText(u"<a href=\"%1\">%2</a>"_s.arg(
        m_form.registerAt.toString(QUrl::FullyEncoded),
        tr("Open %1 and fill in:").arg(m_form.registerAt.host() + m_form.registerAt.path()).toHtmlEscaped()));
}

void SetupPage::buildValues()
{
    while (const auto item = std::unique_ptr<QLayoutItem>(m_ui->values->takeAt(0)))
        const std::unique_ptr<QWidget> gone(item->widget());
    QWidget *before = m_ui->link;
    for (int row = 0; row < int(m_form.values.size()); ++row) {
        const SetupValue &value = m_form.values.at(row);
        auto *label = new QLabel(value.label);
        auto *text = new QLabel;
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setText(value.note.isEmpty() ? value.value : u"%1\n(%2)"_s.arg(value.value, value.note));
        text->setAccessibleName(value.label);
        // A value in two lines would look like two values.
        text->setMinimumWidth(text->fontMetrics().horizontalAdvance(value.value) + 2);
        auto *copy = new CopyButton(value.what);
        copy->setContent(value.value);
        m_ui->values->addWidget(label, row, 0);
        m_ui->values->addWidget(text, row, 1);
        m_ui->values->addWidget(copy, row, 2);
        setTabOrder(before, copy);
        before = copy;
        if (row == m_form.redirectRow) {
            m_redirectLabel = text;
            m_redirectCopy = copy;
        }
    }
}

void SetupPage::showField(QLineEdit *field, const SettingValue &value)
{
    const QSignalBlocker quiet(field);
    field->setText(value.value);
    field->setReadOnly(isFixedOutside(value));
    field->setCursorPosition(0);
}

QString SetupPage::typed(const QLineEdit *field) const
{
    return field->text().trimmed();
}

void SetupPage::onIdChanged()
{
    const bool tidied = tidy(m_ui->clientId);
    const FieldRemark remark = clientIdRemark(m_form, typed(m_ui->clientId));
    if (!remark.text.isEmpty())
        m_ui->idRemark->say(remark.blocks ? Tone::Problem : Tone::Attention, remark.text);
    else if (isFixedOutside(m_form.id))
        m_ui->idRemark->say(Tone::Neutral, fixedOutsideText(m_form.id));
    else
        m_ui->idRemark->say(Tone::Good, tidied ? tr("Blanks around it were taken away.") : QString());
    refreshSave();
}

void SetupPage::onSecretChanged()
{
    const bool tidied = tidy(m_ui->clientSecret);
    const FieldRemark remark = clientSecretRemark(m_form, typed(m_ui->clientSecret));
    if (!remark.text.isEmpty())
        m_ui->secretRemark->say(remark.blocks ? Tone::Problem : Tone::Attention, remark.text);
    else if (isFixedOutside(m_form.secret))
        m_ui->secretRemark->say(Tone::Neutral, fixedOutsideText(m_form.secret));
    else
        m_ui->secretRemark->say(Tone::Good, tidied ? tr("Blanks around it were taken away.") : QString());
    refreshSave();
}

void SetupPage::onRedirectChanged()
{
    tidy(m_ui->redirect);
    const QString address = typed(m_ui->redirect);
    m_ui->verdict->clear();
    if (m_redirectLabel != nullptr) {
        const SetupValue &row = m_form.values.at(m_form.redirectRow);
        m_redirectLabel->setText(u"%1\n(%2)"_s.arg(address, row.note));
        m_redirectCopy->setContent(address);
    }
    const Outcome fine = m_editor.check ? m_editor.check(m_form.redirectKey, address) : Outcome{};
    if (!fine)
        m_ui->verdict->say(Tone::Problem, sentences(fine.error()));
    else if (isFixedOutside(m_form.redirect))
        m_ui->verdict->say(Tone::Neutral, fixedOutsideText(m_form.redirect));
    m_ui->test->setEnabled(fine.has_value() && !address.isEmpty());
    refreshSave();
}

void SetupPage::onTest()
{
    m_ui->test->setEnabled(false);
    m_ui->verdict->say(Tone::Busy, tr("Trying the address…"));
    Q_EMIT redirectTestRequested(typed(m_ui->redirect), m_form.redirectKey);
}

void SetupPage::presentRedirectVerdict(const RedirectVerdict &verdict)
{
    if (verdict.redirectUri != typed(m_ui->redirect))
        return;
    m_ui->test->setEnabled(true);
    if (!verdict.error) {
        m_ui->verdict->say(Tone::Good, tr("Free and reachable: the browser will find its way back."));
    } else if (verdict.error->kind == ErrorKind::PortBusy) {
        m_ui->verdict->say(Tone::Problem,
                           tr("Port %1 is used by another program: choose another port here and at %2.")
                               .arg(verdict.port)
                               .arg(m_form.provider));
    } else {
        m_ui->verdict->say(verdict.error->kind == ErrorKind::Busy ? Tone::Good : Tone::Problem,
                           sentences(*verdict.error));
    }
}

void SetupPage::refreshSave()
{
    m_ui->saveRemark->clear();
    const bool complete = !typed(m_ui->clientId).isEmpty() && !typed(m_ui->clientSecret).isEmpty() &&
                          !clientIdRemark(m_form, typed(m_ui->clientId)).blocks &&
                          !clientSecretRemark(m_form, typed(m_ui->clientSecret)).blocks;
    m_ui->save->setEnabled(complete);
}

void SetupPage::onSave()
{
    SettingsChanges changes = m_form.also;
    if (!isFixedOutside(m_form.id))
        changes.insert(m_form.idKey, typed(m_ui->clientId));
    if (!isFixedOutside(m_form.secret))
        changes.insert(m_form.secretKey, typed(m_ui->clientSecret));
    if (!isFixedOutside(m_form.redirect) && typed(m_ui->redirect) != m_form.redirect.value)
        changes.insert(m_form.redirectKey, typed(m_ui->redirect));
    const Outcome outcome = m_editor.save ? m_editor.save(changes)
                                          : failure(ErrorKind::BadUsage, tr("Nothing can be saved here."));
    if (!outcome) {
        m_ui->saveRemark->say(Tone::Problem, sentences(outcome.error()));
        return;
    }
    m_ui->saveRemark->say(Tone::Good, tr("Saved."));
    Q_EMIT saved();
}

} // namespace wristkeep
