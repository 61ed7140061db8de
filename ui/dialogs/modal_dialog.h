// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QDialog>

class QLabel;
class QVBoxLayout;

namespace infra::ui {

/// The frame of our dialogs: edge in the environment's colour, head with title and one quiet sentence, a body that
/// scrolls, a foot that does not. Window-modal, centred on its window, never larger than it less 48 px; deletes itself
/// when closed. Esc cancels.
class ModalDialog : public QDialog
{
    Q_OBJECT
public:
    ModalDialog(Theme &theme, const QString &title, int width, QWidget *window);

    void setQuiet(const QString &text);
    void setEnvironment(Environment environment);
    QVBoxLayout *body() const { return m_body; }
    /// Left end of the foot.
    void setFootText(const QString &text);
    QPushButton *addFootButton(const QString &text, ButtonKind kind);

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    Theme &theme() const { return m_theme; }

private:
    void fit();

    Theme &m_theme;
    Environment m_environment = Environment::None;
    int m_width;
    QLabel *m_title = nullptr;
    QLabel *m_quiet = nullptr;
    QLabel *m_footText = nullptr;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_body = nullptr;
    QHBoxLayout *m_foot = nullptr;
};

} // namespace infra::ui
