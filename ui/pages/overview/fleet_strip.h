// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <QtWidgets/QWidget>

namespace infra::ui {

/// One fact of the strip: a word, a figure, what it is out of, and a quiet line below.
struct StripFact
{
    QString label, figure, of, under;
    QString brief; ///< in place of the quiet line where that has no room
    std::optional<Health> underHealth;
    QList<QPair<Health, int>> counts; ///< in place of the quiet line
};

/// Sums over the local file systems of all devices, in bytes.
struct StorageSum
{
    double size = 0, used = 0;
    int fileSystems = 0, nearlyFull = 0;
};
StorageSum storageSum(const QList<engine::DeviceDetails> &details);

/// The facts of a fleet; one that is not known yet is left out, not shown as zero. Pure.
QList<StripFact> fleetFacts(const QList<engine::DeviceRow> &rows, const engine::FleetStatus &status,
                            const std::optional<StorageSum> &storage);

/// One strip of facts, not cards. Painted.
class FleetStrip : public QWidget, public Spoken
{
    Q_OBJECT
public:
    explicit FleetStrip(const Theme &theme, QWidget *parent = nullptr);
    void setFacts(const QList<StripFact> &facts);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }
    QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }
    QString spokenValue() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintFact(QPainter &painter, const QRect &area, const StripFact &fact) const;
    void paintCounts(QPainter &painter, const QRect &area, const StripFact &fact) const;
    const Theme &m_theme;
    QList<StripFact> m_facts;
};

} // namespace infra::ui
