// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 600
// Draws every dialog, the palette and the menu of the tray in every state and both themes, and fails on text that does
// not fit or lies over other text.
#include "tests/support/test_registry.h"
#include "tests/ui/support/dialog_cases.h"
#include "tests/ui/support/drawn_text.h"

#include <QtCore/QPointer>
#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;

class TestDialogPictures : public QObject
{
    Q_OBJECT
private slots:
    void cleanup()
    {
        if (m_dialog != nullptr)
            m_dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        // What a fault left behind is not the next one's.
        if (QTest::currentTestFailed())
            m_fixture.reset();
    }
    void cleanupTestCase()
    {
        m_fixture.reset();
        windowTheme().setTextPercent(100);
    }

    void everyDialogInEveryStateFitsItsText_data()
    {
        QTest::addColumn<int>("dialog");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("theme");
        for (const ModeName &mode : pageModes()) {
            for (const char *theme : {"dark", "light"}) {
                for (qsizetype number = 0; number < allDialogs().size(); ++number)
                    QTest::addRow("%s-%s-%s", allDialogs().at(number).name, mode.name, theme)
                        << static_cast<int>(number) << static_cast<int>(mode.mode) << QString::fromLatin1(theme);
            }
        }
    }
    void everyDialogInEveryStateFitsItsText()
    {
        QFETCH(int, dialog);
        QFETCH(int, mode);
        QFETCH(QString, theme);
        draw(dialog, static_cast<FleetMode>(mode), theme, 100, QSize(1440, 900));
    }

    void everyDialogFitsTheSmallestWindow_data() { dialogs("1100"); }
    void everyDialogFitsTheSmallestWindow()
    {
        QFETCH(int, dialog);
        draw(dialog, FleetMode::Full, u"dark"_s, 100, QSize(1100, 700));
    }

    void everyDialogFitsLargeText_data() { dialogs("200percent"); }
    void everyDialogFitsLargeText()
    {
        QFETCH(int, dialog);
        draw(dialog, FleetMode::Full, u"light"_s, 200, QSize(1920, 1200));
    }

private:
    static void dialogs(const char *suffix)
    {
        QTest::addColumn<int>("dialog");
        for (qsizetype number = 0; number < allDialogs().size(); ++number)
            QTest::addRow("%s-%s", allDialogs().at(number).name, suffix) << static_cast<int>(number);
    }

    void draw(int number, FleetMode mode, const QString &theme, int percent, const QSize &size)
    {
        // One window for all dialogs of a state: making it takes longer than they do.
        const QString kind = u"%1 %2 %3 %4"_s.arg(static_cast<int>(mode)).arg(theme).arg(percent).arg(size.width());
        if (m_fixture == nullptr || kind != m_kind) {
            m_fixture.reset();
            m_kind = kind;
            windowTheme().setTextPercent(percent);
            windowTheme().apply(theme);
            m_fixture = std::make_unique<WindowFixture>(mode);
            openPage(*m_fixture, mode, u"overview"_s);
            m_fixture->window->resize(size);
            m_fixture->window->show();
        }
        m_dialog = allDialogs().at(number).open(*m_fixture);
        QVERIFY(m_dialog != nullptr);
        renderDialog(*m_fixture->window, *m_dialog, size, QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(m_dialog != nullptr && m_dialog->isVisible());
        QCOMPARE(textFaults(*m_dialog).join(u'\n'), QString());
        QVERIFY2(m_dialog->height() <= size.height() && m_dialog->width() <= size.width(), "larger than its window");
    }

    std::unique_ptr<WindowFixture> m_fixture;
    QString m_kind;
    QPointer<QWidget> m_dialog;
};

INFRA_TEST(TestDialogPictures)
#include "tst_dialog_pictures.moc"
