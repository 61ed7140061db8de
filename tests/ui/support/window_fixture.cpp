// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/window_fixture.h"

#include "tests/ui/foundation/gallery.h"

#include <QtCore/QDir>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

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
    return factories;
}

WindowFixture::WindowFixture(FleetMode mode, ui::PageFactories factories)
    : time(pictureTime())
    , client(mode, time)
    , state(QString())
{
    qputenv("TZ", "Europe/Oslo");
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

namespace {

QString whereIs(const QWidget *widget)
{
    QStringList names;
    for (const QWidget *at = widget->parentWidget(); at != nullptr && names.size() < 4; at = at->parentWidget())
        names.append(QString::fromLatin1(at->metaObject()->className()));
    return names.join(u" < "_s);
}

} // namespace

QStringList clippedTexts(const QWidget &window)
{
    QStringList clipped;
    const auto complain = [&](const QWidget *widget, const QString &text, const QSize &needs) {
        clipped.append(u"%1 '%2' needs %3×%4, has %5×%6 in %7"_s
                           .arg(QString::fromLatin1(widget->metaObject()->className()), text.left(60))
                           .arg(needs.width())
                           .arg(needs.height())
                           .arg(widget->width())
                           .arg(widget->height())
                           .arg(whereIs(widget)));
    };
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty() || label->visibleRegion().isEmpty())
            continue;
        // Quiet facts may give way on purpose: their policy says so.
        if (label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
            continue;
        const QMargins margins = label->contentsMargins();
        const int width = label->width() - margins.left() - margins.right();
        const int height = label->height() - margins.top() - margins.bottom();
        const int flags = label->wordWrap() ? Qt::TextWordWrap : 0;
        const QRect needs = label->fontMetrics().boundingRect(QRect(0, 0, label->wordWrap() ? width : 10000, 10000),
                                                              flags, label->text());
        if (needs.width() > width + 1 || needs.height() > height + 2)
            complain(label, label->text(), needs.size());
    }
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        const bool words =
            qobject_cast<const QPushButton *>(button) != nullptr || qobject_cast<const QCheckBox *>(button) != nullptr;
        if (!words || !button->isVisible() || button->text().isEmpty() || button->visibleRegion().isEmpty())
            continue;
        const QSize needs = button->sizeHint();
        if (button->width() < needs.width() - 2 || button->height() < button->fontMetrics().height())
            complain(button, button->text(), needs);
    }
    return clipped;
}

} // namespace infra::test
