// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/widgets/controls.h"

namespace infra::ui {

/// The live connection test beside the form: each step with its time, the one that failed with why and what to do, and
/// the question about a host key that is new here.
class ConnectionSteps : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionSteps(const Theme &theme, QWidget *parent = nullptr);
    void showIdle();
    void showRunning(const QString &target);
    void showReport(const ssh::ConnectionReport &report, const QString &deviceName);

signals:
    void trusted(const QString &fingerprint);
    void stopped();

private:
    void clear();
    void addStep(ssh::ConnectStep step, const ssh::StepReport *report);
    void addQuestion(const ssh::ConnectionReport &report, const QString &deviceName);

    const Theme &m_theme;
    QVBoxLayout *m_layout = nullptr;
};

} // namespace infra::ui
