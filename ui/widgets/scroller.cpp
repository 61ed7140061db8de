// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scroller.h"

namespace infra::ui {

QScrollArea *makeScroller(QWidget *parent, const QString &name)
{
    auto *scroller = new QScrollArea(parent);
    scroller->setWidgetResizable(true);
    scroller->setFrameShape(QFrame::NoFrame);
    scroller->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroller->setAccessibleName(name);
    if (name.isEmpty())
        scroller->setFocusPolicy(Qt::NoFocus);
    return scroller;
}

} // namespace infra::ui
