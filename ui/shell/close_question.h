// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QDialog>

namespace infra::ui {

/// Asked once, when the window is closed first: keep collecting in the tray, or end? Esc keeps the window.
class CloseQuestion : public QDialog
{
    Q_OBJECT
public:
    CloseQuestion(const Theme &theme, QWidget *window);

signals:
    void keepChosen();
    void quitChosen();
};

} // namespace infra::ui
