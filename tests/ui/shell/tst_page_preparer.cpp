// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/support/page_cases.h"

#include "ui/shell/page_host.h"
#include "ui/shell/page_preparer.h"
#include "ui/theme/font_warmer.h"

#include <QtTest/QTest>
#include <QtWidgets/QStackedWidget>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;
using namespace infra::ui;

/// What makes later openings quick, and must change nothing else.
class TestPagePreparer : public QObject
{
    Q_OBJECT
private slots:
    void everyPageIsMadeOneATurnAndLaidOutAtItsPlace()
    {
        QStackedWidget stack;
        stack.resize(700, 500);
        QStringList made;
        PagePreparer preparer(
            [&](const QString &page) -> QWidget * {
                made.append(page);
                if (page == u"gone")
                    return nullptr;
                auto *widget = new QWidget(&stack);
                widget->setObjectName(page);
                return widget;
            },
            nullptr);
        preparer.begin({u"one"_s, u"gone"_s, u"two"_s});
        QCOMPARE(made, QStringList()); // in turns of their own, never at once
        QTRY_VERIFY_WITH_TIMEOUT(preparer.isDone(), 10'000);
        QCOMPARE(made, (QStringList{u"one"_s, u"gone"_s, u"two"_s}));
        for (const QString &page : {u"one"_s, u"two"_s})
            QCOMPARE(stack.findChild<QWidget *>(page)->size(), QSize(700, 500));
    }

    void theWindowStaysWhereItIs()
    {
        WindowFixture fixture(FleetMode::Full);
        openPage(fixture, FleetMode::Full, u"activity"_s);
        renderWindow(*fixture.window, QSize(1440, 900), u"before-pages-are-prepared"_s);
        const auto hosts = [&fixture] { return fixture.window->findChildren<PageHost *>().size(); };
        const qsizetype before = hosts();
        fixture.window->preparePages();
        // Welcome is seen once, at the very start.
        const qsizetype all = WindowFixture::fleetFactories().pages.size() - 1;
        QVERIFY(before < all);
        QTRY_COMPARE_WITH_TIMEOUT(hosts(), all, 20'000);
        QCOMPARE(fixture.window->currentRoute().page, u"activity"_s);
        for (const PageHost *host : fixture.window->findChildren<PageHost *>())
            QCOMPARE(host->isVisible(), host->page() == fixture.window->currentPage());
        openPage(fixture, FleetMode::Full, u"device"_s);
        QCOMPARE(hosts(), all); // the one that was prepared
    }

    void fontsAreLoadedAgainForAnotherSize()
    {
        FontWarmer warmer(windowTheme(), nullptr);
        QVERIFY(!warmer.isDone());
        QTRY_VERIFY_WITH_TIMEOUT(warmer.isDone(), 10'000);
        windowTheme().setTextPercent(120);
        QVERIFY(!warmer.isDone());
        QTRY_VERIFY_WITH_TIMEOUT(warmer.isDone(), 10'000);
        windowTheme().setTextPercent(100);
    }
};

INFRA_TEST(TestPagePreparer)
#include "tst_page_preparer.moc"
