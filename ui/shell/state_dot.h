// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/finding.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

namespace infra::ui {

/// A state shape as a widget; what it stands on comes from the token given.
class StateDot : public QWidget
{
    Q_OBJECT
public:
    StateDot(const Theme &theme, Health health, int size, const char *background, QWidget *parent = nullptr);
    void setHealth(Health health);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Health m_health;
    int m_size;
    const char *m_background;
};

/// A glyph of the icon set in a token's colour, drawn anew when the theme changes.
class Glyph : public QWidget
{
    Q_OBJECT
public:
    Glyph(const Theme &theme, const QString &iconName, int size, const char *color, QWidget *parent = nullptr);
    void setIcon(const QString &iconName);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_icon;
    int m_size;
    const char *m_color;
};

} // namespace infra::ui
