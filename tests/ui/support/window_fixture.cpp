// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/window_fixture.h"

#include "tests/ui/foundation/gallery.h"
#include "ui/pages/device/device_factories.h"

#include <QtCore/QDir>
#include <QtCore/QTranslator>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

ui::Theme &windowTheme()
{
    return testTheme();
}

ui::PageFactories WindowFixture::fleetFactories()
{
    ui::PageFactories factories;
    ui::addFleetPages(factories);
    ui::addDevicePages(factories);
    return factories;
}

namespace {

/// Plural forms, as the program itself loads them.
void speakEnglish()
{
    static QTranslator english;
    if (!english.isEmpty())
        return;
    if (!english.load(u":/infra/translations/infrastructor_en.qm"_s))
        qFatal("no plural forms");
    QCoreApplication::installTranslator(&english);
}

} // namespace

WindowFixture::WindowFixture(FleetMode mode, ui::PageFactories factories)
    : time(pictureTime())
    , client(mode, time)
    , state(QString())
{
    qputenv("TZ", "Europe/Oslo");
    speakEnglish();
    window = std::make_unique<ui::MainWindow>(
        ui::MainWindow::Parts{client, windowTheme(), time, state, std::move(factories), u"0.1.0"_s});
    // With a tray a minimized start is hidden; without one it would keep the geometry it was minimized from.
    window->setTrayAvailable(true);
}

QImage renderWindow(QWidget &window, const QSize &size, const QString &name)
{
    window.resize(size);
    window.show();
    QTest::qWait(220);
    // Layouts show late children by queued calls.
    QCoreApplication::sendPostedEvents();
    QTest::qWait(20);
    const QImage image = window.grab().toImage();
    QDir folder(QStringLiteral(INFRA_BIN_DIR) + u"/../pictures"_s);
    folder.mkpath(u"."_s);
    image.save(folder.filePath(name + u".png"_s));
    return image;
}

} // namespace infra::test
