// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/logs/log_reader.h"
#include "ui/shell/page.h"

#include <QtCore/QBasicTimer>

class QLabel;
class QPushButton;

namespace infra::ui {

class DataTable;
class ErrorClasses;
class FilterField;
class LogTableModel;
class StateCover;
class StateDot;

/// The program's own log: filter, live (scrolling up pauses the following, nothing is lost), errors of a day by class
/// and device.
class LogsPage : public Page
{
    Q_OBJECT
public:
    LogsPage(const PageContext &context, QWidget *parent);

    QString title() const override { return tr("Logs"); }
    QString facts() const override { return tr("of this program"); }
    QList<QAction *> headerActions() const override { return m_actions; }
    QWidget *sidePane() override;
    void setRoute(const Route &route) override;
    void shown() override;
    void hidden() override;
    void focusFilter() override;
    void readNow() override;
    QString helpTopic() const override { return QStringLiteral("logs"); }

    int shownLines() const;
    void setFilterText(const QString &text);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void build();
    void applyFilter();
    void refresh();
    void setLive(bool on);
    void choosePart();

    QList<QAction *> m_actions;
    LogReader m_reader;
    LogTableModel *m_model = nullptr;
    DataTable *m_table = nullptr;
    ErrorClasses *m_classes = nullptr;
    FilterField *m_filterField = nullptr;
    QPushButton *m_part = nullptr;
    QPushButton *m_pause = nullptr;
    StateDot *m_dot = nullptr;
    QLabel *m_live = nullptr;
    QLabel *m_foot = nullptr;
    StateCover *m_cover = nullptr;
    LogFilter m_filter;
    QBasicTimer m_timer;
    bool m_following = true;
    bool m_loaded = false;
};

} // namespace infra::ui
