// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/window_fixture.h"

namespace infra::test {

struct ModeName
{
    FleetMode mode;
    const char *name;
};
/// The six states in which every page is drawn.
const std::array<ModeName, 6> &pageModes();
/// Every page of the window, by its id.
const QStringList &allPages();

/// Opens a page in a window that is not shown yet; the device page with the machine that has most to tell in the mode.
void openPage(WindowFixture &fixture, FleetMode mode, const QString &page);

/// Twelve lines of the program's log, as the design's page of logs shows them.
void writeFakeLog(const QString &folder);

/// A dialog as it stands over its window, into the picture NAME; returns the picture.
QImage renderDialog(QWidget &window, QWidget &dialog, const QSize &size, const QString &name, int waitMs = 40);

} // namespace infra::test
