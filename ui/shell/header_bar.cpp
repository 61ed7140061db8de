// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/header_bar.h"

#include "ui/shell/search_box.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"

#include <QtGui/QAction>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

HeaderBar::HeaderBar(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setProperty("surface", u"header"_s);
    setAccessibleName(tr("Header"));
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(20, 0, 20, 0);
    m_row->setSpacing(12);
    m_left = new QHBoxLayout;
    m_left->setSpacing(12);
    m_title = makeLabel(theme, QString(), TextStyle::Heading, "text.primary", this);
    m_facts = new ElidedLabel(theme, QString(), TextStyle::Body, "text.secondary", this);
    m_left->addWidget(m_title);
    m_left->addWidget(m_facts, 1);
    m_row->addLayout(m_left, 1);
    m_search = new SearchBox(theme, this);
    m_row->addWidget(m_search);
    m_right = new QHBoxLayout;
    m_right->setSpacing(12);
    m_row->addLayout(m_right);
    connect(m_search, &SearchBox::clicked, this, &HeaderBar::searchWanted);
    const auto resize = [this] {
        setMinimumHeight(m_theme.px(52));
        m_search->setMaximumWidth(m_theme.px(290));
    };
    connect(&theme, &Theme::changed, this, resize);
    resize();
}

void HeaderBar::showPage(Page *page)
{
    if (page == nullptr)
        return;
    QWidget *head = page->headerWidget();
    if (head != m_pageHead) {
        if (m_pageHead != nullptr) {
            m_left->removeWidget(m_pageHead);
            m_pageHead->hide();
        }
        m_pageHead = head;
        if (head != nullptr) {
            m_left->addWidget(head, 1);
            head->show();
        }
    }
    // A head of its own needs the width; Ctrl+K works without the box.
    m_search->setVisible(head == nullptr);
    m_title->setVisible(head == nullptr);
    m_facts->setVisible(head == nullptr);
    m_title->setText(page->title());
    m_facts->setText(page->facts());
    if (const QList<QAction *> actions = page->headerActions(); actions != m_shown)
        makeButtons(actions);
}

void HeaderBar::makeButtons(const QList<QAction *> &actions)
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    m_shown = actions;
    for (qsizetype at = actions.size() - 1; at >= 0; --at) {
        QAction *action = actions.at(at);
        const QString glyph = action->property("iconName").toString();
        QPushButton *button = nullptr;
        if (action->priority() == QAction::LowPriority && !glyph.isEmpty())
            button = makeIconButton(m_theme, glyph, action->text(), this);
        else
            button =
                makeButton(m_theme, action->text(), at == 0 ? ButtonKind::Primary : ButtonKind::Default, glyph, this);
        if (action->property("buttonKind").isValid()) {
            button->setProperty("kind", action->property("buttonKind"));
            setButtonIcon(button, m_theme, glyph); // in the colour of its kind
        }
        button->setEnabled(action->isEnabled());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button, action] { button->setEnabled(action->isEnabled()); });
        m_right->addWidget(button);
        m_buttons.append(button);
    }
}

QWidget *HeaderBar::searchBox() const
{
    return m_search;
}

} // namespace infra::ui
