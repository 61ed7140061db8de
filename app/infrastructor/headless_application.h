// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/profile_lock.h"
#include "app/common/services.h"
#include "app/infrastructor/arguments.h"
#include "app/infrastructor/demo_lab.h"

#include <QtCore/QObject>

namespace infra::app {

/// `--headless`: the services on the main thread, until SIGTERM or SIGINT.
class HeadlessApplication : public QObject
{
    Q_OBJECT
public:
    HeadlessApplication(const Profile &profile, const Arguments &arguments, SecretBytes secretsPassphrase,
                        std::unique_ptr<ProfileLock> lock);
    ~HeadlessApplication() override;

    Result<void> start();
    void quit();

private:
    const Profile m_profile;
    const Arguments m_arguments;
    std::unique_ptr<ProfileLock> m_lock;
    ServicesOptions m_options;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<DemoLab> m_demo;
    bool m_quitting = false;
};

} // namespace infra::app
