// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/devices/bulk_dialogs.h"

#include "ui/widgets/controls.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

SmallDialog::SmallDialog(const Theme &theme, const QString &title, const QString &words, const QString &act,
                         bool danger, QWidget *window)
    : QDialog(window)
    , m_theme(theme)
{
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setFixedWidth(theme.px(440));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    QLabel *head = makeLabel(theme, title, TextStyle::DialogTitle, "text.primary", this);
    head->setWordWrap(true);
    column->addWidget(head);
    if (!words.isEmpty()) {
        QLabel *text = makeLabel(theme, words, TextStyle::Body, "text.secondary", this);
        text->setWordWrap(true);
        column->addWidget(text);
    }
    m_fields = new QVBoxLayout;
    m_fields->setSpacing(6);
    column->addLayout(m_fields);
    column->addSpacing(8);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addStretch(1);
    QPushButton *cancel = makeButton(theme, tr("Cancel"), ButtonKind::Default, {}, this);
    QPushButton *go = makeButton(theme, act, danger ? ButtonKind::Danger : ButtonKind::Primary, {}, this);
    cancel->setAutoDefault(false);
    go->setAutoDefault(!danger);
    go->setDefault(!danger);
    foot->addWidget(cancel);
    foot->addWidget(go);
    column->addLayout(foot);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(go, &QPushButton::clicked, this, [this] {
        emit confirmed();
        accept();
    });
    if (danger)
        cancel->setFocus(Qt::OtherFocusReason);
}

QLineEdit *SmallDialog::addField(const QString &label, const QString &text, const QString &hint)
{
    auto *field = new QLineEdit(text, this);
    field->setPlaceholderText(hint);
    field->setAccessibleName(label);
    field->setMaxLength(400);
    QLabel *name = makeLabel(m_theme, label, TextStyle::Small, "text.secondary", this);
    name->setBuddy(field);
    m_fields->addWidget(name);
    m_fields->addWidget(field);
    return field;
}

QCheckBox *SmallDialog::addCheck(const QString &text, bool on)
{
    auto *check = new QCheckBox(text, this);
    check->setChecked(on);
    m_fields->addWidget(check);
    return check;
}

} // namespace infra::ui
