// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtWidgets/QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace infra::ui {

class ElidedLabel;
/// The search box of the header: looks like an input, opens the palette.
class SearchBox;

/// Over a page: title and quiet facts (or the page's own head), search, the page's actions. 52 px, more where a page's
/// head is higher. Of `headerActions` the first is the primary button and stands last; an action of LowPriority shows
/// its icon alone. The property "iconName" names a glyph of the icon set, so that it follows the theme.
class HeaderBar : public QFrame
{
    Q_OBJECT
public:
    explicit HeaderBar(const Theme &theme, QWidget *parent = nullptr);

    /// Shows the head of a page; called again when the page says that its head changed.
    void showPage(Page *page);
    QWidget *searchBox() const;

signals:
    void searchWanted();

private:
    void makeButtons(const QList<QAction *> &actions);

    const Theme &m_theme;
    QHBoxLayout *m_row = nullptr;
    QHBoxLayout *m_left = nullptr;
    QHBoxLayout *m_right = nullptr;
    QLabel *m_title = nullptr;
    ElidedLabel *m_facts = nullptr;
    SearchBox *m_search = nullptr;
    QWidget *m_pageHead = nullptr;
    QList<QAction *> m_shown;
    QList<QPushButton *> m_buttons;
};

} // namespace infra::ui
