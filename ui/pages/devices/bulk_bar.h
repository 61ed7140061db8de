// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/devices/bulk_edit.h"

#include <QtWidgets/QFrame>

class QCheckBox;
class QLabel;
class QPushButton;

namespace infra::ui {

/// Above the table while rows are ticked, never over it: what can be done to all of them.
class BulkBar : public QFrame
{
    Q_OBJECT
public:
    BulkBar(const PageContext &context, QWidget *parent);
    void setTicked(const QList<DeviceId> &devices, bool all, const QString &quiet);

signals:
    void allWanted(bool on);
    void cleared();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void askTags();
    void askGroup();
    void askRemove();
    void askEnvironment(QWidget *button);
    void askInterval(QWidget *button);

    PageContext m_context;
    BulkEdit *m_edit = nullptr;
    QList<DeviceId> m_devices;
    QCheckBox *m_all = nullptr;
    QLabel *m_count = nullptr;
    QLabel *m_quiet = nullptr;
    QPushButton *m_pause = nullptr;
    bool m_paused = false;
};

} // namespace infra::ui
