// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/device.h"
#include "core/model/finding.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtGui/QColor>
#include <QtGui/QFont>

class QApplication;

namespace infra::ui {

enum class TextStyle
{
    Caption,
    Small,
    Body,
    BodyMedium,
    BodyStrong,
    Title,
    Heading,
    Figure,
    DialogTitle,
    Code,
    Phrase
};

/// The tokens of one theme (resources/themes/tokens.json) and how they reach Qt: palette, one generated style sheet,
/// proxy style. GUI thread. Made once by the composition root and passed by reference.
class Theme : public QObject
{
    Q_OBJECT
public:
    explicit Theme(QApplication &application);

    /// "dark", "light" or "system" (desktop portal, else the start palette); emits `changed`.
    void apply(const QString &name);
    void setTextPercent(int percent);        ///< 80–200
    void setDensity(const QString &density); ///< compact 26, normal 30, comfortable 36
    void setReducedMotion(bool on);
    bool isDark() const;
    bool reducedMotion() const;
    int rowHeight() const;
    /// A length of the design at the current text size.
    int px(int designPixels) const;

    /// A colour by its path in tokens.json: "surface.panel", "text.secondary", "state.warning.fg", "env.lab.solid",
    /// "chart.grid".
    QColor color(const char *path) const;
    QColor series(int index) const;
    struct StateColors
    {
        QColor fg, mark, tint, solid, onSolid;
    };
    StateColors state(Health health) const;
    struct EnvironmentColors
    {
        QColor fg, tint, solid, onSolid;
    };
    EnvironmentColors environment(Environment environment) const;
    QFont font(TextStyle style) const;

signals:
    void changed();

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace infra::ui
