// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progress_row.h"

#include "ui/widgets/controls.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>

namespace infra::ui {

ProgressRow::ProgressRow(const Theme &theme, const QString &what, std::function<void()> cancel, QWidget *parent)
    : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(theme.px(12));
    grid->setVerticalSpacing(theme.px(4));
    m_quiet = makeLabel(theme, {}, TextStyle::Small, "text.secondary", this);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 0);
    m_bar->setAccessibleName(what);
    m_cancel = makeButton(theme, tr("Cancel"), ButtonKind::Default, {}, this);
    setButtonSize(m_cancel, ButtonSize::Small);
    grid->addWidget(makeLabel(theme, what, TextStyle::BodyMedium, "text.primary", this), 0, 0);
    grid->addWidget(m_quiet, 0, 1, 1, 2, Qt::AlignRight);
    grid->addWidget(m_bar, 1, 0, 1, 2);
    grid->addWidget(m_cancel, 1, 2);
    grid->setColumnStretch(1, 1);
    connect(m_cancel, &QPushButton::clicked, this, [this, run = std::move(cancel)] {
        m_cancel->setEnabled(false); // once is enough
        if (run)
            run();
    });
}

void ProgressRow::setProgress(std::optional<double> part, const QString &quiet)
{
    m_quiet->setText(quiet);
    m_bar->setRange(0, part ? 1000 : 0);
    if (part)
        m_bar->setValue(int(std::clamp(*part, 0.0, 1.0) * 1000));
    m_bar->setAccessibleDescription(quiet);
}

} // namespace infra::ui
