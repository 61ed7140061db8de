// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "tests/ui/support/fake_fleet_client.h"
#include "ui/shell/main_window.h"
#include "ui/tables/ui_state.h"

namespace infra::test {

/// The theme of the whole binary: an application has one style.
ui::Theme &windowTheme();

/// A window over the fake fleet at the minute of the design's pictures.
struct WindowFixture
{
    explicit WindowFixture(FleetMode mode, ui::PageFactories factories = fleetFactories());
    static ui::PageFactories fleetFactories();

    ManualTime time;
    FakeFleetClient client;
    ui::UiState state;
    std::unique_ptr<ui::MainWindow> window;
};

/// Shows the window at a size, lets timers of 200 ms pass, and saves what is seen as PICTURES/NAME.png in the build
/// folder.
QImage renderWindow(QWidget &window, const QSize &size, const QString &name);

} // namespace infra::test
