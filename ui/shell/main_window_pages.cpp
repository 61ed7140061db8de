// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/header_bar.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page_host.h"
#include "ui/shell/page_preparer.h"
#include "ui/shell/rail.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QStackedWidget>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

PageHost *MainWindow::host(const QString &pageId)
{
    if (PageHost *known = m_hosts.value(pageId))
        return known;
    const auto factory = m_parts.factories.pages.value(pageId);
    if (!factory)
        return nullptr;
    Page *page = factory(pageContext(), nullptr);
    auto *made = new PageHost(pageContext(), pageId, page, m_stack);
    m_stack->addWidget(made);
    m_hosts.insert(pageId, made);
    connect(page, &Page::headerChanged, this, &MainWindow::headerChanged);
    connect(page, &Page::paneToggleWanted, this, &MainWindow::togglePane);
    made->setNarrow(isNarrow());
    return made;
}

void MainWindow::open(const Route &route)
{
    if (host(route.page) == nullptr)
        return;
    m_history.visit(route);
    showRoute(route);
}

void MainWindow::showRoute(const Route &route)
{
    PageHost *next = host(route.page);
    if (next == nullptr)
        return;
    if (m_shownPage != route.page) {
        if (Page *left = currentPage())
            left->hidden();
        m_shownPage = route.page;
        next->page()->setRoute(route);
        const QWidget *focus = QApplication::focusWidget();
        const bool lost = focus == nullptr || focus == m_rail->markButton() || m_stack->isAncestorOf(focus);
        m_stack->setCurrentWidget(next);
        if (lost) // else it went to the first control of the window, with a ring round it
            next->page()->setFocus(Qt::OtherFocusReason);
        next->page()->shown();
    } else {
        next->page()->setRoute(route);
    }
    const QString lit = route.page == u"device" ? u"devices"_s : route.page == u"welcome" ? u"overview"_s : route.page;
    m_rail->setCurrent(lit);
    headerChanged();
    emit routeChanged();
}

/// Another size of text moves every margin, row and width: pages are laid out anew, the place in the window stays.
void MainWindow::rebuildPages()
{
    if (m_shownPage.isEmpty())
        return;
    if (Page *left = currentPage())
        left->hidden();
    const QHash<QString, PageHost *> before = std::exchange(m_hosts, {});
    m_shownPage.clear();
    showRoute(currentRoute());
    for (PageHost *host : before) {
        m_stack->removeWidget(host);
        if (QWidget *head = host->page()->headerWidget())
            head->deleteLater(); // stood in the header
        host->deleteLater();
    }
    if (m_preparer != nullptr)
        preparePages();
}

void MainWindow::preparePages()
{
    if (m_preparer == nullptr)
        m_preparer = new PagePreparer([this](const QString &page) { return host(page); }, this);
    QStringList pages = m_parts.factories.pages.keys();
    pages.removeAll(u"welcome"_s); // seen once, at the very start
    m_preparer->begin(pages);
}

} // namespace infra::ui
