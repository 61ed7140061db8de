// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/inventory.h"
#include "ui/models/inventory_model.h"

namespace infra::ui {

// The tables of a device's dashboard, a factory a kind; the caller owns the model through `parent`.
InventoryModel<Filesystem> *makeFilesystemModel(QObject *parent);
InventoryModel<ServiceUnit> *makeServiceModel(QObject *parent);
InventoryModel<Process> *makeProcessModel(QObject *parent);
InventoryModel<NetInterface> *makeInterfaceModel(QObject *parent);
InventoryModel<ListeningPort> *makePortModel(QObject *parent);
InventoryModel<Temperature> *makeTemperatureModel(QObject *parent);
InventoryModel<UserSession> *makeUserModel(const Clock &clock, QObject *parent);
InventoryModel<PendingUpdate> *makeUpdateModel(QObject *parent);

/// Worst of a list, for the shape on its tab; nothing when all is well.
std::optional<Health> worstOf(const QList<Filesystem> &filesystems);
std::optional<Health> worstOf(const QList<ServiceUnit> &services);
std::optional<Health> worstOf(const QList<Temperature> &temperatures);
std::optional<Health> worstOf(const QList<Container> &containers);

} // namespace infra::ui
