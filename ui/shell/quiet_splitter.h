// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtWidgets/QSplitter>

namespace infra::ui {

/// A splitter whose handle is the gap between two panels: it can be dragged and is not drawn.
class QuietSplitter : public QSplitter
{
public:
    using QSplitter::QSplitter;

protected:
    class Handle : public QSplitterHandle
    {
    public:
        using QSplitterHandle::QSplitterHandle;

    protected:
        void paintEvent(QPaintEvent *) override {}
    };
    QSplitterHandle *createHandle() override { return new Handle(orientation(), this); }
};

} // namespace infra::ui
