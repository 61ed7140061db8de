// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_preparer.h"

#include <QtCore/QTimerEvent>
#include <QtWidgets/QLayout>
#include <QtWidgets/QWidget>

namespace infra::ui {

namespace {

constexpr int kTurnMs = 150;

/// What showing would do first, without showing: style sheets, then sizes.
void layOut(QWidget &page)
{
    const QWidget *place = page.parentWidget();
    if (page.isVisible() || place == nullptr)
        return;
    page.resize(place->size());
    page.ensurePolished();
    for (QWidget *child : page.findChildren<QWidget *>())
        child->ensurePolished();
    if (QLayout *layout = page.layout())
        layout->activate();
}

} // namespace

PagePreparer::PagePreparer(Make make, QObject *parent)
    : QObject(parent)
    , m_make(std::move(make))
{
}

void PagePreparer::begin(const QStringList &pages)
{
    m_pages = pages;
    m_made.clear();
    m_timer.start(kTurnMs, this);
}

void PagePreparer::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return QObject::timerEvent(event);
    if (m_made) {
        layOut(*m_made);
        m_made.clear();
    } else if (!m_pages.isEmpty()) {
        m_made = m_make(m_pages.takeFirst());
    }
    if (isDone())
        m_timer.stop();
}

} // namespace infra::ui
