// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QBasicTimer>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QStringList>

#include <functional>

class QWidget;

namespace infra::ui {

/// Makes the pages that were not opened yet while the window has nothing else to do, so that the first opening of a
/// page only has to paint it. One step a turn: made in one, styled and laid out in the next, since the device page
/// alone takes most of the 50 ms that the window may stand still. GUI thread.
class PagePreparer : public QObject
{
    Q_OBJECT
public:
    using Make = std::function<QWidget *(const QString &page)>;

    PagePreparer(Make make, QObject *parent);
    /// Begins, or begins anew. Pages that exist are only laid out.
    void begin(const QStringList &pages);
    bool isDone() const { return m_pages.isEmpty() && m_made.isNull(); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    Make m_make;
    QStringList m_pages;
    QPointer<QWidget> m_made;
    QBasicTimer m_timer;
};

} // namespace infra::ui
