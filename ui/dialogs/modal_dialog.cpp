// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/modal_dialog.h"

#include "ui/dialogs/window_dim.h"
#include "ui/widgets/scroller.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

namespace {

constexpr int kEdge = 4;
constexpr int kMargin = 48;

} // namespace

ModalDialog::ModalDialog(Theme &theme, const QString &title, int width, QWidget *window)
    : QDialog(window)
    , m_theme(theme)
    , m_width(width)
    , m_title(makeLabel(theme, title, TextStyle::DialogTitle, "text.primary", this))
    , m_quiet(makeLabel(theme, {}, TextStyle::Small, "text.secondary", this))
    , m_footText(makeLabel(theme, {}, TextStyle::Small, "text.secondary", this))
    , m_content(new QWidget)
{
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    dimWindowBehind(*this, theme);
    m_quiet->setWordWrap(true);
    m_quiet->hide();
    m_footText->setWordWrap(true);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(20, 18 + kEdge, 20, 14);
    head->setSpacing(4);
    head->addWidget(m_title);
    head->addWidget(m_quiet);
    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins(20, 16, 20, 16);
    m_body->setSpacing(12);
    auto *scroll = makeScroller(this, title);
    scroll->setWidget(m_content);
    // The dialog's own ground, not the window's.
    scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_foot = new QHBoxLayout;
    m_foot->setContentsMargins(20, 12, 20, 12);
    m_foot->setSpacing(8);
    m_foot->addWidget(m_footText, 1);

    const auto rule = [this] {
        auto *line = new QFrame(this);
        line->setProperty("surface", QStringLiteral("line"));
        return line;
    };
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(rule());
    layout->addWidget(scroll, 1);
    layout->addWidget(rule());
    layout->addLayout(m_foot);
}

void ModalDialog::setQuiet(const QString &text)
{
    m_quiet->setText(text);
    m_quiet->setVisible(!text.isEmpty());
}

void ModalDialog::setEnvironment(Environment environment)
{
    m_environment = environment;
    update();
}

void ModalDialog::setFootText(const QString &text)
{
    m_footText->setText(text);
}

QPushButton *ModalDialog::addFootButton(const QString &text, ButtonKind kind)
{
    QPushButton *button = makeButton(m_theme, text, kind, {}, this);
    button->setAutoDefault(false);
    m_foot->addWidget(button);
    return button;
}

void ModalDialog::fit()
{
    const QWidget *window = parentWidget();
    QSize limit = window != nullptr ? window->window()->size() - QSize(kMargin, kMargin) : QSize(1200, 900);
    limit = limit.expandedTo(QSize(360, 240));
    const int width = std::min(m_theme.px(m_width), limit.width());
    m_content->setFixedWidth(width - 2);
    // Head and foot stand whole, also with large text and words that wrap; what is between them scrolls.
    const QWidget *scroll = m_content->parentWidget()->parentWidget();
    layout()->invalidate();
    const int chrome = layout()->totalHeightForWidth(width) - scroll->sizeHint().height();
    const int wanted = m_content->heightForWidth(width - 2) > 0 ? m_content->heightForWidth(width - 2)
                                                                : m_content->sizeHint().height();
    resize(width, std::min(wanted + chrome, limit.height()));
    m_content->setMinimumWidth(0);
    m_content->setMaximumWidth(QWIDGETSIZE_MAX);
}

void ModalDialog::showEvent(QShowEvent *event)
{
    fit();
    if (const QWidget *window = parentWidget()) {
        const QRect frame = window->window()->geometry();
        move(frame.center() - QPoint(width() / 2, height() / 2));
    }
    QDialog::showEvent(event);
}

void ModalDialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color("surface.panel"));
    painter.setPen(m_theme.color("border.strong"));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const QColor edge =
        m_environment == Environment::None ? m_theme.color("accent.solid") : m_theme.environment(m_environment).solid;
    painter.fillRect(QRect(0, 0, width(), kEdge), edge);
}

} // namespace infra::ui
