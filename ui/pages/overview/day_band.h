// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <QtWidgets/QWidget>

namespace infra::ui {

/// A mark of the last day.
struct BandMark
{
    enum class Sort
    {
        Change,
        Action,
        Alert
    } sort = Sort::Change;
    Instant time{};
    Health health = Health::Info;
    QString text;
};
/// What persons did (changes, actions) and what rules found, by time. Pure.
QList<BandMark> bandMarks(const QList<AuditEntry> &entries, const QList<engine::DeviceRow> &rows, Instant from,
                          Instant to);

/// The last 24 hours: changes as squares, actions as triangles down, alerts by their shape; more than three close
/// together are a count. Left and right walk from mark to mark; a click or Enter opens the activity of that time.
class DayBand : public QWidget, public Spoken
{
    Q_OBJECT
public:
    explicit DayBand(const Theme &theme, QWidget *parent = nullptr);
    void setMarks(const QList<BandMark> &marks, Instant from, Instant to);
    void setMessage(const QString &message); ///< in place of the band: why it cannot be shown
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }
    QAccessible::Role spokenRole() const override { return QAccessible::Chart; }
    QString spokenValue() const override;

signals:
    void opened(Instant time);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Placed
    {
        int x = 0;
        QList<qsizetype> marks;
    };
    QList<Placed> placed() const;
    int xOf(Instant time) const;
    int placeAt(const QPoint &point) const;
    QString textOf(const Placed &place) const;
    void paintLegend(QPainter &painter, const QRect &line) const;
    void paintMark(QPainter &painter, const QPointF &centre, const BandMark &mark) const;

    const Theme &m_theme;
    QList<BandMark> m_marks;
    Instant m_from{}, m_to{};
    QString m_message;
    int m_current = -1;
};

} // namespace infra::ui
