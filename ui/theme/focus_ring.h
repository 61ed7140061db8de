// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>

class QFocusFrame;
class QWidget;

namespace infra::ui {

/// Shows a ring around buttons, check boxes and our own controls while they have the focus by keyboard, not after a
/// click. Inputs and tables show their focus themselves. Self-painted widgets ask `hasKeyboardFocus`.
class FocusRing : public QObject
{
    Q_OBJECT
public:
    explicit FocusRing(QObject *application);
    ~FocusRing() override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(QWidget *widget);
    QPointer<QFocusFrame> m_frame;
};

/// Whether a widget's focus came by Tab, Backtab or a shortcut (or was seen by an arrow key since).
bool hasKeyboardFocus(const QWidget &widget);

} // namespace infra::ui
