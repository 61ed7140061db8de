// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/window_dim.h"

#include <QtCore/QEvent>
#include <QtCore/QPointer>
#include <QtGui/QPainter>
#include <QtWidgets/QDialog>

namespace infra::ui {

namespace {

class Veil : public QWidget
{
public:
    Veil(const Theme &theme, QWidget *window)
        : QWidget(window)
        , m_theme(theme)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        setGeometry(window->rect());
        window->installEventFilter(this);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QColor dim = m_theme.color("overlay.color");
        dim.setAlphaF(m_theme.isDark() ? 0.6F : 0.38F);
        painter.fillRect(rect(), dim);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            setGeometry(static_cast<QWidget *>(watched)->rect());
        return QWidget::eventFilter(watched, event);
    }

private:
    const Theme &m_theme;
};

/// Belongs to the dialog; the veil belongs to the window.
class Dimmer : public QObject
{
public:
    Dimmer(QDialog &dialog, const Theme &theme)
        : QObject(&dialog)
        , m_theme(theme)
    {
        dialog.installEventFilter(this);
    }
    ~Dimmer() override { delete m_veil; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // Hide also comes from the end of a dialog, when it is no QDialog any more.
        const auto *dialog = static_cast<QWidget *>(watched);
        if (event->type() == QEvent::Show && m_veil == nullptr && dialog->parentWidget() != nullptr) {
            m_veil = new Veil(m_theme, dialog->parentWidget()->window());
            m_veil->show();
            m_veil->raise();
        } else if (event->type() == QEvent::Hide) {
            delete m_veil;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    const Theme &m_theme;
    QPointer<Veil> m_veil;
};

} // namespace

void dimWindowBehind(QDialog &dialog, const Theme &theme)
{
    new Dimmer(dialog, theme);
}

} // namespace infra::ui
