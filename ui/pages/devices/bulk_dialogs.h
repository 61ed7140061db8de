// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QDialog>

class QCheckBox;
class QLineEdit;
class QVBoxLayout;

namespace infra::ui {

/// A small window-modal dialog of 440 px: title, fields, and a foot with the act named by a verb.
class SmallDialog : public QDialog
{
    Q_OBJECT
public:
    SmallDialog(const Theme &theme, const QString &title, const QString &words, const QString &act, bool danger,
                QWidget *window);
    QLineEdit *addField(const QString &label, const QString &text, const QString &hint);
    QCheckBox *addCheck(const QString &text, bool on);

signals:
    void confirmed();

private:
    const Theme &m_theme;
    QVBoxLayout *m_fields = nullptr;
};

} // namespace infra::ui
