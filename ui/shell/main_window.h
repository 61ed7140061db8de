// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/shell/page_factories.h"
#include "ui/shell/page_history.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

class QFrame;
class QStackedWidget;
class QVBoxLayout;

namespace infra::ui {

class HeaderBar;
class Note;
class PageHost;
class PagePreparer;
class Palette;
class Rail;
class StatusLine;
class ToastHost;
class UiState;
class WindowActions;

/// The window: rail, header, the pages, status line. It only places things; pages know the core through the client they
/// are given. GUI thread.
class MainWindow : public QWidget, public Navigator
{
    Q_OBJECT
public:
    /// All live longer than the window.
    struct Parts
    {
        engine::FleetClient &client;
        Theme &theme;
        const Clock &clock;
        UiState &state;
        PageFactories factories;
        QString version;
    };
    explicit MainWindow(Parts parts);
    ~MainWindow() override;

    /// Geometry as it was left, first page (welcome while there is nothing but this computer and nobody has seen it),
    /// then shown unless `minimized` and there is a tray.
    void start(bool minimized);
    /// Makes the pages that are still to be opened while nothing else is to do; without it each is made when opened.
    void preparePages();
    /// Where there is no tray, closing the window ends the program (and asks nothing).
    void setTrayAvailable(bool available) { m_trayAvailable = available; }
    /// Shows, un-minimizes and takes the focus; for the tray and a second start.
    void raiseToFront();

    PageContext pageContext();
    Route currentRoute() const;
    Page *currentPage() const;
    WindowActions &actions() { return *m_actions; }
    void openSearchResult(const Route &route) { open(route); }

    // Navigator
    void open(const Route &route) override;
    void openAddDevice(const Device &prefilled) override;
    void openEditDevice(const DeviceId &device) override;
    void openPalette(const QString &text) override;
    void openHelp(const QString &topic) override;
    void toast(const QString &text, std::function<void()> undo = {}) override;
    void showError(const Error &error) override;

public slots:
    void goBack();
    void goForward();
    void togglePane();
    void showHelp();
    void focusNextRegion();

signals:
    void quitRequested();
    void routeChanged();
    void hiddenToTray();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;

private:
    void buildFrame();
    void buildActions();
    void connectClient();
    void showRoute(const Route &route);
    PageHost *host(const QString &pageId);
    void headerChanged();
    void rebuildPages();
    void tick();
    bool isNarrow() const;
    void applyNarrow();
    void updateNotes();
    void keepGeometry();

    Parts m_parts;
    PageHistory m_history;
    Rail *m_rail = nullptr;
    HeaderBar *m_header = nullptr;
    QFrame *m_stripe = nullptr;
    Note *m_storeNote = nullptr;
    Note *m_secretsNote = nullptr;
    QVBoxLayout *m_column = nullptr;
    QStackedWidget *m_stack = nullptr;
    StatusLine *m_status = nullptr;
    ToastHost *m_toasts = nullptr;
    WindowActions *m_actions = nullptr;
    PagePreparer *m_preparer = nullptr;
    QHash<QString, PageHost *> m_hosts;
    QString m_shownPage;
    int m_scale = 0; ///< of the text, for which the pages were laid out
    QPointer<Palette> m_palette;
    QBasicTimer m_clockTimer;
    bool m_railNarrowByUser = false;
    bool m_trayAvailable = false;
    bool m_altAlone = false;
    bool m_quitting = false;
};

} // namespace infra::ui
