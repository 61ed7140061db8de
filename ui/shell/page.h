// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_client.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QWidget>

class QAction;
class QSplitter;

namespace infra::ui {

/// Where one can be: a page id ("overview", "devices", "device", "containers", "activity", "logs", "settings",
/// "welcome"), the device it is about, and a tab or filter in it.
struct Route
{
    QString page;
    DeviceId device;
    QString part;
    bool operator==(const Route &) const = default;
};

/// What every page is given. All live longer than the page.
struct PageContext
{
    engine::FleetClient &client;
    Theme &theme;
    const Clock &clock;
    class Navigator &navigator;
    class UiState *state = nullptr; ///< what the window remembers (saved filters, chosen modes); null in small tests
};

/// Moves between pages, shows toasts and dialogs; implemented by the shell.
class Navigator
{
public:
    virtual ~Navigator() = default;
    virtual void open(const Route &route) = 0;
    virtual void openAddDevice(const Device &prefilled) = 0;
    virtual void openEditDevice(const DeviceId &device) = 0;
    virtual void openPalette(const QString &text) = 0;
    /// @param undo empty: no button.
    virtual void toast(const QString &text, std::function<void()> undo = {}) = 0;
    virtual void showError(const Error &error) = 0;
    /// @param topic a page of the help that lies in the program ("keys").
    virtual void openHelp(const QString &topic) = 0;
};

/// A page of the window. It lays out its content; the shell draws header, rail, side pane and status bar around it.
class Page : public QWidget
{
    Q_OBJECT
public:
    Page(const PageContext &context, QWidget *parent)
        : QWidget(parent)
        , m_context(context)
    {
    }
    virtual QString title() const = 0;
    virtual QString facts() const { return {}; }        ///< quiet words beside the title
    virtual QWidget *headerWidget() { return nullptr; } ///< replaces the header's title (device page: 72 px head)
    virtual QList<QAction *> headerActions() const { return {}; } ///< the first is primary
    virtual QWidget *sidePane() { return nullptr; }               ///< owned by the page; placed by the shell
    /// Where the shell puts the pane while the window is wide; null: into a splitter of its own, as high as the page.
    virtual QSplitter *paneSplitter() { return nullptr; }
    virtual bool paneWanted() const { return true; } ///< false: not in this mode of the page; tell by `headerChanged`
    virtual Environment environment() const { return Environment::None; } ///< stripe
    virtual void setRoute(const Route &route) { Q_UNUSED(route); }
    virtual void shown() {}       ///< start watching
    virtual void hidden() {}      ///< stop watching: a hidden page costs nothing
    virtual void focusFilter() {} ///< Ctrl+F
    virtual void readNow() {}     ///< F5
    virtual QString helpTopic() const { return {}; }

signals:
    void headerChanged();
    void paneToggleWanted(); ///< as F4

protected:
    const PageContext &context() const { return m_context; }

private:
    PageContext m_context;
};

} // namespace infra::ui
