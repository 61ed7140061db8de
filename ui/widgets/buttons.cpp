// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/glyph_button.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QStyle>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *kGlyphProperty = "glyph";

QString kindName(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Default:
        return u"default"_s;
    case ButtonKind::Primary:
        return u"primary"_s;
    case ButtonKind::Danger:
        return u"danger"_s;
    case ButtonKind::Flat:
        return u"flat"_s;
    case ButtonKind::DangerLine:
        return u"dangerline"_s;
    case ButtonKind::Link:
        return u"link"_s;
    }
    return {};
}

void refreshGlyph(QPushButton *button, const Theme &theme)
{
    const QString glyph = button->property(kGlyphProperty).toString();
    if (glyph.isEmpty())
        return;
    const QString kind = button->property("kind").toString();
    const bool filled = kind == u"primary" || kind == u"danger";
    const bool quiet = kind == u"flat" || kind == u"flaticon";
    const bool iconOnly = kind == u"icon" || quiet;
    const bool chevron = glyph == u"chevron-down";
    button->setIcon(iconIn(theme, glyph,
                           filled             ? "text.onAccent"
                           : quiet || chevron ? "text.secondary"
                                              : "text.primary"));
    const bool small = button->property("buttonSize").toString() == u"small";
    const int side = theme.px(chevron ? 10 : small || !iconOnly ? 14 : 16);
    button->setIconSize(QSize(side, side));
}

void followGlyph(QPushButton *button, const Theme &theme)
{
    refreshGlyph(button, theme);
    QObject::connect(&theme, &Theme::changed, button, [button, &theme] { refreshGlyph(button, theme); });
}

void repolish(QWidget *widget)
{
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->updateGeometry();
}

} // namespace

QPushButton *makeButton(const Theme &theme, const QString &text, ButtonKind kind, const QString &iconName,
                        QWidget *parent)
{
    QPushButton *button = iconName.isEmpty() ? new QPushButton(text, parent) : new GlyphButton(theme, text, parent);
    button->setProperty("kind", kindName(kind));
    button->setProperty(kGlyphProperty, iconName);
    button->setAutoDefault(false);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    QString spoken = text;
    button->setAccessibleName(spoken.remove(u'&'));
    followGlyph(button, theme);
    return button;
}

QPushButton *makeIconButton(const Theme &theme, const QString &iconName, const QString &accessibleName, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setProperty("kind", u"icon"_s);
    button->setProperty(kGlyphProperty, iconName);
    button->setAutoDefault(false);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    button->setToolTip(accessibleName);
    button->setAccessibleName(accessibleName);
    followGlyph(button, theme);
    return button;
}

void setButtonSize(QPushButton *button, ButtonSize size)
{
    button->setProperty("buttonSize", size == ButtonSize::Small   ? u"small"_s
                                      : size == ButtonSize::Large ? u"large"_s
                                                                  : QString());
    if (const bool iconOnly = button->text().isEmpty(); iconOnly && size == ButtonSize::Small)
        button->setIconSize(button->iconSize() * 7 / 8);
    repolish(button);
}

void setButtonIcon(QPushButton *button, const Theme &theme, const QString &iconName)
{
    button->setProperty(kGlyphProperty, iconName);
    refreshGlyph(button, theme);
}

QLabel *makeLabel(const Theme &theme, const QString &text, TextStyle style, const char *colorPath, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    // A font and a palette of its own, not a sheet of its own: those are slow in rows.
    const auto dress = [label, &theme, style, path = QByteArray(colorPath)] {
        label->setFont(theme.font(style));
        QPalette palette;
        palette.setColor(QPalette::WindowText, theme.color(path.constData()));
        palette.setColor(QPalette::Disabled, QPalette::WindowText, theme.color("text.disabled"));
        label->setPalette(palette);
    };
    dress();
    QObject::connect(&theme, &Theme::changed, label, dress);
    return label;
}

void letCopy(QLabel *label, const QString &accessibleName)
{
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::StrongFocus); // the flags alone give focus by click only
    label->setAccessibleName(accessibleName);
    label->setProperty("focusRing", true);
}

} // namespace infra::ui
