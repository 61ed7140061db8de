// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window_actions.h"

#include <QtGui/QAction>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

namespace infra::ui {

WindowActions::WindowActions(QWidget *window)
    : QObject(window)
    , m_window(window)
    , m_bar(new QMenuBar(window))
    , m_markMenu(new QMenu(window))
{
    m_bar->setNativeMenuBar(false);
    m_bar->hide();
}

QMenu *WindowActions::menu(const QString &title)
{
    QMenu *&made = m_menus[title];
    if (made == nullptr) {
        made = new QMenu(title, m_window);
        m_bar->addMenu(made);
        m_markMenu->addMenu(made);
    }
    return made;
}

QAction *WindowActions::add(const QString &id, const QString &menuTitle, const QString &text,
                            const QList<QKeySequence> &keys, std::function<void()> act)
{
    auto *action = new QAction(text, this);
    action->setObjectName(id);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    menu(menuTitle)->addAction(action);
    // Shortcuts of a hidden menu bar do not work; those of the window do.
    m_window->addAction(action);
    m_byId.insert(id, action);
    m_all.append(action);
    return action;
}

void WindowActions::addSeparator(const QString &menuTitle)
{
    menu(menuTitle)->addSeparator();
}

void WindowActions::setPageActions(const QList<QAction *> &actions)
{
    if (m_pageMenu == nullptr)
        m_pageMenu = menu(tr("&Page"));
    for (QAction *action : std::as_const(m_pageActions))
        m_pageMenu->removeAction(action);
    m_pageActions = actions;
    QAction *first = m_pageMenu->actions().isEmpty() ? nullptr : m_pageMenu->actions().constFirst();
    m_pageMenu->insertActions(first, actions);
}

} // namespace infra::ui
