// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/services.h"

#include <QtCore/QObject>
#include <QtCore/QProcess>

namespace infra::app {

/// `--demo N`: starts the lab of recorded hosts, adds them to the profile tagged "demo", and ends the lab with the
/// program. Engine thread.
class DemoLab : public QObject
{
    Q_OBJECT
public:
    DemoLab(Services &services, int hosts, QObject *parent = nullptr);
    ~DemoLab() override; ///< ends the lab, without waiting for it

    void start();
    /// The lab's script: beside the sources or in the package; empty when it is nowhere.
    static QString script();

signals:
    void failed(infra::Error error);
    void started(int hosts);

private:
    void runLab();
    void takeInventory(const QByteArray &inventory);
    void removeOldDevices(const QStringList &present);

    Services &m_services;
    const int m_hosts;
    QString m_folder;
    QProcess m_process;
};

} // namespace infra::app
