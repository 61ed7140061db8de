// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/support/page_cases.h"

#include "core/engine/setting_keys.h"
#include "ui/dialogs/palette.h"
#include "ui/shell/close_question.h"
#include "ui/shell/help_dialog.h"
#include "ui/shell/page_history.h"
#include "ui/shell/window_actions.h"
#include "ui/tray/tray_controller.h"

#include <QtGui/QAction>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;
using namespace infra::ui;

class TestMainWindow : public QObject
{
    Q_OBJECT
private slots:
    void historyGoesBackForwardAndForgetsWhatLayAhead()
    {
        PageHistory history;
        history.visit({u"overview"_s, {}, {}});
        history.visit({u"devices"_s, {}, {}});
        history.visit({u"devices"_s, {}, {}});
        history.visit({u"activity"_s, {}, {}});
        QCOMPARE(history.back().page, u"devices"_s);
        QCOMPARE(history.back().page, u"overview"_s);
        QVERIFY(!history.canGoBack());
        QCOMPARE(history.forward().page, u"devices"_s);
        history.visit({u"logs"_s, {}, {}});
        QVERIFY(!history.canGoForward());
        QCOMPARE(history.back().page, u"devices"_s);
    }

    void aRemovedDeviceIsNoPlaceToGoBackTo()
    {
        PageHistory history;
        history.visit({u"overview"_s, {}, {}});
        history.visit({u"device"_s, fakeId(u"atlas"_s), {}});
        history.visit({u"activity"_s, {}, {}});
        history.forget(fakeId(u"atlas"_s));
        QCOMPARE(history.current()->page, u"activity"_s);
        QCOMPARE(history.back().page, u"overview"_s);
    }

    void firstStartShowsWelcomeAndLaterOnesTheOverview()
    {
        WindowFixture first(FleetMode::Empty);
        first.window->start(true);
        QCOMPARE(first.window->currentRoute().page, u"welcome"_s);
        WindowFixture later(FleetMode::Full);
        later.window->start(true);
        QCOMPARE(later.window->currentRoute().page, u"overview"_s);
    }

