// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QScrollArea>

namespace infra::ui {

/// A frameless area that scrolls up and down only and gives its content all of its width. With a name it is a stop of
/// the keyboard, which scrolls it; without one only what stands in it is. The caller sets the content. GUI thread.
QScrollArea *makeScroller(QWidget *parent, const QString &name = {});

} // namespace infra::ui
