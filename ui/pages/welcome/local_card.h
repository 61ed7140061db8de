// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <QtWidgets/QWidget>

namespace infra::ui {

/// This computer, live: CPU since the start, memory, disk, temperature, containers. Painted.
class LocalCard : public QWidget, public Spoken
{
    Q_OBJECT
public:
    LocalCard(const Theme &theme, const Clock &clock, QWidget *parent);
    void setRow(const std::optional<engine::DeviceRow> &row);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }
    QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    QString spokenValue() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line
    {
        QString word, figure, of;
        std::optional<double> percent;
        bool good = false;
    };
    QList<Line> lines() const;
    const Theme &m_theme;
    const Clock &m_clock;
    std::optional<engine::DeviceRow> m_row;
    int m_lineCount = 3;
};

} // namespace infra::ui
