// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast_host.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QAccessible>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kToastStayMs = 6000;
constexpr qsizetype kMostToasts = 4;
} // namespace

Toast::Toast(const Theme &theme, Content content, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_content(std::move(content))
{
    setProperty("surface", u"raised"_s);
    setAccessibleName(QString(m_content.title + u' ' + m_content.text).trimmed());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme.px(37), theme.px(9), theme.px(6), theme.px(10));
    row->setSpacing(theme.px(2));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    QLabel *title = makeLabel(theme, m_content.title, TextStyle::BodyMedium, "text.primary", this);
    title->setWordWrap(true);
    words->addWidget(title);
    if (!m_content.text.isEmpty()) {
        QLabel *text = makeLabel(theme, m_content.text, TextStyle::Small, "text.secondary", this);
        text->setWordWrap(true);
        words->addWidget(text);
    }
    words->addStretch(1);
    row->addLayout(words, 1);
    if (!m_content.action.isEmpty()) {
        QPushButton *action = makeButton(theme, m_content.action, ButtonKind::Link, {}, this);
        setButtonSize(action, ButtonSize::Small);
        connect(action, &QPushButton::clicked, this, [this] {
            if (m_content.run)
                m_content.run();
            emit closed();
        });
        row->addWidget(action, 0, Qt::AlignTop);
    }
    QPushButton *close = makeIconButton(theme, u"x"_s, tr("Close this message"), this);
    close->setProperty("kind", u"flaticon"_s);
    setButtonSize(close, ButtonSize::Small);
    setButtonIcon(close, theme, u"x"_s);
    connect(close, &QPushButton::clicked, this, &Toast::closed);
    row->addWidget(close, 0, Qt::AlignTop);
    setFixedWidth(theme.px(326));
    m_timer.start(kToastStayMs, this);
}

bool Toast::isHeld() const
{
    const QWidget *focus = QApplication::focusWidget();
    return underMouse() || (focus != nullptr && isAncestorOf(focus));
}

void Toast::restart()
{
    m_timer.start(kToastStayMs, this);
}

void Toast::enterEvent(QEnterEvent *event)
{
    m_timer.stop();
    QFrame::enterEvent(event);
}

void Toast::leaveEvent(QEvent *event)
{
    restart();
    QFrame::leaveEvent(event);
}

void Toast::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return QFrame::timerEvent(event);
    if (isHeld())
        return; // asked again after the same time
    m_timer.stop();
    emit closed();
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QFrame::keyPressEvent(event);
}

void Toast::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    const int side = m_theme.px(13);
    const int x = layoutDirection() == Qt::RightToLeft ? width() - m_theme.px(12) - side : m_theme.px(12);
    paintHealth(painter, QRectF(x, m_theme.px(12), side, side), m_content.health, m_theme,
                m_theme.color("surface.raised"));
}

ToastHost::ToastHost(const Theme &theme, QWidget *window, int bottomMargin)
    : QObject(window)
    , m_theme(theme)
    , m_window(window)
    , m_bottomMargin(bottomMargin)
{
    window->installEventFilter(this);
}

void ToastHost::show(Toast::Content content)
{
    while (m_toasts.size() >= kMostToasts)
        m_toasts.takeFirst()->deleteLater();
    auto *toast = new Toast(m_theme, std::move(content), m_window);
    m_toasts.append(toast);
    connect(toast, &Toast::closed, this, [this, toast] {
        m_toasts.removeOne(toast);
        toast->hide();
        toast->deleteLater();
        place();
    });
    toast->show();
    place();
    QAccessibleEvent alert(toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool ToastHost::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::Resize)
        place();
    return QObject::eventFilter(watched, event);
}

void ToastHost::place()
{
    const int margin = m_theme.px(16);
    int bottom = m_window->height() - m_theme.px(m_bottomMargin) - margin;
    for (auto it = m_toasts.crbegin(); it != m_toasts.crend(); ++it) {
        Toast *toast = *it;
        const int width = toast->width();
        const int height = toast->layout()->hasHeightForWidth() ? toast->layout()->totalHeightForWidth(width)
                                                                : toast->sizeHint().height();
        const bool mirrored = m_window->layoutDirection() == Qt::RightToLeft;
        toast->setGeometry(mirrored ? margin : m_window->width() - width - margin, bottom - height, width, height);
        toast->raise();
        bottom -= height + m_theme.px(8);
    }
}

} // namespace infra::ui
