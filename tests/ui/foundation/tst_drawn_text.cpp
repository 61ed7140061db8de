// SPDX-License-Identifier: GPL-3.0-or-later
// The check for clipped text itself: what is cut turns it red, what fits does not.
#include "tests/support/test_registry.h"
#include "tests/ui/foundation/gallery.h"
#include "tests/ui/support/drawn_text.h"

#include "ui/tables/data_table.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"

#include <QtGui/QPainter>
#include <QtTest/QTest>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::test;

namespace {

/// Paints two words itself, as the tiles and the strip of facts do.
class PaintedWords : public QWidget
{
public:
    using QWidget::QWidget;
    int second = 80;
    QRect clip;
    bool pieces = false; ///< the line once a piece of 50, as the head of a group is painted

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        for (int left = 0; pieces && left < 300; left += 50) {
            painter.setClipRect(left, 0, 50, 20);
            paintWords(painter);
        }
        if (pieces)
            return;
        if (clip.isValid())
            painter.setClipRect(clip);
        paintWords(painter);
    }

private:
    void paintWords(QPainter &painter) const
    {
        painter.drawText(QRect(0, 0, 80, 20), Qt::AlignLeft | Qt::TextDontClip, u"Storage"_s);
        painter.drawText(QRect(second, 0, 100, 20), Qt::AlignLeft | Qt::TextDontClip, u"Workloads"_s);
    }
};

} // namespace

class TestDrawnText : public QObject
{
    Q_OBJECT
private slots:
    void aLabelThatIsTooNarrowIsFound()
    {
        QWidget window;
        QLabel label(u"Needs attention"_s, &window);
        label.resize(label.sizeHint());
        show(window);
        QCOMPARE(clippedTexts(window), QStringList());
        label.resize(label.sizeHint().width() - 8, label.height());
        QVERIFY(!clippedTexts(window).isEmpty());
        label.resize(label.sizeHint().width(), label.fontMetrics().height() / 2);
        QVERIFY(!clippedTexts(window).isEmpty());
    }

    void aWrappedLabelThatIsTooLowIsFound()
    {
        QWidget window;
        QLabel label(u"Machines that need a password or passphrase wait until you open them."_s, &window);
        label.setWordWrap(true);
        label.resize(160, label.heightForWidth(160));
        show(window);
        QCOMPARE(clippedTexts(window), QStringList());
        label.resize(160, label.heightForWidth(160) - 10);
        QVERIFY(!clippedTexts(window).isEmpty());
    }

    void aButtonThatIsTooNarrowIsFound()
    {
        QWidget window;
        QPushButton *button = ui::makeButton(testTheme(), u"Add device…"_s, ui::ButtonKind::Default, {}, &window);
        button->resize(button->sizeHint());
        show(window);
        QCOMPARE(clippedTexts(window), QStringList());
        button->resize(button->sizeHint().width() - 12, button->height());
        QVERIFY(!clippedTexts(window).isEmpty());
    }

    void paintedTextAtAnEdgeOrUnderAClipIsFound()
    {
        PaintedWords words;
        words.resize(300, 24);
        show(words);
        QCOMPARE(drawnTexts(words).size(), 2);
        QCOMPARE(clippedTexts(words), QStringList());
        words.resize(100, 24);
        QVERIFY(!clippedTexts(words).isEmpty());
        words.resize(300, 24);
        words.clip = QRect(0, 0, 110, 24);
        QVERIFY(!clippedTexts(words).isEmpty());
        words.clip = QRect(0, 0, 300, 7);
        QVERIFY(!clippedTexts(words).isEmpty());
    }

    void textThatAnAncestorCutsIsFound()
    {
        QWidget window;
        auto *frame = new QWidget(&window);
        auto *label = new QLabel(u"Needs attention"_s, frame);
        label->resize(label->sizeHint());
        frame->resize(label->size());
        show(window);
        QCOMPARE(clippedTexts(window), QStringList());
        frame->resize(label->width() - 20, label->height());
        QVERIFY(!clippedTexts(window).isEmpty());
        frame->resize(label->width(), label->height() / 2);
        QVERIFY(!clippedTexts(window).isEmpty());
    }

    void aLinePaintedPieceByPieceIsOneText()
    {
        PaintedWords words;
        words.resize(300, 24);
        words.pieces = true;
        show(words);
        QCOMPARE(clippedTexts(words), QStringList());
        words.resize(110, 24); // the last piece has no room
        QVERIFY(!clippedTexts(words).isEmpty());
    }

    void wordsWithoutAPluralAreFound()
    {
        QWidget window;
        QLabel label(u"3 devices"_s, &window);
        show(window);
        QCOMPARE(textFaults(window), QStringList());
        label.setText(u"3 device(s)"_s);
        label.adjustSize();
        QCOMPARE(textFaults(window).size(), 1);
    }

    void textOverTextIsFound()
    {
        PaintedWords words;
        words.resize(300, 24);
        show(words);
        QCOMPARE(overlaidTexts(words), QStringList());
        words.second = 30;
        QVERIFY(!overlaidTexts(words).isEmpty());
    }

    void tabsAndSegmentsMayNotElide()
    {
        QWidget window;
        ui::SegmentedControl segments(testTheme(), u"Mode"_s, &window);
        segments.addSegment(u"a"_s, u"Containers and images"_s);
        segments.addSegment(u"b"_s, u"File systems and pools"_s);
        segments.resize(segments.sizeHint());
        show(window);
        QCOMPARE(clippedTexts(window), QStringList());
        segments.resize(120, segments.sizeHint().height());
        QVERIFY(!clippedTexts(window).isEmpty());
    }

    void whatIsMadeToGiveWayMay()
    {
        QWidget window;
        ui::ElidedLabel label(testTheme(), u"borealis, vault, pve1, pve2 and nine more"_s, ui::TextStyle::Body,
                              "text.primary", &window);
        label.resize(90, 20);
        show(window);
        QVERIFY(drawnTexts(window).constFirst().text.contains(u'…'));
        QCOMPARE(clippedTexts(window), QStringList());
    }

    void rowsThatScrollAreNotCut()
    {
        FleetTableModel model(FleetTableModel::picture());
        ui::DataTable table(testTheme(), {}, u"Devices"_s);
        table.setModel(&model);
        table.resize(1200, 187); // ends in the middle of a row
        show(table);
        QVERIFY(drawnTexts(table).size() > 10);
        QCOMPARE(clippedTexts(table), QStringList());
        QScrollArea area;
        auto *content = new QLabel(u"A text that is wider than the area that scrolls it sideways"_s);
        area.setWidget(content);
        area.resize(120, 60);
        show(area);
        QCOMPARE(clippedTexts(area), QStringList());
    }

private:
    static void show(QWidget &window)
    {
        // A plain window is made large enough; what is tested in it has its own size.
        if (window.metaObject() == &QWidget::staticMetaObject && dynamic_cast<PaintedWords *>(&window) == nullptr)
            window.resize(400, 120);
        window.show();
        QTest::qWait(20);
    }
};

INFRA_TEST(TestDrawnText)
#include "tst_drawn_text.moc"
