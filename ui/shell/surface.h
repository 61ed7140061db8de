// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QFrame>

namespace infra::ui {

/// A frame that the theme's style sheet paints by kind: "rail", "header", "status", "pane", "overlay", "panel",
/// "raised", "flat", "head", "line".
inline QFrame *makeSurface(const QString &kind, QWidget *parent)
{
    auto *frame = new QFrame(parent);
    frame->setProperty("surface", kind);
    return frame;
}

} // namespace infra::ui
