// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtCore/QBasicTimer>

class QCheckBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace infra::ui {

class DataTable;
class ElidedLabel;
class FilterField;
class HostTableModel;
class LocalCard;
class StateCover;

/// The first minutes: this computer is live already; hosts of the SSH configuration are ticked and none is contacted
/// before the click.
class WelcomePage : public Page
{
    Q_OBJECT
public:
    WelcomePage(const PageContext &context, QWidget *parent);

    QString title() const override { return tr("Welcome"); }
    QList<QAction *> headerActions() const override { return m_actions; }
    void shown() override;
    void hidden() override { m_timer.stop(); }
    void focusFilter() override;
    void readNow() override;
    QString helpTopic() const override { return QStringLiteral("start"); }

    HostTableModel &hosts() { return *m_model; }

protected:
    void timerEvent(QTimerEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    QWidget *buildHosts();
    QWidget *buildPromises();
    QWidget *buildFoot();
    QWidget *buildWays();
    void load();
    void refreshTicks();
    void refreshLocal();
    void addTicked();
    void leave();
    void showCommands();

    QList<QAction *> m_actions;
    HostTableModel *m_model = nullptr;
    DataTable *m_table = nullptr;
    FilterField *m_filterField = nullptr;
    QCheckBox *m_all = nullptr;
    ElidedLabel *m_found = nullptr;
    QPushButton *m_add = nullptr;
    LocalCard *m_local = nullptr;
    StateCover *m_cover = nullptr;
    QBasicTimer m_timer;
    bool m_adding = false;
};

} // namespace infra::ui
