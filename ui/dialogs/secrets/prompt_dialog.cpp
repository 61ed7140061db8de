// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/secrets/prompt_dialog.h"

#include "core/base/redaction.h"
#include "ui/text/error_text.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

namespace {

QString deviceName(const PageContext &context, const DeviceId &id)
{
    for (const engine::DeviceRow &row : context.client.devices()) {
        if (row.device.id == id)
            return displayText(row.device.name, 64);
    }
    return PromptDialog::tr("the new device");
}

} // namespace

PromptDialog::PromptDialog(const PageContext &context, const engine::PromptRequest &request, QWidget *window)
    : ModalDialog(context.theme, tr("%1 asks").arg(deviceName(context, request.prompt.device)), 440, window)
    , m_context(context)
    , m_id(request.id)
    , m_line(new QLineEdit(this))
{
    setQuiet(tr("These are the words of the machine:"));
    for (const QString &text : {request.prompt.title, request.prompt.instruction}) {
        if (text.isEmpty())
            continue;
        QLabel *label = makeLabel(context.theme, displayText(text, 600), TextStyle::Body, "text.primary", this);
        label->setWordWrap(true);
        body()->addWidget(label);
    }
    QLabel *question =
        makeLabel(context.theme, displayText(request.prompt.text, 300), TextStyle::BodyStrong, "text.primary", this);
    question->setWordWrap(true);
    question->setBuddy(m_line);
    m_line->setAccessibleName(question->text());
    m_line->setEchoMode(request.prompt.echo ? QLineEdit::Normal : QLineEdit::Password);
    body()->addWidget(question);
    body()->addWidget(m_line);
    body()->addStretch(1);
    QPushButton *cancel = addFootButton(tr("Cancel"), ButtonKind::Default);
    QPushButton *send = addFootButton(tr("Answer"), ButtonKind::Primary);
    connect(cancel, &QPushButton::clicked, this, &QDialog::close);
    const auto give = [this] {
        QByteArray bytes = m_line->text().toUtf8();
        m_line->clear();
        answer(std::move(bytes));
        close();
    };
    connect(send, &QPushButton::clicked, this, give);
    connect(m_line, &QLineEdit::returnPressed, this, give);
    m_line->setFocus();
}

PromptDialog::~PromptDialog()
{
    answer(std::nullopt);
}

void PromptDialog::answer(std::optional<QByteArray> bytes)
{
    if (m_answered)
        return;
    m_answered = true;
    m_context.client.answerPrompt(m_id, std::move(bytes));
}

UnlockDialog::UnlockDialog(const PageContext &context, QWidget *window)
    : ModalDialog(context.theme, tr("Unlock secrets"), 440, window)
    , m_context(context)
    , m_phrase(new QLineEdit(this))
    , m_problem(makeLabel(context.theme, {}, TextStyle::Small, "state.critical.fg", this))
{
    setQuiet(tr("There is no keyring on this desktop, so passwords and passphrases are kept in one sealed file. Its "
                "passphrase opens it; where there is no file yet, it is made with this passphrase."));
    m_phrase->setEchoMode(QLineEdit::Password);
    QLabel *label = makeLabel(context.theme, tr("Passphrase"), TextStyle::Small, "text.secondary", this);
    label->setBuddy(m_phrase);
    m_phrase->setAccessibleName(tr("Passphrase"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    body()->addWidget(label);
    body()->addWidget(m_phrase);
    body()->addWidget(m_problem);
    body()->addStretch(1);
    QPushButton *cancel = addFootButton(tr("Cancel"), ButtonKind::Default);
    m_open = addFootButton(tr("Unlock"), ButtonKind::Primary);
    m_open->setEnabled(false);
    connect(m_phrase, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_open->setEnabled(!text.isEmpty()); });
    connect(m_phrase, &QLineEdit::returnPressed, this, &UnlockDialog::unlock);
    connect(cancel, &QPushButton::clicked, this, &QDialog::close);
    connect(m_open, &QPushButton::clicked, this, &UnlockDialog::unlock);
    m_phrase->setFocus();
}

void UnlockDialog::unlock()
{
    if (m_phrase->text().isEmpty())
        return;
    QByteArray bytes = m_phrase->text().toUtf8();
    SecretBytes secret(bytes);
    wipe(bytes);
    m_phrase->clear();
    m_open->setEnabled(false);
    m_context.client.unlockSecrets(std::move(secret)).then(this, [this](const Result<void> &done) {
        if (done) {
            m_context.navigator.toast(tr("Secrets are unlocked"));
            close();
            return;
        }
        const ErrorWords words = errorWords(done.error());
        m_problem->setText(words.what + QLatin1Char(' ') + words.remedy);
        m_problem->show();
        m_phrase->setFocus();
    });
}

} // namespace infra::ui
