// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QObject>

namespace infra::ui {

/// Loads the fonts of the theme while the window has nothing else to do, one a turn: fontconfig takes 5 to 10 ms for
/// each, and a page that needs four of them at its first painting would stand still for them. Again when the text size
/// changes. GUI thread.
class FontWarmer : public QObject
{
    Q_OBJECT
public:
    FontWarmer(const Theme &theme, QObject *parent);
    bool isDone() const { return !m_timer.isActive(); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void begin();

    const Theme &m_theme;
    QBasicTimer m_timer;
    int m_next = 0;
};

} // namespace infra::ui
