// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/close_question.h"

#include "ui/dialogs/window_dim.h"
#include "ui/shell/surface.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

CloseQuestion::CloseQuestion(const Theme &theme, QWidget *window)
    : QDialog(window)
{
    setWindowTitle(tr("Close the window"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    dimWindowBehind(*this, theme);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    QLabel *title =
        makeLabel(theme, tr("Keep collecting in the background?"), TextStyle::DialogTitle, "text.primary", this);
    title->setWordWrap(true);
    column->addWidget(title);
    QLabel *words = makeLabel(
        theme,
        tr("The window closes, reading goes on, and the tray icon shows the worst state. Ending the program leaves a "
           "gap in the history until it is started again. You can change this in Settings."),
        TextStyle::Body, "text.secondary", this);
    words->setWordWrap(true);
    column->addWidget(words);
    column->addSpacing(6);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    QPushButton *cancel = makeButton(theme, tr("Cancel"), ButtonKind::Flat, {}, this);
    QPushButton *quit = makeButton(theme, tr("End program"), ButtonKind::Default, {}, this);
    QPushButton *keep = makeButton(theme, tr("Keep collecting"), ButtonKind::Primary, {}, this);
    for (QPushButton *button : {cancel, quit, keep})
        button->setAutoDefault(false);
    foot->addWidget(cancel);
    foot->addStretch(1);
    foot->addWidget(quit);
    foot->addWidget(keep);
    column->addLayout(foot);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(quit, &QPushButton::clicked, this, [this] {
        emit quitChosen();
        accept();
    });
    connect(keep, &QPushButton::clicked, this, [this] {
        emit keepChosen();
        accept();
    });
    // Words that wrap are higher than the size that a dialog guesses.
    const int width = std::max(theme.px(440), column->totalMinimumSize().width());
    setFixedWidth(width);
    setMinimumHeight(column->totalHeightForWidth(width));
    keep->setFocus(Qt::OtherFocusReason);
}

} // namespace infra::ui
