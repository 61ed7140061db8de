// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/foundation/gallery.h"

#include "ui/theme/focus_ring.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/toast_host.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFocusFrame>
#include <QtWidgets/QLabel>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::ui;

class TestControls : public QObject
{
    Q_OBJECT
private slots:
    void arrowsMoveASegmentedControlAndTellOnce()
    {
        SegmentedControl control(test::testTheme(), u"View"_s);
        control.addSegment(u"a"_s, u"Table"_s);
        control.addSegment(u"b"_s, u"Tiles"_s);
        QSignalSpy spy(&control, &SegmentedControl::currentChanged);
        QCOMPARE(control.current(), u"a"_s);
        QTest::keyClick(&control, Qt::Key_Right);
        QTest::keyClick(&control, Qt::Key_Right); // the end: nothing more
        QCOMPARE(control.current(), u"b"_s);
        QCOMPARE(spy.count(), 1);
        control.setCurrent(u"a"_s);
        QCOMPARE(spy.count(), 1);
        control.resize(control.sizeHint());
        QTest::mouseClick(&control, Qt::LeftButton, {}, QPoint(control.width() - 8, 14));
        QCOMPARE(control.current(), u"b"_s);
    }
    void selfPaintedControlsHaveRoleAndValue()
    {
        TabStrip tabs(test::testTheme(), u"Sections"_s);
        tabs.addTab(u"a"_s, u"Containers"_s);
        tabs.addTab(u"b"_s, u"Drives"_s);
        tabs.setCount(u"b"_s, {}, Health::Critical);
        tabs.setCurrent(u"b"_s);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&tabs);
        QVERIFY(spoken != nullptr);
        QCOMPARE(spoken->role(), QAccessible::PageTabList);
        QCOMPARE(spoken->text(QAccessible::Name), u"Sections"_s);
        QVERIFY(spoken->text(QAccessible::Value).contains(u"Drives, Critical"_s));
        Switch toggle(test::testTheme(), u"Reduce motion"_s);
        QAccessibleInterface *box = QAccessible::queryAccessibleInterface(&toggle);
        QCOMPARE(box->role(), QAccessible::CheckBox);
        QVERIFY(!box->state().checked);
        QTest::keyClick(&toggle, Qt::Key_Space);
        QVERIFY(box->state().checked);
    }
    void theRingIsForTheKeyboardOnly()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        QPushButton *button = makeButton(test::testTheme(), u"&Save"_s, ButtonKind::Primary);
        layout->addWidget(button);
        QCOMPARE(button->accessibleName(), u"Save"_s);
        QVERIFY(!button->autoDefault());
        window.show();
        QApplication::setActiveWindow(&window);
        button->setFocus(Qt::MouseFocusReason);
        QVERIFY(!hasKeyboardFocus(*button));
        QVERIFY(window.findChild<QFocusFrame *>() == nullptr || window.findChild<QFocusFrame *>()->widget() == nullptr);
        button->clearFocus();
        button->setFocus(Qt::TabFocusReason);
        QVERIFY(hasKeyboardFocus(*button));
        QVERIFY(window.findChild<QFocusFrame *>() != nullptr && window.findChild<QFocusFrame *>()->widget() == button);
    }
    void escapeClearsAFilterFirst()
    {
        FilterField field(test::testTheme(), u"Name"_s);
        field.setText(u"state:critical"_s);
        QCOMPARE(field.property("validity").toString(), u"ok"_s);
        field.setProblem(u"No such word: stat"_s);
        QCOMPARE(field.property("validity").toString(), u"bad"_s);
        QCOMPARE(field.accessibleDescription(), u"No such word: stat"_s);
        field.setProblem({});
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        QVERIFY(field.property("validity").toString().isEmpty());
    }
    void aCoverWaitsBeforeItShowsLoading()
    {
        QWidget parent;
        parent.resize(400, 300);
        StateCover cover(test::testTheme(), &parent);
        parent.show();
        cover.showLoading(u"Reading services"_s);
        QVERIFY(!cover.isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(cover.isVisible(), 2000);
        int pressed = 0;
        cover.showEmpty(u"Nothing here"_s, u"Add one."_s, u"Add device"_s, [&pressed] { ++pressed; });
        QVERIFY(cover.isVisible());
        QCOMPARE(cover.accessibleName(), u"Nothing here"_s);
        cover.findChild<QPushButton *>()->click();
        QCOMPARE(pressed, 1);
        cover.showContent();
        QVERIFY(!cover.isVisible());
    }
    void remoteTextIsNeverMarkup()
    {
        Note note(test::testTheme(), Health::Warning, u"<b>bold</b>"_s, u"<img src=x>"_s);
        QVERIFY(note.findChild<QLabel *>()->text().contains(u"&lt;img"_s));
        KeyValueList list(test::testTheme());
        list.set(u"Image"_s, u"<h1>x</h1>"_s);
        list.set(u"Image"_s, u"<h1>y</h1>"_s);
        const QList<QLabel *> labels = list.findChildren<QLabel *>();
        QCOMPARE(labels.size(), 2);
        for (const QLabel *label : labels)
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
    void toastsUndoOnceAndStandAboveTheStatusBar()
    {
        QWidget window;
        window.resize(900, 600);
        ToastHost host(test::testTheme(), &window, 26);
        window.show();
        int undone = 0;
        host.show({Health::Ok, u"web1 removed"_s, {}, u"Undo"_s, [&undone] { ++undone; }});
        for (int i = 0; i < 5; ++i)
            host.show({Health::Info, u"Message %1"_s.arg(i), {}, {}, {}});
        QCOMPARE(host.toasts().size(), 4);
        for (const Toast *toast : host.toasts())
            QVERIFY(toast->geometry().bottom() < 600 - 26 && toast->geometry().right() < 900 &&
                    toast->geometry().top() >= 0);
        host.show({Health::Ok, u"web1 removed"_s, {}, u"Undo"_s, [&undone] { ++undone; }});
        host.toasts().last()->findChild<QPushButton *>()->click();
        QCOMPARE(undone, 1);
        QCOMPARE(host.toasts().size(), 3);
    }
    void countsStopAtNinetyNine()
    {
        Badge badge(test::testTheme());
        badge.setCount(141);
        QCOMPARE(badge.text(), u"99+"_s);
        QCOMPARE(badge.toolTip(), u"141"_s);
        badge.setCount({});
        QVERIFY(badge.isHidden());
    }
    void aFlowWrapsAndTilesShareTheWidth()
    {
        QWidget host;
        auto *flow = new FlowLayout(&host, 10);
        QList<QWidget *> items;
        for (int i = 0; i < 5; ++i) {
            auto *item = new QWidget;
            item->setMinimumSize(90, 20);
            items.append(item);
            flow->addWidget(item);
        }
        flow->setTileWidth(100);
        host.resize(340, 200);
        host.show();
        QCOMPARE(items.at(0)->width(), (340 - 20) / 3);
        QCOMPARE(items.at(2)->y(), items.at(0)->y());
        QVERIFY(items.at(3)->y() > items.at(2)->y());
        QCOMPARE(flow->heightForWidth(340), 2 * items.at(0)->height() + 10);
    }
};

INFRA_TEST(TestControls)
#include "tst_controls.moc"
