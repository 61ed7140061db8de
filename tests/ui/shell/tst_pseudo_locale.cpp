// SPDX-License-Identifier: GPL-3.0-or-later
// A language two fifths longer than English, with an accent on every letter: what never passed tr() is plain in it.
#include "tests/support/test_registry.h"
#include "tests/ui/support/pseudo_locale.h"
#include "tests/ui/support/window_fixture.h"

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
};

INFRA_TEST(TestPseudoLocale)
#include "tst_pseudo_locale.moc"
