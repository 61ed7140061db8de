// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/logs/log_entry.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QFrame>

class QLabel;
class QVBoxLayout;

namespace infra::ui {

class Badge;
class ElidedLabel;
class KeyValueList;
class StateDot;

/// One class of error: what, where, how often, and a bar an hour. A button; painted.
class ErrorClassRow : public QAbstractButton
{
    Q_OBJECT
public:
    ErrorClassRow(const Theme &theme, const LogErrorGroup &group, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    LogErrorGroup m_group;
};

/// Beside the log: errors of 24 hours by class and device; the chosen one explains itself below.
class ErrorClasses : public QFrame
{
    Q_OBJECT
public:
    ErrorClasses(const Theme &theme, QWidget *parent);
    void setGroups(const QList<LogErrorGroup> &groups, Instant now);

signals:
    void filterWanted(const QString &filter);

private:
    void choose(qsizetype index);

    const Theme &m_theme;
    QList<LogErrorGroup> m_groups;
    Instant m_now{};
    Badge *m_count = nullptr;
    QVBoxLayout *m_list = nullptr;
    QLabel *m_calm = nullptr;
    QWidget *m_detail = nullptr;
    StateDot *m_dot = nullptr;
    ElidedLabel *m_title = nullptr;
    KeyValueList *m_pairs = nullptr;
    QString m_chosen;
};

} // namespace infra::ui
