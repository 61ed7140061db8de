// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtWidgets/QWidget>

class QFrame;
class QSplitter;

namespace infra::ui {

/// Holds one page and its side pane: the pane beside it in a splitter while there is room (its width is remembered by
/// page), an overlay at the right on demand while there is not.
class PageHost : public QWidget
{
    Q_OBJECT
public:
    PageHost(const PageContext &context, const QString &pageId, Page *page, QWidget *parent);

    Page *page() const { return m_page; }
    void setNarrow(bool narrow);
    /// F4: shows or hides the pane.
    void togglePane();
    /// The page may not want its pane in the mode it is in.
    void refreshPane();
    bool isPaneShown() const;
    QWidget *pane() const { return m_pane; }

signals:
    void paneShown(bool shown);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();
    void placeOverlay();
    int wantedWidth() const;

    PageContext m_context;
    QString m_id;
    Page *m_page = nullptr;
    QSplitter *m_own = nullptr;
    QSplitter *m_splitter = nullptr; ///< the page's or our own
    QWidget *m_pane = nullptr;
    QFrame *m_overlay = nullptr;
    bool m_narrow = false;
    bool m_open = true;         ///< wide: the user wants the pane
    bool m_overlayOpen = false; ///< narrow
};

} // namespace infra::ui
