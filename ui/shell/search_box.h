// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>

namespace infra::ui {

/// Looks like an input and opens the palette: glyph, "Search or run", its key.
class SearchBox : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SearchBox(const Theme &theme, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
};

/// A key in a row of words: "Esc".
class KeyCap : public QWidget
{
    Q_OBJECT
public:
    KeyCap(const Theme &theme, const QString &text, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_text;
};

/// A key as it stands on a keyboard: "Ctrl K" in a rounded frame. Returns the width used.
int paintKey(QPainter &painter, const QRect &area, Qt::Alignment side, const QString &text, const Theme &theme);

} // namespace infra::ui
