// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_host.h"

#include "ui/shell/surface.h"
#include "ui/tables/ui_state.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kPaneWidth = 304;
constexpr int kPaneLeast = 286;
constexpr int kPaneMost = 404;
} // namespace

PageHost::PageHost(const PageContext &context, const QString &pageId, Page *page, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_id(pageId)
    , m_page(page)
{
    auto *box = new QVBoxLayout(this);
    box->setContentsMargins(0, 0, 0, 0);
    m_own = new QSplitter(Qt::Horizontal, this);
    m_own->setChildrenCollapsible(false);
    m_own->setHandleWidth(1);
    m_own->addWidget(page);
    m_own->setStretchFactor(0, 1);
    box->addWidget(m_own);
    m_pane = page->sidePane();
    m_splitter = page->paneSplitter() != nullptr ? page->paneSplitter() : m_own;
    m_overlay = makeSurface(u"overlay"_s, this);
    m_overlay->setAccessibleName(tr("Side pane"));
    m_overlay->setAutoFillBackground(true);
    new QVBoxLayout(m_overlay);
    m_overlay->layout()->setContentsMargins(1, 0, 0, 0);
    m_overlay->hide();
    if (m_pane == nullptr)
        return;
    m_overlay->installEventFilter(this);
    if (m_context.state != nullptr)
        m_open = m_context.state->value(u"pane.open."_s + m_id).toBool(true);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        if (m_context.state != nullptr && m_pane->parentWidget() == m_splitter)
            m_context.state->set(u"pane.width."_s + m_id, m_pane->width());
    });
    place();
}

int PageHost::wantedWidth() const
{
    const int kept = m_context.state != nullptr ? m_context.state->value(u"pane.width."_s + m_id).toInt() : 0;
    return std::clamp(kept > 0 ? kept : m_context.theme.px(kPaneWidth), m_context.theme.px(kPaneLeast),
                      m_context.theme.px(kPaneMost));
}

void PageHost::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    m_overlayOpen = false;
    place();
}

void PageHost::togglePane()
{
    if (m_pane == nullptr)
        return;
    if (m_narrow) {
        m_overlayOpen = !m_overlayOpen;
    } else {
        m_open = !m_open;
        if (m_context.state != nullptr)
            m_context.state->set(u"pane.open."_s + m_id, m_open);
    }
    place();
    if (isPaneShown())
        m_pane->setFocus(Qt::ShortcutFocusReason);
    else
        m_page->setFocus(Qt::ShortcutFocusReason);
}

bool PageHost::isPaneShown() const
{
    return m_pane != nullptr && m_page->paneWanted() && (m_narrow ? m_overlayOpen : m_open);
}

void PageHost::refreshPane()
{
    const bool seen = m_narrow ? m_overlay->isVisibleTo(this) : m_pane != nullptr && m_pane->isVisibleTo(m_splitter);
    if (m_pane != nullptr && seen != isPaneShown())
        place();
}

void PageHost::place()
{
    if (m_pane == nullptr)
        return;
    if (m_narrow) {
        if (m_pane->parentWidget() != m_overlay)
            m_overlay->layout()->addWidget(m_pane);
        m_pane->setMinimumWidth(0);
        m_pane->setVisible(true);
        m_overlay->setVisible(isPaneShown());
        placeOverlay();
    } else {
        m_overlay->hide();
        if (m_pane->parentWidget() != m_splitter)
            m_splitter->addWidget(m_pane);
        m_splitter->setStretchFactor(m_splitter->indexOf(m_pane), 0);
        m_pane->setMinimumWidth(m_context.theme.px(kPaneLeast));
        m_pane->setMaximumWidth(m_context.theme.px(kPaneMost));
        m_pane->setVisible(isPaneShown());
        const int wanted = wantedWidth();
        m_splitter->setSizes({std::max(400, m_splitter->width() - wanted), wanted});
    }
    emit paneShown(isPaneShown());
}

void PageHost::placeOverlay()
{
    const int wanted = std::min(m_context.theme.px(kPaneWidth) + 1, width());
    m_overlay->setGeometry(layoutDirection() == Qt::RightToLeft ? 0 : width() - wanted, 0, wanted, height());
    m_overlay->raise();
}

void PageHost::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_narrow && m_pane != nullptr)
        placeOverlay();
    else if (m_pane != nullptr && m_open && event->oldSize().width() <= 0)
        place();
}

bool PageHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_overlay && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        togglePane();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace infra::ui
