// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtCore/QBasicTimer>
#include <QtWidgets/QFrame>

#include <functional>

namespace infra::ui {

/// One message: stays 6 s, as long as the pointer is over it or the focus in it; one undo. Made by ToastHost.
class Toast : public QFrame
{
    Q_OBJECT
public:
    struct Content
    {
        Health health = Health::Ok;
        QString title;
        QString text;   ///< quiet second line, may be empty
        QString action; ///< "Undo"; empty: no button
        std::function<void()> run;
    };
    Toast(const Theme &theme, Content content, QWidget *parent);
    const Content &content() const { return m_content; }
    bool isHeld() const;

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void restart();
    const Theme &m_theme;
    Content m_content;
    QBasicTimer m_timer;
};

/// The toasts of a window, bottom right over its content, newest below; at most four. Never for what needs an answer.
class ToastHost : public QObject
{
    Q_OBJECT
public:
    /// @param window its parent; toasts are its children. @param bottomMargin height of the status bar.
    ToastHost(const Theme &theme, QWidget *window, int bottomMargin);
    void show(Toast::Content content);
    QList<Toast *> toasts() const { return m_toasts; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    const Theme &m_theme;
    QWidget *m_window;
    int m_bottomMargin;
    QList<Toast *> m_toasts;
};

} // namespace infra::ui
