// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/engine_host.h"

namespace infra::app {

EngineHost::EngineHost(const Profile &profile, ServicesOptions options)
    : m_profile(profile)
    , m_options(std::move(options))
{
    setObjectName(QStringLiteral("engine"));
    m_inside->moveToThread(this);
    connect(this, &QThread::finished, this, &EngineHost::ended);
}

EngineHost::~EngineHost()
{
    Q_ASSERT(!isRunning());
}

void EngineHost::post(std::function<void()> function)
{
    QMetaObject::invokeMethod(m_inside.get(), std::move(function), Qt::QueuedConnection);
}

void EngineHost::shutDown()
{
    post([this] {
        if (!m_services) {
            quit();
            return;
        }
        m_services->stop().then(m_services.get(), [this] { quit(); });
    });
}

void EngineHost::run()
{
    Result<std::unique_ptr<Services>> opened = Services::open(m_profile, std::move(m_options));
    if (!opened) {
        emit failed(opened.error());
        return;
    }
    m_services = std::move(*opened);
    connect(m_services.get(), &Services::raiseRequested, this, &EngineHost::raiseRequested);
    m_services->start().then(m_services.get(), [this](const Result<void> &started) {
        if (started)
            emit ready();
        else
            emit failed(started.error());
    });
    exec();
    m_services.reset();
}

} // namespace infra::app
