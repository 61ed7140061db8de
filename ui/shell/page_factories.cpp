// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_factories.h"

#include "ui/pages/activity/activity_page.h"
#include "ui/pages/devices/devices_page.h"
#include "ui/pages/logs/logs_page.h"
#include "ui/pages/overview/overview_page.h"
#include "ui/pages/welcome/welcome_page.h"

namespace infra::ui {

namespace {

template <typename PageType>
Page *makePage(const PageContext &context, QWidget *parent)
{
    return new PageType(context, parent);
}

} // namespace

void addFleetPages(PageFactories &factories)
{
    factories.pages.insert(QStringLiteral("overview"), &makePage<OverviewPage>);
    factories.pages.insert(QStringLiteral("devices"), &makePage<DevicesPage>);
    factories.pages.insert(QStringLiteral("welcome"), &makePage<WelcomePage>);
    factories.pages.insert(QStringLiteral("activity"), &makePage<ActivityPage>);
    factories.pages.insert(QStringLiteral("logs"), &makePage<LogsPage>);
}

} // namespace infra::ui
