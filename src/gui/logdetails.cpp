// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logdetails.h"

#include "gui/logtext.h"
#include "gui/wholetexts.h"
#include "ui_logdetails.h"

#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace wristkeep {

LogDetails::LogDetails(const LogEntry &entry, const DataTitles &titles, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::LogDetails>())
{
    m_ui->setupUi(this);
    keepTextsWhole(this);
    const auto cell = [&entry, &titles](int column) { return logCell(entry, column, titles); };
    // The message ends in the next step, which has a line of its own here.
    QString text = entry.text;
    if (!entry.nextStep.isEmpty() && text.endsWith(entry.nextStep))
        text = text.chopped(entry.nextStep.size()).trimmed();
    presentRow(m_ui->timeLabel, m_ui->time, cell(LogTime));
    presentRow(m_ui->participantLabel, m_ui->participant, entry.participant);
    presentRow(m_ui->dataLabel, m_ui->data, cell(LogData));
    presentRow(m_ui->dayLabel, m_ui->day, cell(LogDay));
    presentRow(m_ui->resultLabel, m_ui->result, cell(LogResult));
    presentRow(m_ui->textLabel, m_ui->text, text);
    presentRow(m_ui->nextLabel, m_ui->next, entry.nextStep);
    presentRow(m_ui->requestLabel, m_ui->request, entry.request);
    presentRow(m_ui->durationLabel, m_ui->duration, cell(LogDuration));
    presentRow(m_ui->sizeLabel, m_ui->size, cell(LogSize));
    m_ui->close->setFocus();
    connect(m_ui->copy, &QPushButton::clicked, this, &LogDetails::copy);
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::accept);
}

LogDetails::~LogDetails() = default;

void LogDetails::presentRow(QLabel *label, QLabel *value, const QString &text)
{
    value->setText(text);
    label->setVisible(!text.isEmpty());
    value->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        m_lines << label->text() + u": "_s + text;
}

void LogDetails::copy() const
{
    QGuiApplication::clipboard()->setText(m_lines.join(u'\n'));
}

} // namespace wristkeep
