// SPDX-License-Identifier: GPL-3.0-or-later
// The words around the list of hosts: what it costs them, other ways in, the commands that run.
#include "ui/pages/welcome/host_table_model.h"
#include "ui/pages/welcome/welcome_page.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

QWidget *WelcomePage::buildPromises()
{
    const Theme &theme = context().theme;
    auto *box = new QWidget(this);
    auto *outer = new QVBoxLayout(box);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(makeSurface(u"line"_s, box));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 11, 12, 12);
    row->setSpacing(16);
    const auto add = [&](const QString &glyph, const QString &what, const QString &more) {
        row->addWidget(new Glyph(theme, glyph, 15, "text.secondary", box), 0, Qt::AlignTop);
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        QLabel *head = makeLabel(theme, what, TextStyle::BodyMedium, "text.primary", box);
        head->setWordWrap(true);
        words->addWidget(head);
        QLabel *text = makeLabel(theme, more, TextStyle::Small, "text.secondary", box);
        text->setWordWrap(true);
        words->addWidget(text);
        words->addStretch(1);
        row->addLayout(words, 1);
    };
    add(u"plug"_s, tr("One login each"), tr("Kept open; then a few KB and some ms of CPU a minute"));
    add(u"moon"_s, tr("No disk is woken"), tr("Drives are read only while they spin"));
    add(u"arrow-counterclockwise"_s, tr("Remove any time"), tr("Leaves nothing behind but the login in their own log"));
    outer->addLayout(row);
    return box;
}

QWidget *WelcomePage::buildFoot()
{
    const Theme &theme = context().theme;
    auto *box = new QWidget(this);
    auto *outer = new QVBoxLayout(box);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(makeSurface(u"line"_s, box));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    QLabel *words = makeLabel(theme, tr("Keys stay where they are. Only reading commands run."), TextStyle::Small,
                              "text.secondary", box);
    words->setWordWrap(true);
    words->setMinimumWidth(theme.px(90));
    row->addWidget(words, 1);
    QPushButton *commands = makeButton(theme, tr("Show all commands"), ButtonKind::Link, {}, box);
    setButtonSize(commands, ButtonSize::Small);
    row->addWidget(commands);
    QPushButton *later = makeButton(theme, tr("Later"), ButtonKind::Default, {}, box);
    setButtonSize(later, ButtonSize::Large);
    row->addWidget(later);
    m_add = makeButton(theme, tr("Add devices"), ButtonKind::Primary, {}, box);
    setButtonSize(m_add, ButtonSize::Large);
    m_add->setEnabled(false);
    row->addWidget(m_add);
    outer->addLayout(row);
    connect(commands, &QPushButton::clicked, this, &WelcomePage::showCommands);
    connect(later, &QPushButton::clicked, this, &WelcomePage::leave);
    connect(m_add, &QPushButton::clicked, this, &WelcomePage::addTicked);
    return box;
}

QWidget *WelcomePage::buildWays()
{
    const Theme &theme = context().theme;
    auto *panel = new Panel(theme, tr("More ways in"), this);
    panel->body()->setContentsMargins(0, 0, 0, 0);
    panel->body()->setSpacing(0);
    const auto add = [&](const QString &glyph, const QString &what, const QString &more, const QString &act,
                         std::function<void()> run) {
        if (panel->body()->count() > 0)
            panel->body()->addWidget(makeSurface(u"line"_s, panel));
        auto *box = new QWidget(panel);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(12, 8, 12, 8);
        row->setSpacing(12);
        row->addWidget(new Glyph(theme, glyph, 16, "text.secondary", box));
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(makeLabel(theme, what, TextStyle::BodyMedium, "text.primary", box));
        QLabel *text = makeLabel(theme, more, TextStyle::Small, "text.secondary", box);
        text->setWordWrap(true);
        words->addWidget(text);
        row->addLayout(words, 1);
        if (!act.isEmpty()) {
            QPushButton *button = makeButton(theme, act, ButtonKind::Default, {}, box);
            setButtonSize(button, ButtonSize::Small);
            button->setAccessibleName(what + u": "_s + act);
            connect(button, &QPushButton::clicked, this, run);
            row->addWidget(button);
        }
        panel->body()->addWidget(box);
    };
    add(u"plus-lg"_s, tr("Another device"), tr("Address, user, key; tested before it is kept"), tr("Add…"),
        [this] { context().navigator.openAddDevice({}); });
    add(u"laptop"_s, tr("This computer alone"), tr("Look around first; add others later"), tr("Open"), [this] {
        context().navigator.open({u"device"_s, localDeviceId(), {}});
    });
    add(u"terminal"_s, tr("No servers at hand?"),
        tr("Started with --demo 6, six made-up machines are here to look around"), {}, {});
    return panel;
}

void WelcomePage::showCommands()
{
    const Theme &theme = context().theme;
    auto *dialog = new QDialog(window());
    dialog->setWindowTitle(tr("The commands that run"));
    dialog->setWindowModality(Qt::WindowModal);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->resize(theme.px(680), std::min(theme.px(560), window()->height() - 48));
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    column->addWidget(makeLabel(theme, tr("The commands that run"), TextStyle::DialogTitle, "text.primary", dialog));
    auto *text = new QPlainTextEdit(context().client.commandsShown(localDeviceId()), dialog);
    text->setReadOnly(true);
    text->setFont(theme.font(TextStyle::Code));
    text->setAccessibleName(tr("Commands"));
    column->addWidget(text, 1);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    QPushButton *close = makeButton(theme, tr("Close"), ButtonKind::Default, {}, dialog);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, dialog, &QDialog::close);
    foot->addWidget(close);
    column->addLayout(foot);
    dialog->open();
}

} // namespace infra::ui
