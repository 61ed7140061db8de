// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/page_cases.h"

#include <QtCore/QDir>
#include <QtGui/QPainter>
#include <QtTest/QTest>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

const std::array<ModeName, 6> &pageModes()
{
    static const std::array<ModeName, 6> modes = {{{FleetMode::Full, "full"},
                                                   {FleetMode::Empty, "empty"},
                                                   {FleetMode::Loading, "loading"},
                                                   {FleetMode::Stale, "stale"},
                                                   {FleetMode::Failing, "error"},
                                                   {FleetMode::NeedsYou, "needs-you"}}};
    return modes;
}

const QStringList &allPages()
{
    static const QStringList pages = {u"overview"_s, u"devices"_s, u"device"_s,   u"containers"_s,
                                      u"activity"_s, u"logs"_s,    u"settings"_s, u"welcome"_s};
    return pages;
}

void openPage(WindowFixture &fixture, FleetMode mode, const QString &page)
{
    if (mode != FleetMode::Empty && mode != FleetMode::Loading)
        writeFakeLog(fixture.client.logFolder());
    fixture.window->start(true);
    ui::Route route{page, {}, {}};
    if (page == u"device")
        route.device = fakeId(mode == FleetMode::Empty ? u"tern"_s : u"borealis"_s);
    fixture.window->open(route);
}

QImage renderDialog(QWidget &window, QWidget &dialog, const QSize &size, const QString &name, int waitMs)
{
    window.resize(size);
    window.show();
    dialog.show();
    QTest::qWait(waitMs);
    QCoreApplication::sendPostedEvents();
    QTest::qWait(20);
    QImage image = window.grab().toImage();
    const QPoint at = dialog.mapToGlobal(QPoint()) - window.mapToGlobal(QPoint());
    QPainter painter(&image);
    painter.drawPixmap(at, dialog.grab());
    painter.end();
    const QDir folder(QStringLiteral(INFRA_BIN_DIR) + u"/../pictures"_s);
    folder.mkpath(u"."_s);
    image.save(folder.filePath(name + u".png"_s));
    return image;
}

} // namespace infra::test
