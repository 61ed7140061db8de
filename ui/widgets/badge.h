// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QLabel>

namespace infra::ui {

/// How a badge is filled: grey, in the accent (waits for you), or in a state's colour.
enum class BadgeTone
{
    Quiet,
    Accent,
    Warning,
    Critical
};

/// A count of 16 px in a pill, never above "99+" (the exact number is in its tooltip). Hidden at nothing.
class Badge : public QLabel
{
    Q_OBJECT
public:
    explicit Badge(const Theme &theme, QWidget *parent = nullptr);
    void setCount(std::optional<int> count, BadgeTone tone = BadgeTone::Quiet);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    BadgeTone m_tone = BadgeTone::Quiet;
};

/// "99+" above 99.
QString countText(int count);
/// Critical and warning keep their colour, everything else is quiet.
BadgeTone toneOf(Health health);
/// Paints the pill; returns its width. `rect`: the place, left aligned and centred in its height.
int paintBadge(QPainter &painter, const QRect &rect, const QString &text, BadgeTone tone, const Theme &theme);
int badgeWidth(const QString &text, const Theme &theme);

/// A rounded word of 18 px: tinted by a state, by the accent, outlined, or an environment. A widget for heads and
/// dialogs.
class TagLabel : public QLabel
{
    Q_OBJECT
public:
    TagLabel(const Theme &theme, const QString &text, QWidget *parent = nullptr);
    void setState(std::optional<Health> health); ///< nothing: the accent
    void setEnvironment(Environment environment, bool strong = true);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    std::optional<Health> m_health = Health::Unknown;
    std::optional<Environment> m_environment;
    bool m_strong = true;
};

} // namespace infra::ui
