// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
// Draws every page of the window in every state and both themes into the build folder, to be looked at beside the
// design, and fails on text that does not fit or lies over other text.
#include "tests/support/test_registry.h"
#include "tests/ui/support/drawn_text.h"
#include "tests/ui/support/page_cases.h"

#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;

class TestPagePictures : public QObject
{
    Q_OBJECT
private slots:
    // A test that failed at 200 % must not change the next one.
    void init() { windowTheme().setTextPercent(100); }

    void everyPageInEveryStateFitsItsText_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("theme");
        for (const QString &page : allPages()) {
            for (const ModeName &mode : pageModes()) {
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
        windowTheme().apply(theme);
        WindowFixture fixture(static_cast<FleetMode>(mode));
        openPage(fixture, static_cast<FleetMode>(mode), page);
        const QImage image =
            renderWindow(*fixture.window, QSize(1440, 900), QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(image.size() / image.devicePixelRatio(), QSize(1440, 900));
        QCOMPARE(textFaults(*fixture.window).join(u'\n'), QString());
    }
};

INFRA_TEST(TestPagePictures)
#include "tst_page_pictures.moc"
