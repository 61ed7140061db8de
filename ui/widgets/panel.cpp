// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

Panel::Panel(const Theme &theme, const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setProperty("surface", u"panel"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    m_headFrame = new QFrame(this);
    m_headFrame->setProperty("surface", u"head"_s);
    m_head = new QHBoxLayout(m_headFrame);
    m_head->setContentsMargins(theme.px(12), 0, theme.px(12), 0);
    m_head->setSpacing(theme.px(8));
    m_title = makeLabel(theme, title, TextStyle::BodyStrong);
    m_quiet = new ElidedLabel(theme, {}, TextStyle::Small, "text.secondary", m_headFrame);
    m_quiet->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_badge = new Badge(theme, m_headFrame);
    m_head->addWidget(m_title);
    m_head->addWidget(m_quiet, 1);
    m_head->addWidget(m_badge);
    column->addWidget(m_headFrame);
    m_body = new QVBoxLayout;
    m_body->setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12));
    m_body->setSpacing(theme.px(8));
    column->addLayout(m_body, 1);
    const auto size = [this] { m_headFrame->setFixedHeight(m_theme.px(40)); };
    size();
    connect(&theme, &Theme::changed, this, size);
    setTitle(title);
}

void Panel::setTitle(const QString &title, const QString &quiet)
{
    m_title->setText(title);
    m_quiet->setText(quiet);
    m_headFrame->setVisible(!title.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(quiet);
}

void Panel::setCount(std::optional<int> count, Health health)
{
    m_badge->setCount(count, health == Health::Info ? BadgeTone::Accent : toneOf(health));
}

void Panel::addHeadWidget(QWidget *widget)
{
    m_head->addWidget(widget);
}

KeyValueList::KeyValueList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(theme.px(12));
    m_grid->setVerticalSpacing(theme.px(6));
    m_grid->setColumnStretch(1, 1);
}

void KeyValueList::set(const QString &key, const QString &value, const QString &tooltip)
{
    QLabel *label = m_values.value(key);
    if (label == nullptr) {
        const int row = m_grid->rowCount();
        QLabel *name = makeLabel(m_theme, key, TextStyle::Body, "text.secondary", this);
        label = makeLabel(m_theme, {}, TextStyle::Body, "text.primary", this);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setWordWrap(true);
        label->setAccessibleName(key);
        name->setBuddy(label);
        m_grid->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeft);
        m_grid->addWidget(label, row, 1);
        m_values.insert(key, label);
        m_keys.append(name);
        // One width for all keys of a list, so that the values align also while texts change.
        int width = m_theme.px(82);
        for (const QWidget *other : std::as_const(m_keys))
            width = std::max(width, other->sizeHint().width());
        m_grid->setColumnMinimumWidth(0, width);
    }
    label->setText(value);
    label->setToolTip(tooltip.toHtmlEscaped());
}

void KeyValueList::clear()
{
    qDeleteAll(m_keys);
    m_keys.clear();
    qDeleteAll(m_values);
    m_values.clear();
}

} // namespace infra::ui
