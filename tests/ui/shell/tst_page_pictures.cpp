// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
// Draws every page of the fleet in every state and both themes into the build folder, to be looked at beside the
// design, and fails on text that does not fit.
#include "tests/support/test_registry.h"
#include "tests/ui/support/window_fixture.h"

#include "ui/pages/devices/devices_page.h"
#include "ui/pages/overview/overview_page.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;

namespace {

struct ModeName
{
    FleetMode mode;
    const char *name;
};
const ModeName kModes[] = {{FleetMode::Full, "full"},       {FleetMode::Empty, "empty"},
                           {FleetMode::Loading, "loading"}, {FleetMode::Stale, "stale"},
                           {FleetMode::Failing, "error"},   {FleetMode::NeedsYou, "needs-you"}};

void writeLog(const QString &folder)
{
    QFile file(folder + u"/infrastructor.jsonl"_s);
    if (!file.open(QIODevice::WriteOnly))
        return;
    const struct
    {
        int secondsAgo;
        const char *level;
        const char *part;
        const char *device;
        const char *code;
        const char *text;
    } lines[] = {
        {7200, "warning", "collect", "web2", "exec.permission_denied",
         "containers: permission denied while connecting to the Docker socket"},
        {5400, "warning", "ssh.pool", "vault", "ssh.network.lost",
         "Session through gw-b lost: keep-alive 3 of 3 missed"},
        {3600, "info", "insight", "web2", "", "Roll-up of 5 minutes, 14 devices, 38 ms"},
        {960, "error", "ssh.pool", "vault", "ssh.jump.failed", "Jump host gw-b: no answer to SYN in 15.0 s"},
        {840, "info", "collect", "atlas", "", "Cycle 960, 11 sections, 4.1 KB, 24 ms"},
        {720, "error", "ssh.pool", "vault", "ssh.jump.failed", "Jump host gw-b: no answer to SYN in 15.0 s"},
        {600, "info", "store.writer", "", "", "Batch of 42 rows in 3 ms"},
        {300, "warning", "store", "", "", "Checkpoint took 38 ms, reader held the file"},
        {240, "info", "engine", "", "", "Settings changed: collect.interval_s"},
        {120, "info", "collect", "pve1", "", "Cycle 1284, 10 sections, 3.6 KB, 21 ms"},
        {60, "info", "collect", "stage1", "", "Cycle 1284, 10 sections, 3.4 KB, 19 ms"},
        {12, "info", "collect", "borealis", "", "Cycle 1284, 10 sections, 3.6 KB, 21 ms"},
    };
    for (const auto &line : lines) {
        const QString time = toRfc3339(pictureTime() - seconds(line.secondsAgo));
        file.write(
            u"{\"time\":\"%1\",\"level\":\"%2\",\"category\":\"%3\",\"message\":\"%4\",\"fields\":{\"device\":\"%5\",\"code\":\"%6\"}}\n"_s
                .arg(time, QLatin1String(line.level), QLatin1String(line.part), QLatin1String(line.text),
                     QLatin1String(line.device), QLatin1String(line.code))
                .toUtf8());
    }
}

} // namespace

class TestPagePictures : public QObject
{
    Q_OBJECT
private slots:
    // A test that failed at 200 % must not change the next one.
    void init() { windowTheme().setTextPercent(100); }
    void cleanupTestCase() { windowTheme().setTextPercent(100); }

    void everyPageInEveryStateFitsItsText_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("theme");
        for (const QString &page : {u"overview"_s, u"devices"_s, u"welcome"_s, u"activity"_s, u"logs"_s}) {
            for (const ModeName &mode : kModes) {
                for (const QString &theme : {u"dark"_s, u"light"_s})
                    QTest::addRow("%s-%s-%s", qPrintable(page), mode.name, qPrintable(theme))
                        << page << static_cast<int>(mode.mode) << theme;
            }
        }
    }
    void everyPageInEveryStateFitsItsText()
    {
        QFETCH(QString, page);
        QFETCH(int, mode);
        QFETCH(QString, theme);
        draw(static_cast<FleetMode>(mode), page, theme, 100, QSize(1440, 900),
             QString::fromLatin1(QTest::currentDataTag()));
    }

    void everyPageFitsOtherSizes_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("percent");
        for (const QString &page : {u"overview"_s, u"devices"_s, u"welcome"_s, u"activity"_s, u"logs"_s}) {
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
        draw(FleetMode::Full, page, u"dark"_s, percent, size, QString::fromLatin1(QTest::currentDataTag()));
    }

    void aThousandDevicesCollapseWhatIsCalm()
    {
        WindowFixture fixture(FleetMode::Thousand);
        windowTheme().apply(u"dark"_s);
        fixture.window->start(true);
        fixture.window->open({u"overview"_s, {}, {}});
        renderWindow(*fixture.window, QSize(1440, 900), u"overview-1000"_s);
        QCOMPARE(clippedTexts(*fixture.window).join(u'\n'), QString());
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
        QCOMPARE(clippedTexts(*fixture.window), QStringList());
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
        QCOMPARE(clippedTexts(*fixture.window), QStringList());
        fixture.window->open({u"overview"_s, {}, {}});
        fixture.window->openPalette(u"read"_s);
        renderWindow(*fixture.window, QSize(1440, 900), u"palette"_s);
    }

private:
    void draw(FleetMode mode, const QString &page, const QString &theme, int percent, const QSize &size,
              const QString &name)
    {
        windowTheme().setTextPercent(percent);
        windowTheme().apply(theme);
        {
            WindowFixture fixture(mode);
            if (mode != FleetMode::Empty && mode != FleetMode::Loading)
                writeLog(fixture.client.logFolder());
            fixture.window->start(true);
            fixture.window->open({page, {}, {}});
            const QImage image = renderWindow(*fixture.window, size, name);
            QCOMPARE(image.size() / image.devicePixelRatio(), size);
            QCOMPARE(clippedTexts(*fixture.window).join(u'\n'), QString());
        }
        windowTheme().setTextPercent(100);
    }
};

INFRA_TEST(TestPagePictures)
#include "tst_page_pictures.moc"
