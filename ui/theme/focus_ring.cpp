// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/focus_ring.h"

#include <QtGui/QFocusEvent>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractSlider>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFocusFrame>
#include <QtWidgets/QScrollBar>

namespace infra::ui {

namespace {

constexpr const char *kKeyboardFocus = "keyboardFocus";

bool wantsRing(const QWidget &widget)
{
    if (qobject_cast<const QScrollBar *>(&widget) != nullptr)
        return false;
    return qobject_cast<const QAbstractButton *>(&widget) != nullptr ||
           qobject_cast<const QComboBox *>(&widget) != nullptr ||
           qobject_cast<const QAbstractSlider *>(&widget) != nullptr || widget.property("focusRing").toBool();
}

bool isByKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
}

} // namespace

bool hasKeyboardFocus(const QWidget &widget)
{
    return widget.hasFocus() && widget.property(kKeyboardFocus).toBool();
}

FocusRing::FocusRing(QObject *application)
{
    application->installEventFilter(this);
}

FocusRing::~FocusRing()
{
    delete m_frame;
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if ((type != QEvent::FocusIn && type != QEvent::FocusOut) || !watched->isWidgetType())
        return false;
    auto *widget = static_cast<QWidget *>(watched);
    if (type == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        // Coming back to the window keeps what was.
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            widget->setProperty(kKeyboardFocus, isByKeyboard(reason));
        if (widget->property(kKeyboardFocus).toBool() && wantsRing(*widget))
            show(widget);
        else if (m_frame != nullptr)
            m_frame->setWidget(nullptr);
    } else if (m_frame != nullptr && m_frame->widget() == widget) {
        m_frame->setWidget(nullptr);
    }
    widget->update();
    return false;
}

void FocusRing::show(QWidget *widget)
{
    // The frame becomes a child of the widget's parent and may have died with it.
    if (m_frame == nullptr)
        m_frame = new QFocusFrame(widget->parentWidget());
    m_frame->setWidget(widget);
}

} // namespace infra::ui
