// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtCore/QHash>

#include <functional>

namespace infra::ui {

/// How pages and dialogs are made, by page id. Filled by the composition root; a page is made when it is opened first
/// and kept. A page id without a factory has no entry in the rail.
struct PageFactories
{
    using MakePage = std::function<Page *(const PageContext &context, QWidget *parent)>;
    QHash<QString, MakePage> pages;

    /// Window-modal dialogs on `window`; each deletes itself when closed.
    std::function<void(const PageContext &context, QWidget *window, const Device &prefilled)> addDevice;
    std::function<void(const PageContext &context, QWidget *window, const DeviceId &device)> editDevice;
    std::function<void(const PageContext &context, QWidget *window, const engine::PromptRequest &request)> prompt;
    std::function<void(const PageContext &context, QWidget *window)> unlockSecrets;
};

/// Adds overview, devices, welcome, activity and logs.
void addFleetPages(PageFactories &factories);

} // namespace infra::ui
