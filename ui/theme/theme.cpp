// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/desktop_appearance.h"
#include "ui/theme/focus_ring.h"
#include "ui/theme/fonts.h"
#include "ui/theme/infra_style.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme_palette.h"
#include "ui/theme/tokens.h"

#include <QtWidgets/QApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

struct Theme::Private
{
    explicit Private(QApplication &app)
        : application(app)
        , values(std::make_shared<ThemeValues>())
        , startedDark(app.palette().color(QPalette::Window).lightnessF() < 0.5F)
        , ring(&app)
    {
    }

    void refresh()
    {
        const bool dark = name == u"system" ? desktop.prefersDark().value_or(startedDark) : name == u"dark";
        values->dark = dark;
        values->highContrast = desktop.highContrast();
        loadTokens(*values);
        // Style first (in the constructor), then palette, the sheet last: it wraps the style.
        // Each of the three goes through every widget: what has not changed is not set again.
        if (const QFont font = fontFor(TextStyle::Body, values->textPercent); QApplication::font() != font)
            QApplication::setFont(font);
        QApplication::setPalette(makePalette(*values));
        application.setStyleSheet(makeStyleSheet(*values));
    }

    QApplication &application;
    std::shared_ptr<ThemeValues> values;
    bool startedDark;
    QString name = u"dark"_s;
    DesktopAppearance desktop;
    FocusRing ring;
};

Theme::Theme(QApplication &application)
    : d(std::make_shared<Private>(application))
{
    registerFonts();
    loadTokens(*d->values);
    QApplication::setStyle(new InfraStyle(d->values));
    connect(&d->desktop, &DesktopAppearance::changed, this, [this] {
        d->refresh();
        emit changed();
    });
}

void Theme::apply(const QString &name)
{
    d->name = name;
    d->refresh();
    emit changed();
}

void Theme::setTextPercent(int percent)
{
    const int bounded = std::clamp(percent, 80, 200);
    if (bounded == d->values->textPercent)
        return;
    d->values->textPercent = bounded;
    d->refresh();
    emit changed();
}

void Theme::setDensity(const QString &density)
{
    d->values->rowHeight = density == u"compact" ? 26 : density == u"comfortable" ? 36 : 30;
    emit changed();
}

void Theme::setReducedMotion(bool on)
{
    d->values->reducedMotion = on;
}

bool Theme::isDark() const
{
    return d->values->dark;
}

bool Theme::reducedMotion() const
{
    return d->values->reducedMotion;
}

int Theme::rowHeight() const
{
    return px(d->values->rowHeight);
}

int Theme::px(int designPixels) const
{
    return d->values->px(designPixels);
}

QColor Theme::color(const char *path) const
{
    return d->values->color(path);
}

QColor Theme::series(int index) const
{
    const QList<QColor> &all = d->values->series;
    return all.isEmpty() ? QColor() : all.at(((index % all.size()) + all.size()) % all.size());
}

Theme::StateColors Theme::state(Health health) const
{
    const char *paths[5] = {};
    switch (health) {
#define INFRA_STATE(Name, path)                                                                                        \
    case Health::Name: {                                                                                               \
        static const char *const rows[5] = {"state." path ".fg", "state." path ".mark", "state." path ".tint",         \
                                            "state." path ".solid", "state." path ".onSolid"};                         \
        std::copy(std::begin(rows), std::end(rows), std::begin(paths));                                                \
        break;                                                                                                         \
    }
        INFRA_STATE(Critical, "critical")
        INFRA_STATE(Warning, "warning")
        INFRA_STATE(Unknown, "unknown")
        INFRA_STATE(Info, "info")
        INFRA_STATE(Ok, "ok")
        INFRA_STATE(Maintenance, "maintenance")
        INFRA_STATE(Asleep, "unknown") // the crescent has the colour of unknown
#undef INFRA_STATE
    }
    return {color(paths[0]), color(paths[1]), color(paths[2]), color(paths[3]), color(paths[4])};
}

Theme::EnvironmentColors Theme::environment(Environment environment) const
{
    const QByteArray base = environment == Environment::Production ? "env.production."
                            : environment == Environment::Staging  ? "env.staging."
                            : environment == Environment::Lab      ? "env.lab."
                                                                   : "env.none.";
    const auto of = [&](const char *part) { return color(QByteArray(base + part).constData()); };
    return {of("fg"), of("tint"), of("solid"), of("onSolid")};
}

QFont Theme::font(TextStyle style) const
{
    return fontFor(style, d->values->textPercent);
}

} // namespace infra::ui
