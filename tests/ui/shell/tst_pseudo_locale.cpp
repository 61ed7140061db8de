// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
// A language two fifths longer than English, with an accent on every letter: what does not fit is cut, and what never
// passed tr() is plain.
#include "tests/support/test_registry.h"
#include "tests/ui/support/dialog_cases.h"
#include "tests/ui/support/drawn_text.h"
#include "tests/ui/support/pseudo_locale.h"

#include <QtTest/QTest>
#include <QtWidgets/QLabel>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;

class TestPseudoLocale : public QObject
{
    Q_OBJECT
private slots:
    // The window of every test speaks English first; the other language is asked before it.
    void initTestCase() { WindowFixture english(FleetMode::Empty); }
    void init()
    {
        windowTheme().setTextPercent(100);
        windowTheme().apply(u"dark"_s);
    }

    void itLengthensAndKeepsPlaceholders()
    {
        const QString made = PseudoLocale::pseudo(u"%n of %1 &devices at %L2"_s);
        QVERIFY(made.startsWith(u'[') && made.endsWith(u']'));
        for (const QString &kept : {u"%n"_s, u"%1"_s, u"%L2"_s, u"&"_s})
            QVERIFY2(made.contains(kept), qPrintable(made));
        QVERIFY(!made.contains(u"devices"));
        QVERIFY(made.size() >= u"%n of %1 &devices at %L2"_s.size() * 7 / 5);
    }

    void aWordThatIsNotTranslatedIsFound()
    {
        QWidget window;
        QLabel label(u"Forgotten"_s, &window);
        window.resize(300, 60);
        window.show();
        QCOMPARE(untranslatedTexts(window).size(), 1);
        label.setText(PseudoLocale::pseudo(u"Forgotten"_s));
        label.adjustSize();
        QCOMPARE(untranslatedTexts(window), QStringList());
    }

    void everyPageIsTranslatedAndFits_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<int>("mode");
        for (const QString &page : allPages()) {
            for (const ModeName &mode : pageModes())
                QTest::addRow("%s-%s-pseudo", qPrintable(page), mode.name) << page << static_cast<int>(mode.mode);
        }
    }
    void everyPageIsTranslatedAndFits()
    {
        QFETCH(QString, page);
        QFETCH(int, mode);
        const auto state = static_cast<FleetMode>(mode);
        const Speaking pseudo;
        WindowFixture fixture(state);
        openPage(fixture, state, page);
        renderWindow(*fixture.window, QSize(1440, 900), QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(untranslatedTexts(*fixture.window).join(u'\n'), QString());
        QCOMPARE(textFaults(*fixture.window).join(u'\n'), QString());
    }

    void everyDialogIsTranslatedAndFits_data()
    {
        QTest::addColumn<int>("dialog");
        for (qsizetype number = 0; number < allDialogs().size(); ++number)
            QTest::addRow("%s-pseudo", allDialogs().at(number).name) << static_cast<int>(number);
    }
    void everyDialogIsTranslatedAndFits()
    {
        QFETCH(int, dialog);
        const Speaking pseudo;
        WindowFixture fixture(FleetMode::Full);
        openPage(fixture, FleetMode::Full, u"overview"_s);
        fixture.window->resize(1440, 900);
        fixture.window->show();
        QWidget *shown = allDialogs().at(dialog).open(fixture);
        QVERIFY(shown != nullptr);
        renderDialog(*fixture.window, *shown, QSize(1440, 900), QString::fromLatin1(QTest::currentDataTag()));
        // The help is pages of their own, in English so far.
        if (QByteArrayView(allDialogs().at(dialog).name) != "help")
            QCOMPARE(untranslatedTexts(*shown).join(u'\n'), QString());
        QCOMPARE(textFaults(*shown).join(u'\n'), QString());
        shown->close();
    }

private:
    /// The language while it lives.
    struct Speaking
    {
        Speaking() { QCoreApplication::installTranslator(&locale); }
        ~Speaking() { QCoreApplication::removeTranslator(&locale); }
        PseudoLocale locale;
    };
};

INFRA_TEST(TestPseudoLocale)
#include "tst_pseudo_locale.moc"
