// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/services.h"
#include "core/engine/control/control_service.h"
#include "tests/support/lab.h"

#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>

#include <functional>
#include <memory>

namespace infra::test {

/// A profile of its own in a temporary folder, with the very services of the application: SSH, collector, store, read
/// model and what answers the command line. One thread, which is the engine's. Blocks (a test helper).
class Road
{
public:
    Road();
    ~Road();
    Road(const Road &) = delete;
    Road &operator=(const Road &) = delete;

    /// @param scheduling false: nothing is read but by `collect`.
    bool start(bool scheduling);
    /// Ends the services in order.
    void stop();
    QString error() const { return m_error; }

    app::Services &services() { return *m_services; }
    engine::Engine &engine() { return m_services->engine(); }

    /// Adds a host of the lab, its host key accepted. Nothing on failure. @param change before it is added.
    std::optional<Device> add(const Lab &lab, const LabHost &host, const std::function<void(Device &)> &change = {});
    /// Reads a device now, past the cache; every fast kind when `kinds` is empty.
    std::optional<collect::CollectResult> collect(const DeviceId &device, QList<Kind> kinds = {});
    /// The object that `infrastructorctl --json` prints for this command and these arguments.
    QJsonObject ask(const QString &command, const QJsonObject &args);
    /// The newest value of a series, as the command line says it. @param label empty: the one without a label.
    std::optional<double> newest(const DeviceId &device, const QString &series, const QString &label = {});
    /// What came of a series since then, each reading a point; from memory, as a live chart shows it.
    QList<HistoryPoint> live(const DeviceId &device, const QString &series, const QString &label, Instant since);
    /// What the database holds of a series, everything that was read flushed first.
    QList<HistoryPoint> stored(const DeviceId &device, const QString &series, Instant from);

private:
    QTemporaryDir m_folder;
    QString m_error;
    std::unique_ptr<app::Services> m_services;
};

/// A device as one would add a host of the lab by hand.
Device deviceOf(const Lab &lab, const LabHost &host);

} // namespace infra::test
