// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace infra::ui {

/// Long work: what, how much and how long, a bar, and Cancel, always.
class ProgressRow : public QWidget
{
    Q_OBJECT
public:
    ProgressRow(const Theme &theme, const QString &what, std::function<void()> cancel, QWidget *parent = nullptr);
    /// @param part 0–1; nothing: the end is not known. @param quiet "6.2 of 10.0 M rows, 3 min"
    void setProgress(std::optional<double> part, const QString &quiet);

private:
    QLabel *m_quiet = nullptr;
    QProgressBar *m_bar = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace infra::ui
