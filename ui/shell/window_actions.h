// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtGui/QKeySequence>

#include <functional>

class QAction;
class QMenu;
class QMenuBar;
class QWidget;

namespace infra::ui {

/// Every act of the window with its words and key: filled once, shown in the menu bar (Alt, or the mark), found by the
/// palette, and working as shortcuts while the bar is hidden.
class WindowActions : public QObject
{
    Q_OBJECT
public:
    explicit WindowActions(QWidget *window);

    QAction *add(const QString &id, const QString &menu, const QString &text, const QList<QKeySequence> &keys,
                 std::function<void()> act);
    void addSeparator(const QString &menu);
    QAction *action(const QString &id) const { return m_byId.value(id); }
    QList<QAction *> all() const { return m_all; }
    /// Acts of the page shown, under the menu "Page"; they are the page's own.
    void setPageActions(const QList<QAction *> &actions);

    QMenuBar *menuBar() const { return m_bar; }
    /// All menus in one, for the mark.
    QMenu *markMenu() const { return m_markMenu; }

private:
    QMenu *menu(const QString &title);

    QWidget *m_window;
    QMenuBar *m_bar;
    QMenu *m_markMenu;
    QHash<QString, QMenu *> m_menus;
    QHash<QString, QAction *> m_byId;
    QList<QAction *> m_all;
    QList<QAction *> m_pageActions;
    QMenu *m_pageMenu = nullptr;
};

} // namespace infra::ui
