// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/causes.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace infra::ui {

class Badge;

/// One cause: shape or glyph, what, since when, and on which devices. A button; painted. A critical one has a red edge.
class CauseRow : public QAbstractButton
{
    Q_OBJECT
public:
    CauseRow(const Theme &theme, const Cause &cause, Instant now, QWidget *parent);
    QSize sizeHint() const override;
    int heightForWidth(int width) const override;
    bool hasHeightForWidth() const override { return true; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int detailLines(int width) const;
    const Theme &m_theme;
    Cause m_cause;
    QString m_age, m_second;
};

/// At the right of the overview: what needs attention by cause (20, then all), and below what waits for a person.
class AttentionPanel : public QFrame
{
    Q_OBJECT
public:
    explicit AttentionPanel(const Theme &theme, QWidget *parent = nullptr);
    void setCauses(const QList<Cause> &attention, const QList<Cause> &waiting, Instant now, bool loading);

signals:
    void chosen(const infra::ui::Route &route);

private:
    void fill(QVBoxLayout *list, const QList<Cause> &causes, qsizetype most, Instant now);

    const Theme &m_theme;
    QList<Cause> m_attention;
    Instant m_now{};
    QLabel *m_quiet = nullptr;
    Badge *m_count = nullptr;
    Badge *m_waitCount = nullptr;
    QVBoxLayout *m_list = nullptr;
    QVBoxLayout *m_waitList = nullptr;
    QLabel *m_calm = nullptr;
    QWidget *m_waitBox = nullptr;
    QPushButton *m_all = nullptr;
    bool m_showAll = false;
};

} // namespace infra::ui
