// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the components in both themes into the build folder, to be looked at beside the design, and checks what a
// machine can: nothing is clipped to nothing, both themes differ, no colour is missing.
#include "tests/support/test_registry.h"
#include "tests/ui/foundation/gallery.h"

#include "ui/theme/theme.h"

#include <QtCore/QDir>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::ui;

class TestGallery : public QObject
{
    Q_OBJECT
private:
    static QImage render(QWidget &widget, const QString &name)
    {
        widget.show();
        if (auto *button = widget.findChild<QPushButton *>(u"focusButton"_s)) {
            QApplication::setActiveWindow(&widget);
            button->setFocus(Qt::TabFocusReason);
        }
        QTest::qWait(30);
        const QImage image = widget.grab().toImage();
        const QDir folder(QStringLiteral(INFRA_BIN_DIR) + u"/../pictures"_s);
        folder.mkpath(u"."_s);
        image.save(folder.filePath(name + u".png"_s));
        return image;
    }
    static bool holds(const QImage &image, const QColor &color)
    {
        const QImage plain = image.convertToFormat(QImage::Format_RGB32);
        for (int y = 0; y < plain.height(); ++y) {
            const auto *line = reinterpret_cast<const QRgb *>(plain.constScanLine(y));
            if (std::find(line, line + plain.width(), color.rgb()) != line + plain.width())
                return true;
        }
        return false;
    }

private slots:
    void everyComponentIsDrawnInBothThemes_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::addColumn<int>("percent");
        QTest::newRow("dark") << u"dark"_s << 100;
        QTest::newRow("light") << u"light"_s << 100;
        QTest::newRow("dark, 200 % text") << u"dark"_s << 200;
    }
    void everyComponentIsDrawnInBothThemes()
    {
        QFETCH(QString, theme);
        QFETCH(int, percent);
        Theme &used = test::testTheme();
        used.setTextPercent(percent);
        used.apply(theme);
        const QString suffix = percent == 100 ? theme : u"%1-%2"_s.arg(theme).arg(percent);
        const auto states = test::makeStatesGallery(used);
        const QImage image = render(*states, u"states-"_s + suffix);
        ChartRange range;
        const Instant to = fromMs(1'773'408'720'000);
        range.setRange(to - std::chrono::hours(6), to, false);
        range.setCrosshair(to - std::chrono::minutes(23));
        const auto overview = test::makeOverviewGallery(used, range);
        const QImage charts = render(*overview, u"charts-"_s + suffix);
        used.setTextPercent(100);
        QVERIFY2(!holds(image, QColor(255, 0, 255)) && !holds(charts, QColor(255, 0, 255)), "a token is missing");
        for (const char *path :
             {"surface.window", "accent.solid", "state.critical.solid", "surface.track", "border.focus"})
            QVERIFY2(holds(image, used.color(path)), path);
        for (const char *path : {"surface.panel", "chart.gap", "chart.grid", "chart.crosshair"})
            QVERIFY2(holds(charts, used.color(path)), path);
        QVERIFY(holds(charts, used.series(0)));
    }
};

INFRA_TEST(TestGallery)
#include "tst_gallery.moc"
