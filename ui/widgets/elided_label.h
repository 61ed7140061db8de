// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

namespace infra::ui {

/// One line of plain text that gives way: elided at its end, or in the middle for paths; the whole is its tooltip then.
class ElidedLabel : public QWidget
{
    Q_OBJECT
public:
    ElidedLabel(const Theme &theme, const QString &text, TextStyle style, const char *colorPath = "text.primary",
                QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const { return m_text; }
    void setElideMode(Qt::TextElideMode mode);
    void setColorPath(const char *colorPath);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_text;
    TextStyle m_style;
    QByteArray m_colorPath;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace infra::ui
