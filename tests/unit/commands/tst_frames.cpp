// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/part_lines.h"
#include "tests/support/test_registry.h"
#include "tests/unit/commands/command_support.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::commands;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestFrames final : public QObject
{
    Q_OBJECT
private slots:
    void noiseInFrontAndMarksOfAnotherNonceAreNoMarks()
    {
        const QByteArray output =
            "Welcome!\n@@cd users\n\n@@ab users\n\n@@ab =who\nx\n@@cd end 0\n @@ab end 0\ny\n\n@@ab !who 0\n"
            "\n@@ab .users\n\n@@ab end 0\n";
        const std::optional<CycleText> cycle = splitCycle(output, "ab");
        QVERIFY(cycle && cycle->ended);
        QCOMPARE(cycle->sections.size(), qsizetype(1));
        QVERIFY(cycle->sections.value("users").whole);
        QCOMPARE(cycle->sections.value("users").text("who"), QByteArray("x\n@@cd end 0\n @@ab end 0\ny\n"));
        QVERIFY(!splitCycle(output, "ef"));
        QVERIFY(!splitCycle(output, ""));
        QVERIFY(!splitCycle("", "ab"));
    }

    /// A container may be called anything; its name cannot end the reading.
    void aForgedFrameInAContainersNameIsAName()
    {
        const QByteArray nonce = "00112233445566778899aabbccddeeff";
        const Result<ParsedCycle> cycle =
            CommandRegistry().parse(fixture(u"cycle_linux.txt"_s), nonce, implementedKinds(), true);
        QVERIFY(cycle.has_value());
        const auto *containers = dataOf<QList<Container>>(*sectionFor(*cycle, Kind::Containers));
        QVERIFY(containers && containers->size() == 2);
        QVERIFY(containers->at(1).name.contains(u"@@ffffffff"));
        QVERIFY(!containers->at(1).name.contains(u'\n'));
        QVERIFY(sectionFor(*cycle, Kind::Updates)->status == SectionStatus::Ok);
    }

    void halfALineIsNotALine()
    {
        // Cut by the host's cap in the middle of "12345": what came of it is no number.
        const auto cycle =
            splitCycle("\n@@ab system_metrics\n\n@@ab =files\n/proc/meminfo:MemTotal: 100 kB\n/proc/meminfo:MemFree: 12"
                       "\n@@ab end 0\n",
                       "ab");
        QVERIFY(cycle && !cycle->sections.value("system_metrics").whole);
        bool cut = false;
        QCOMPARE(wholeLines(cycle->sections.value("system_metrics").text("files"), &cut).size(), qsizetype(1));
        QVERIFY(cut);
    }

    void aCommandThatWasEndedLosesItsLastLine()
    {
        SectionPart part{"who", "a\nb", 0};
        QCOMPARE(partLines(part), QList<QByteArray>{"a"});
        part.text = "a\nb\n";
        QCOMPARE(partLines(part), (QList<QByteArray>{"a", "b"}));
        for (const int rc : {124, 137, 143}) {
            part.rc = rc;
            bool cut = false;
            QCOMPARE(partLines(part, &cut), QList<QByteArray>{"a"});
            QVERIFY(cut);
        }
    }

    void numbersAreStrict()
    {
        QCOMPARE(toUnsigned("18446744073709551615"), std::optional<quint64>(18446744073709551615ULL));
        QVERIFY(!toUnsigned("18446744073709551616") && !toUnsigned("") && !toUnsigned("1 ") && !toUnsigned("+1") &&
                !toUnsigned("0x1"));
        QVERIFY(!toSigned("9223372036854775808") && !toSigned("-") && !toSigned("--1"));
        QCOMPARE(toSigned("-20"), std::optional<qint64>(-20));
        QVERIFY(!toDecimal("1e3") && !toDecimal("inf") && !toDecimal("nan") && !toDecimal("1.") && !toDecimal(".5") &&
                !toDecimal("1,5"));
        QCOMPARE(toDecimal("-0.25"), std::optional<double>(-0.25));
        QVERIFY(!scaled(quint64(1) << 62, 1024));
        QCOMPARE(unescapeOctal("a\\040b\\134c\\0x"), QByteArray("a b\\c\\0x"));
    }

    void costIsReadFromTimes()
    {
        QCOMPARE(*cpuTimesMs({"0m0.010s 0m0.020s", "1m0.500000s 0m0.000000s"}), 60'530.0);
        QVERIFY(!cpuTimesMs({"0m0.010s 0m0.020s"}));
        QVERIFY(!cpuTimesMs({"0m0.010s 0mxs", "0m0s 0m0s"}));
    }
};

INFRA_TEST(TestFrames)
#include "tst_frames.moc"
