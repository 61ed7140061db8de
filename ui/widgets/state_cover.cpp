// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kLoadingShownAfterMs = 150;
constexpr int kLoadingExplainedAfterMs = 2000;

struct CoverButton
{
    QString text;
    ButtonKind kind = ButtonKind::Default;
    std::function<void()> run;
};

} // namespace

struct StateCover::Private : public QObject
{
    enum class Mode
    {
        Content,
        Waiting,
        Bars,
        Explained,
        Words
    };

    Private(StateCover &owner, const Theme &usedTheme)
        : cover(owner)
        , theme(usedTheme)
    {
    }

    void timerEvent(QTimerEvent *event) override
    {
        if (event->timerId() != timer.timerId())
            return;
        if (mode == Mode::Waiting) {
            mode = Mode::Bars;
            timer.start(kLoadingExplainedAfterMs - kLoadingShownAfterMs, this);
        } else {
            timer.stop();
            mode = Mode::Explained;
            QList<CoverButton> buttons;
            if (cancel)
                buttons.append({StateCover::tr("Cancel"), ButtonKind::Default, cancel});
            words({}, "text.secondary", what, {}, buttons);
        }
        show();
    }

    void show()
    {
        cover.setGeometry(cover.parentWidget()->rect());
        cover.setVisible(mode != Mode::Content && mode != Mode::Waiting);
        cover.raise();
        cover.update();
    }

    void clear()
    {
        timer.stop();
        delete box;
        box = nullptr;
    }

    /// The glyph, the bold line, the quiet text and the buttons of every state but loading, in one column.
    void words(const QString &iconName, const char *iconColor, const QString &title, const QString &text,
               const QList<CoverButton> &buttons)
    {
        delete box;
        box = new QWidget(&cover);
        auto *column = new QVBoxLayout(box);
        column->setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14));
        column->setSpacing(theme.px(4));
        const bool loading = mode == Mode::Explained;
        if (!loading)
            column->addStretch(2);
        if (!iconName.isEmpty()) {
            auto *glyph = new QLabel(box);
            const auto paint = [glyph, this, iconName, path = QByteArray(iconColor)] {
                glyph->setPixmap(
                    iconPixmap(iconName, theme.px(20), theme.color(path.constData()), glyph->devicePixelRatioF()));
            };
            paint();
            QObject::connect(&theme, &Theme::changed, glyph, paint);
            column->addWidget(glyph);
            column->addSpacing(theme.px(4));
        }
        QLabel *bold =
            makeLabel(theme, title, loading ? TextStyle::BodyMedium : TextStyle::BodyStrong, "text.primary", box);
        bold->setWordWrap(true);
        column->addWidget(bold);
        if (!text.isEmpty()) {
            QLabel *quiet = makeLabel(theme, text, TextStyle::Small, "text.secondary", box);
            quiet->setWordWrap(true);
            quiet->setTextInteractionFlags(Qt::TextSelectableByMouse);
            column->addWidget(quiet);
        }
        if (!buttons.isEmpty()) {
            auto *row = new QHBoxLayout;
            row->setSpacing(theme.px(8));
            row->setContentsMargins(0, theme.px(6), 0, 0);
            for (const CoverButton &button : buttons) {
                QPushButton *made = makeButton(theme, button.text, button.kind, {}, box);
                setButtonSize(made, ButtonSize::Small);
                QObject::connect(made, &QPushButton::clicked, made, [run = button.run] {
                    if (run)
                        run();
                });
                row->addWidget(made);
            }
            row->addStretch(1);
            column->addLayout(row);
        }
        column->addStretch(3);
        cover.setAccessibleName(title);
        cover.setAccessibleDescription(text);
        layoutBox();
        box->show();
    }

    void layoutBox()
    {
        if (box == nullptr)
            return;
        const int width = std::min(cover.width(), theme.px(460));
        box->setGeometry(mode == Mode::Explained ? 0 : (cover.width() - width) / 2, 0, width, cover.height());
    }

    void present(const QString &iconName, const char *color, const QString &title, const QString &text,
                 const QList<CoverButton> &buttons)
    {
        clear();
        mode = Mode::Words;
        cover.setGeometry(cover.parentWidget()->rect());
        words(iconName, color, title, text, buttons);
        show();
    }

    StateCover &cover;
    const Theme &theme;
    Mode mode = Mode::Content;
    QBasicTimer timer;
    QString what;
    std::function<void()> cancel;
    QWidget *box = nullptr;
};

StateCover::StateCover(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , d(std::make_shared<Private>(*this, theme))
{
    parent->installEventFilter(this);
    hide();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StateCover::showContent()
{
    d->clear();
    d->mode = Private::Mode::Content;
    hide();
}

void StateCover::showLoading(const QString &what, std::function<void()> cancel)
{
    using Mode = Private::Mode;
    d->what = what;
    d->cancel = std::move(cancel);
    // A second call while it loads only changes the words.
    if (d->mode == Mode::Waiting || d->mode == Mode::Bars || d->mode == Mode::Explained)
        return;
    d->clear();
    d->mode = Mode::Waiting;
    setAccessibleName(what);
    hide();
    d->timer.start(kLoadingShownAfterMs, d.get());
}

void StateCover::showEmpty(const QString &title, const QString &text, const QString &primary,
                           std::function<void()> onPrimary, const QString &flat, std::function<void()> onFlat)
{
    QList<CoverButton> buttons;
    if (!primary.isEmpty())
        buttons.append({primary, ButtonKind::Primary, std::move(onPrimary)});
    if (!flat.isEmpty())
        buttons.append({flat, ButtonKind::Flat, std::move(onFlat)});
    d->present(u"hdd-stack"_s, "text.secondary", title, text, buttons);
}

void StateCover::showError(const Error &error, const QString &retry, std::function<void()> onRetry)
{
    const ErrorWords words = errorWords(error);
    QList<CoverButton> buttons;
    if (!retry.isEmpty())
        buttons.append({retry, ButtonKind::Default, std::move(onRetry)});
    d->present(u"exclamation-octagon"_s, "state.warning.fg", words.what,
               QString(words.why + u' ' + words.remedy).trimmed(), buttons);
}

void StateCover::showNeedsYou(const QString &text, const QString &action, std::function<void()> onAction)
{
    QList<CoverButton> buttons;
    if (!action.isEmpty())
        buttons.append({action, ButtonKind::Primary, std::move(onAction)});
    d->present(u"key"_s, "accent.fg", tr("Needs you"), text, buttons);
}

void StateCover::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (d->mode != Private::Mode::Bars && d->mode != Private::Mode::Explained)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(d->theme.color("surface.track"));
    const int unit = d->theme.px(4);
    int y = d->mode == Private::Mode::Explained ? unit * 22 : unit * 4;
    for (int row = 0; row < 8 && y + 3 * unit < height(); ++row, y += 5 * unit) {
        // Uneven lengths look like text; the same each time, so nothing moves.
        const int width_ = (28 + (row * 17) % 23) * unit;
        painter.drawRoundedRect(QRect(4 * unit, y, 3 * unit, 3 * unit), 3, 3);
        painter.drawRoundedRect(QRect(10 * unit, y + unit / 2, std::min(width_, width() - 28 * unit), 2 * unit), 2, 2);
        painter.drawRoundedRect(QRect(width() - 14 * unit, y + unit / 2, 10 * unit, 2 * unit), 2, 2);
    }
}

bool StateCover::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        setGeometry(parentWidget()->rect());
        d->layoutBox();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace infra::ui
