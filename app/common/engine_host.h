// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/services.h"

#include <QtCore/QThread>

#include <functional>
#include <memory>

namespace infra::app {

/// The engine thread of the window: builds the services there, runs its event loop, and stops them there. GUI thread
/// outside of `run`.
class EngineHost : public QThread
{
    Q_OBJECT
public:
    EngineHost(const Profile &profile, ServicesOptions options);
    ~EngineHost() override;

    /// Valid between `ready` and `ended`; its members are used as their headers say.
    Services *services() const { return m_services.get(); }
    /// Runs on the engine thread, later.
    void post(std::function<void()> function);
    /// Stops the services, then the thread; `ended` tells.
    void shutDown();

signals:
    void ready();                    ///< services are built and started
    void failed(infra::Error error); ///< and the thread ends
    void raiseRequested();
    void ended();

protected:
    void run() override;

private:
    const Profile m_profile;
    ServicesOptions m_options;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<QObject> m_inside = std::make_unique<QObject>(); ///< lives on the engine thread
};

} // namespace infra::app