    void keysMoveThroughPages()
    {
        WindowFixture fixture(FleetMode::Full);
        fixture.window->start(true);
        fixture.window->show();
        QApplication::setActiveWindow(fixture.window.get());
        QTest::keyClick(fixture.window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(fixture.window->currentRoute().page, u"devices"_s);
        QTest::keyClick(fixture.window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(fixture.window->currentRoute().page, u"overview"_s);
        QTest::keyClick(fixture.window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(fixture.window->currentRoute().page, u"devices"_s);
    }

    void closingAsksOnceWhereThereIsATray()
    {
        WindowFixture fixture(FleetMode::Full);
        fixture.window->start(true);
        fixture.window->setTrayAvailable(true);
        fixture.window->show();
        fixture.window->close();
        QVERIFY(fixture.window->isVisible());
        auto *question = fixture.window->findChild<CloseQuestion *>();
        QVERIFY(question != nullptr);
        QSignalSpy hidden(fixture.window.get(), &MainWindow::hiddenToTray);
        emit question->keepChosen();
        QCOMPARE(hidden.count(), 1);
        QVERIFY(!fixture.window->isVisible());
        QCOMPARE(fixture.client.settings().string(engine::keys::closeAction), u"tray"_s);
        question->close();
        QTest::qWait(1);
        fixture.window->show();
        fixture.window->close();
        QVERIFY(!fixture.window->isVisible()); // no second question
        QCOMPARE(hidden.count(), 2);
    }

    void withoutATrayClosingEndsTheProgram()
    {
        WindowFixture fixture(FleetMode::Full);
        fixture.window->start(true);
        fixture.window->setTrayAvailable(false);
        QSignalSpy quit(fixture.window.get(), &MainWindow::quitRequested);
        fixture.window->show();
        fixture.window->close();
        QCOMPARE(quit.count(), 1);
        QVERIFY(fixture.window->findChild<CloseQuestion *>() == nullptr);
    }

    void thePaletteFindsPagesDevicesAndActs()
    {
        WindowFixture fixture(FleetMode::Full);
        fixture.window->start(true);
        fixture.window->show();
        fixture.window->openPalette(u"boreal"_s);
        auto *palette = fixture.window->findChild<Palette *>();
        QVERIFY(palette != nullptr);
        QCOMPARE(palette->found().constFirst(), u"borealis"_s);
        fixture.window->openPalette(u"@web"_s);
        QVERIFY(palette->found().contains(u"web1"_s));
        QVERIFY(!palette->found().contains(u"Read web1 now"_s));
        fixture.window->openPalette(u">read atlas"_s);
        QCOMPARE(palette->found().constFirst(), u"Read atlas now"_s);
        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
        QVERIFY(fixture.client.calls.contains(u"readNow atlas"_s));
        QVERIFY(!palette->isVisible());
        fixture.window->openPalette(u"shop-db"_s);
        QCOMPARE(palette->found().constFirst(), u"shop-db-1"_s); // a container
        fixture.window->openPalette(u"never done"_s);
        QVERIFY(palette->found().contains(u"What is read, and what is never done"_s)); // a page of the help
        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
        QVERIFY(fixture.window->findChild<HelpDialog *>() != nullptr);
        QCOMPARE(fixture.window->findChild<HelpDialog *>()->currentTopic(), u"trust"_s);
        fixture.window->findChild<HelpDialog *>()->close();
        fixture.window->openPalette(u"activ"_s);
        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
        QCOMPARE(fixture.window->currentRoute().page, u"activity"_s);
    }

    void thePaletteListsWhatComesInACycleAtOnce()
    {
        WindowFixture fixture(FleetMode::Full);
        fixture.window->start(true);
        fixture.window->show();
        fixture.window->openPalette(u"atl"_s);
        auto *palette = fixture.window->findChild<Palette *>();
        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Down);
        auto *list = palette->findChild<QListView *>();
        const QString chosen = list->currentIndex().data().toString();
        QVERIFY(!chosen.isEmpty());
        QSignalSpy listed(list->model(), &QAbstractItemModel::modelReset);
        engine::DeviceRow found = fixture.client.devices().constFirst();
        found.device.id = fakeId(u"atlantis"_s);
        found.device.name = u"atlantis"_s;
        fixture.client.changeRow(found);
        for (const engine::DeviceRow &row : fixture.client.devices())
            emit fixture.client.detailsChanged(*fixture.client.details(row.device.id));
        QCOMPARE(listed.count(), 0);
        QTRY_VERIFY(palette->found().contains(u"atlantis"_s));
        QCOMPARE(listed.count(), 1);
        QCOMPARE(list->currentIndex().data().toString(), chosen);
    }

    void everyActOfTheMenusHasWordsAndEveryKeyIsUsedOnce()
    {
        WindowFixture fixture(FleetMode::Full);
        QSet<QString> keys;
        for (const QAction *action : fixture.window->actions().all()) {
            QVERIFY(!action->text().isEmpty());
            for (const QKeySequence &key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
                keys.insert(key.toString());
            }
        }
        for (const QString &key :
             {u"Ctrl+K"_s, u"F1"_s, u"F4"_s, u"F5"_s, u"F6"_s, u"Ctrl+B"_s, u"Ctrl+F"_s, u"Alt+Left"_s})
            QVERIFY2(keys.contains(key), qPrintable(key));
    }

    void tabReachesEveryControlAndEachHasAName_data()
    {
        QTest::addColumn<QString>("page");
        for (const QString &page : allPages())
            QTest::addRow("%s", qPrintable(page)) << page;
    }
    void tabReachesEveryControlAndEachHasAName()
    {
        QFETCH(QString, page);
        WindowFixture fixture(FleetMode::Full);
        openPage(fixture, FleetMode::Full, page);
        fixture.window->resize(1440, 900);
        fixture.window->show();
        QApplication::setActiveWindow(fixture.window.get());
        QTest::qWait(50);
        QSet<QWidget *> reached;
        for (int step = 0; step < 400; ++step) {
            QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : fixture.window.get(),
                            Qt::Key_Tab);
            QWidget *focus = QApplication::focusWidget();
            QVERIFY(focus != nullptr);
            if (reached.contains(focus))
                break;
            reached.insert(focus);
            QVERIFY2(!focus->accessibleName().isEmpty(),
                     qPrintable(QString::fromLatin1(focus->metaObject()->className()) + u' ' + focus->objectName()));
        }
        for (QWidget *widget : fixture.window->findChildren<QWidget *>()) {
            const bool stop = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isVisible() &&
                              widget->isEnabled() && widget->focusProxy() == nullptr && !widget->inherits("QMenuBar") &&
                              widget->size().isValid();
            if (stop)
                QVERIFY2(reached.contains(widget), qPrintable(QString::fromLatin1(widget->metaObject()->className()) +
                                                              u' ' + widget->accessibleName()));
        }
    }

    void theTrayMenuNamesTheWorstFive()
    {
        WindowFixture fixture(FleetMode::Full);
        TrayController tray(fixture.client, windowTheme(), fixture.time, *fixture.window);
        const QString menu = tray.menuTexts().join(u'\n');
        QVERIFY2(menu.contains(u"borealis: /tank/media is 96"_s), qPrintable(menu));
        QVERIFY(menu.contains(u"Pause collecting"_s));
        QVERIFY(menu.contains(u"Quit"_s));
    }

    void theTrayIsMutedForAWhile()
    {
        WindowFixture fixture(FleetMode::Full);
        TrayController tray(fixture.client, windowTheme(), fixture.time, *fixture.window);
        const auto choose = [&tray](const QString &text) {
            for (QAction *action : tray.menu().actions()) {
                if (action->text().startsWith(text)) {
                    action->trigger();
                    return true;
                }
            }
            return false;
        };
        QVERIFY(tray.tells(Health::Warning));
        QVERIFY(choose(u"Mute for 1 hour"_s));
        QVERIFY(!tray.tells(Health::Warning) && !tray.tells(Health::Critical));
        fixture.time.advance(std::chrono::minutes(61));
        QVERIFY(tray.tells(Health::Warning));
        tray.unmute();
        // 14:32 in Oslo: the next morning is sixteen and a half hours away.
        QVERIFY(choose(u"Mute until 07:00"_s));
        QVERIFY(!tray.tells(Health::Warning) && tray.tells(Health::Critical));
        fixture.time.advance(std::chrono::hours(15));
        QVERIFY(!tray.tells(Health::Warning));
        QVERIFY(choose(u"Speak again"_s));
        QVERIFY(tray.tells(Health::Warning));
        QVERIFY(choose(u"Mute until 07:00"_s));
        fixture.time.advance(std::chrono::hours(25));
        QVERIFY(tray.tells(Health::Warning));
    }

    void aFullDiskStandsUnderTheHeaderUntilItIsSolved()
    {
        WindowFixture fixture(FleetMode::Failing);
        fixture.window->start(true);
        fixture.window->show();
        const auto notes = [&] {
            int seen = 0;
            for (QWidget *widget : fixture.window->findChildren<QWidget *>())
                seen += widget->inherits("infra::ui::Note") && widget->isVisible() &&
                                widget->parentWidget() == fixture.window.get()
                            ? 1
                            : 0;
            return seen;
        };
        QCOMPARE(notes(), 1);
        fixture.client.setMode(FleetMode::Full);
        QCOMPARE(notes(), 0);
    }
};

INFRA_TEST(TestMainWindow)
#include "tst_main_window.moc"
