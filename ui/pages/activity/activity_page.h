// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/activity/audit_filter.h"
#include "ui/shell/page.h"

#include <QtCore/QBasicTimer>

class QLabel;
class QPushButton;

namespace infra::ui {

class AuditPane;
class AuditTableModel;
class DataTable;
class FilterField;
class StateCover;
class StateDot;

/// The audit: every operation, whoever asked. Filter by words and keys, live, a row in full beside it; pages are read
/// as one scrolls.
class ActivityPage : public Page
{
    Q_OBJECT
public:
    ActivityPage(const PageContext &context, QWidget *parent);

    QString title() const override { return tr("Activity"); }
    QString facts() const override { return tr("every operation, whoever asked"); }
    QWidget *sidePane() override;
    void setRoute(const Route &route) override;
    void shown() override;
    void hidden() override;
    void focusFilter() override;
    void readNow() override;
    QString helpTopic() const override { return QStringLiteral("activity"); }

    void setFilterText(const QString &text);
    int shownRows() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void build();
    void filterChanged();
    void load();
    void loadMore();
    void took(const Result<AuditPage> &page, bool more);
    void setLive(bool on);
    void chooseKey(QPushButton *button, const QString &key, const QList<QPair<QString, QString>> &choices);
    QString nameOf(const DeviceId &id) const;
    void refreshFoot();

    AuditTableModel *m_model = nullptr;
    DataTable *m_table = nullptr;
    AuditPane *m_pane = nullptr;
    FilterField *m_filterField = nullptr;
    QPushButton *m_source = nullptr;
    QPushButton *m_result = nullptr;
    QPushButton *m_pause = nullptr;
    StateDot *m_dot = nullptr;
    QLabel *m_liveLabel = nullptr;
    QLabel *m_foot = nullptr;
    StateCover *m_cover = nullptr;
    AuditFilter m_filter;
    QBasicTimer m_typing; ///< asks the store once the typing rests
    CancelToken m_cancel;
    std::optional<qint64> m_next;
    qint64 m_total = 0;
    bool m_live = true;
    bool m_loading = false;
    QList<AuditEntry> m_held; ///< came while not live
};

} // namespace infra::ui
