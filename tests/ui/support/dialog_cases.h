// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/page_cases.h"

#include <functional>

namespace infra::test {

/// A dialog (or overlay, or menu) and the way to it in an open window. Returned is what stands on the screen.
struct DialogCase
{
    const char *name;
    std::function<QWidget *(WindowFixture &fixture)> open;
};
/// Every dialog of the window, the palette and the menu of the tray among them.
const QList<DialogCase> &allDialogs();

/// A device like the design's "mail1", not added yet.
Device mailMachine();

} // namespace infra::test
