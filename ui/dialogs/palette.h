// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/palette_sources.h"
#include "ui/shell/page.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QPointer>
#include <QtWidgets/QFrame>

class QLineEdit;
class QListView;

namespace infra::ui {

class ElidedLabel;
class PaletteModel;
class WindowActions;

/// Search or run: over every page, device and act of the window (Ctrl+K). `>` acts alone, `@` devices alone. 660 px
/// wide, 104 from the top, over a dimmed window; arrows choose, Enter opens, Ctrl+Enter opens what belongs to it, Esc
/// closes.
class Palette : public QWidget
{
    Q_OBJECT
public:
    Palette(const PageContext &context, WindowActions &actions, QWidget *window);

    void openWith(const QString &text);
    void place(); ///< the window's size changed
    /// What is listed now, headings left out; for tests and screen readers.
    QStringList found() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void search();
    void run(bool belonging);
    void step(int by);
    void gather();
    void gatherAgain();
    void showHints();
    void closePalette();

    PageContext m_context;
    WindowActions &m_actions;
    QFrame *m_box = nullptr;
    QLineEdit *m_input = nullptr;
    QListView *m_list = nullptr;
    ElidedLabel *m_foot = nullptr;
    PaletteModel *m_model = nullptr;
    QList<PaletteEntry> m_entries;
    QWidget *m_belonging = nullptr; ///< the hint of Ctrl+Enter
    ElidedLabel *m_belongingText = nullptr;
    std::shared_ptr<void> m_watch; ///< containers are known only of machines that are watched
    QBasicTimer m_gathering;       ///< runs while something came that is not listed yet
    QPointer<QWidget> m_before;    ///< had the focus
};

} // namespace infra::ui
