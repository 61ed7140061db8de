// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
// Draws every page in the smallest and a wide window, and with text of 200 %; and what else the overview shows.
#include "tests/support/test_registry.h"
#include "tests/ui/support/drawn_text.h"
#include "tests/ui/support/page_cases.h"

#include "ui/pages/devices/devices_page.h"
#include "ui/pages/overview/overview_page.h"

#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;

class TestPageSizes : public QObject
{
    Q_OBJECT
private slots:
    // A test that failed at 200 % must not change the next one.
    void init() { windowTheme().setTextPercent(100); }
    void cleanupTestCase() { windowTheme().setTextPercent(100); }

    void everyPageFitsOtherSizes_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("percent");
        for (const QString &page : allPages()) {
            QTest::addRow("%s-1100", qPrintable(page)) << page << QSize(1100, 700) << 100;
            QTest::addRow("%s-1920", qPrintable(page)) << page << QSize(1920, 1080) << 100;
            QTest::addRow("%s-200percent", qPrintable(page)) << page << QSize(1920, 1200) << 200;
        }
    }
    void everyPageFitsOtherSizes()
    {
        QFETCH(QString, page);
        QFETCH(QSize, size);
        QFETCH(int, percent);
        windowTheme().setTextPercent(percent);
        windowTheme().apply(u"dark"_s);
        WindowFixture fixture(FleetMode::Full);
        openPage(fixture, FleetMode::Full, page);
        renderWindow(*fixture.window, size, QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(textFaults(*fixture.window).join(u'\n'), QString());
    }

    void aNewSizeOfTextLooksAsAfterARestart_data()
    {
        QTest::addColumn<QString>("page");
        for (const QString &page : {u"overview"_s, u"device"_s, u"settings"_s})
            QTest::addRow("%s", qPrintable(page)) << page;
    }
    void aNewSizeOfTextLooksAsAfterARestart()
    {
        QFETCH(QString, page);
        constexpr int kPercent = 140;
        windowTheme().apply(u"dark"_s);
        const QSize size(1920, 1080);
        QImage changed;
        {
            WindowFixture fixture(FleetMode::Full);
            openPage(fixture, FleetMode::Full, page);
            renderWindow(*fixture.window, size, page + u"-before"_s);
            windowTheme().setTextPercent(kPercent);
            changed = renderWindow(*fixture.window, size, page + u"-changed"_s);
        }
        WindowFixture fixture(FleetMode::Full);
        openPage(fixture, FleetMode::Full, page);
        const QImage fresh = renderWindow(*fixture.window, size, page + u"-fresh"_s);
        int different = 0;
        for (int y = 0; y < fresh.height(); ++y) {
            for (int x = 0; x < fresh.width(); ++x)
                different += fresh.pixel(x, y) != changed.pixel(x, y) ? 1 : 0;
        }
        QVERIFY2(different < fresh.width() * fresh.height() / 1000, qPrintable(QString::number(different)));
    }

    void aThousandDevicesCollapseWhatIsCalm()
    {
        WindowFixture fixture(FleetMode::Thousand);
        windowTheme().apply(u"dark"_s);
        fixture.window->start(true);
        fixture.window->open({u"overview"_s, {}, {}});
        renderWindow(*fixture.window, QSize(1440, 900), u"overview-1000"_s);
        QCOMPARE(textFaults(*fixture.window).join(u'\n'), QString());
        auto *overview = qobject_cast<ui::OverviewPage *>(fixture.window->currentPage());
        QVERIFY(overview != nullptr);
        overview->setTiles(true);
        QVERIFY(overview->paneWanted()); // tiles stay off above two hundred
    }

    void tilesStandWorstFirst()
    {
        WindowFixture fixture(FleetMode::Full);
        windowTheme().apply(u"dark"_s);
        fixture.window->start(true);
        fixture.window->open({u"overview"_s, {}, {}});
        auto *overview = qobject_cast<ui::OverviewPage *>(fixture.window->currentPage());
        QVERIFY(overview != nullptr);
        overview->setTiles(true);
        renderWindow(*fixture.window, QSize(1440, 900), u"overview-tiles"_s);
        QCOMPARE(textFaults(*fixture.window), QStringList());
    }

    void tickedRowsAndThePalette()
    {
        WindowFixture fixture(FleetMode::Full);
        windowTheme().apply(u"dark"_s);
        fixture.window->start(true);
        fixture.window->open({u"devices"_s, {}, {}});
        auto *devices = qobject_cast<ui::DevicesPage *>(fixture.window->currentPage());
        QVERIFY(devices != nullptr);
        for (const QString &name : {u"forge"_s, u"winbox"_s, u"wsl-dev"_s})
            devices->tick(fakeId(name), true);
        fixture.window->open({u"devices"_s, fakeId(u"winbox"_s), {}});
        renderWindow(*fixture.window, QSize(1440, 900), u"devices-ticked"_s);
        QCOMPARE(textFaults(*fixture.window), QStringList());
        fixture.window->open({u"overview"_s, {}, {}});
        fixture.window->openPalette(u"read"_s);
        renderWindow(*fixture.window, QSize(1440, 900), u"palette"_s);
    }
};

INFRA_TEST(TestPageSizes)
#include "tst_page_sizes.moc"
