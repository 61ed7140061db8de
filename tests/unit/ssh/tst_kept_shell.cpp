// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer_service.h"
#include "core/ssh/backoff.h"
#include "core/ssh/binding_check.h"
#include "core/ssh/channel_budget.h"
#include "core/ssh/kept_shell.h"
#include "tests/support/approval.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::ssh;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray kNonce("0123456789abcdef");

/// Notes what the shell writes; answers nothing by itself.
class PaperWire final : public KeptShell::Wire
{
public:
    void openShell() override { ++opened; }
    void writeShell(const QByteArray &bytes) override { written += bytes; }
    void closeShell() override { ++closed; }
    int opened = 0, closed = 0;
    QByteArray written;
};

struct ShellOnPaper
{
    ManualTime time{fromMs(0)};
    SeededRandom random{7};
    PaperWire wire;
    std::map<quint64, Result<CommandOutput>> answers;
    KeptShell shell{
        wire, time, random, {DeviceId(u"d_x"_s), u"SHA256:k"_s}, [this](quint64 id, Result<CommandOutput> result) {
            answers.insert_or_assign(id, std::move(result));
        }};

    CommandBinding binding(const QByteArray &bytes) const
    {
        CommandBinding made;
        made.device = DeviceId(u"d_x"_s);
        made.hostKey = u"SHA256:k"_s;
        made.channel = ChannelKind::KeptShell;
        made.nonce = kNonce;
        made.bytes = bytes;
        made.expires = time.monotonic() + seconds(30);
        return made;
    }
    void submit(quint64 id, CommandBinding made)
    {
        shell.submit(id, guard::DestructiveActionManager::make(std::move(made)));
    }
    void answer(const QByteArray &body)
    {
        shell.receivedOut(QByteArray("\n@@" + kNonce + " a\n" + body + "\n@@" + kNonce + " end 0\n"));
    }
};

} // namespace

class TestKeptShell : public QObject
{
    Q_OBJECT
private slots:
    void findsTheAnswerHoweverTheBytesAreCut_data();
    void findsTheAnswerHoweverTheBytesAreCut();
    void aForeignNonceIsNoMark();
    void cutsOffAtTheCap();
    void boundsTheNoiseBeforeTheAnswer();
    void oneMessageIsInFlightAtATime();
    void theNextShellGetsThePreludeAgain();
    void whatWaitsBehindALostShellGetsAFreshOne();
    void aShellThatNeverAnswersIsUnusable();
    void theSudoPasswordIsNeverReadAsACommand();
    void aRefusedSudoPasswordIsNotTriedAgain();
    void bindingsAreChecked_data();
    void bindingsAreChecked();
    void backoffDoublesWithJitterUpToFiveMinutes();
    void theBudgetFollowsTheLearnedLimit();
};

void TestKeptShell::findsTheAnswerHoweverTheBytesAreCut_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    const QByteArray mark = "@@" + kNonce + ' ';
    const QByteArray plain = mark + "begin\nx\n\n" + mark + "end 0\n";
    QTest::newRow("at once") << plain << plain << 0;
    QTest::newRow("behind noise") << "motd\n\n" + plain + "later" << plain << 0;
    QTest::newRow("noise that looks like it") << "x @@" + kNonce + " begin\n@@\n@@012\n" + plain << plain << 0;
    const QByteArray binary = mark + QByteArray("b\n\0\xff\r\n@@\n", 9) + '\n' + mark + "end 255\n";
    QTest::newRow("binary") << '\n' + binary << binary << 255;
    const QByteArray odd = mark + "b\n" + mark + "end x\n" + mark + "end 12345678901234\n" + mark + "end 3\n";
    QTest::newRow("ends that are none") << odd << odd << 3;
    QTest::newRow("an end alone") << mark + "end 0\n" << mark + "end 0\n" << 0;
}

void TestKeptShell::findsTheAnswerHoweverTheBytesAreCut()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    for (qsizetype chunk = 1; chunk <= stream.size(); ++chunk) {
        KeptShellProtocol protocol;
        protocol.begin(kNonce, 1000);
        for (qsizetype at = 0; at < stream.size(); at += chunk)
            protocol.feed(stream.mid(at, chunk));
        QCOMPARE(protocol.state(), KeptShellProtocol::State::Answered);
        QCOMPARE(protocol.exitStatus(), status);
        QCOMPARE(protocol.takeAnswer(), answer);
    }
}

void TestKeptShell::aForeignNonceIsNoMark()
{
    KeptShellProtocol protocol;
    protocol.begin(kNonce, 1000);
    protocol.feed("@@fedcba9876543210 begin\nx\n@@fedcba9876543210 end 0\n");
    QCOMPARE(protocol.state(), KeptShellProtocol::State::Waiting);
}

void TestKeptShell::cutsOffAtTheCap()
{
    const QByteArray fits = "@@" + kNonce + " b\n" + QByteArray(50, 'x') + "\n@@" + kNonce + " end 0\n";
    KeptShellProtocol protocol;
    protocol.begin(kNonce, fits.size());
    QCOMPARE(protocol.feed(fits), KeptShellProtocol::State::Answered);
    protocol.begin(kNonce, fits.size() - 1);
    QCOMPARE(protocol.feed(fits), KeptShellProtocol::State::TooLarge);
    protocol.begin(kNonce, 100);
    protocol.feed(QByteArray("@@" + kNonce + " b\n"));
    for (int i = 0; i < 100 && protocol.state() == KeptShellProtocol::State::Waiting; ++i)
        protocol.feed(QByteArray(10, 'x'));
    QCOMPARE(protocol.state(), KeptShellProtocol::State::TooLarge);
    QVERIFY(protocol.bytesSeen() < 300);
}

void TestKeptShell::boundsTheNoiseBeforeTheAnswer()
{
    KeptShellProtocol protocol;
    protocol.begin(kNonce, 100);
    const QByteArray noise(64 * 1024, 'n');
    int fed = 0;
    while (protocol.feed(noise) == KeptShellProtocol::State::Waiting && fed < 100)
        ++fed;
    QCOMPARE(protocol.state(), KeptShellProtocol::State::TooLarge);
    QVERIFY(fed <= 17);
}

void TestKeptShell::oneMessageIsInFlightAtATime()
{
    ShellOnPaper paper;
    paper.submit(1, paper.binding("first"));
    paper.submit(2, paper.binding("second"));
    QCOMPARE(paper.wire.opened, 1);
    QVERIFY(paper.wire.written.isEmpty());
    paper.shell.opened();
    QCOMPARE(paper.wire.written, QByteArray("first\n"));
    paper.time.advance(milliseconds(40));
    paper.answer("one");
    QCOMPARE(paper.answers.at(1)->duration, milliseconds(40));
    QCOMPARE(paper.wire.written, QByteArray("first\nsecond\n"));
    paper.answer("two");
    QVERIFY(paper.answers.at(2)->out.contains("two"));
    QVERIFY(paper.shell.isIdle());
}

void TestKeptShell::theNextShellGetsThePreludeAgain()
{
    ShellOnPaper paper;
    CommandBinding made = paper.binding("body");
    made.prelude = "prelude";
    paper.submit(1, made);
    paper.shell.opened();
    QCOMPARE(paper.wire.written, QByteArray("prelude\nbody\n"));
    paper.shell.cancel(1); // in flight: the shell goes with it
    QCOMPARE(paper.wire.closed, 1);
    paper.wire.written.clear();
    paper.submit(2, made);
    QCOMPARE(paper.wire.opened, 2);
    paper.shell.opened();
    QCOMPARE(paper.wire.written, QByteArray("prelude\nbody\n"));
    paper.answer("x");
    paper.wire.written.clear();
    paper.submit(3, made);
    QCOMPARE(paper.wire.written, QByteArray("body\n"));
    QVERIFY(!paper.answers.contains(1));
}

void TestKeptShell::whatWaitsBehindALostShellGetsAFreshOne()
{
    ShellOnPaper paper;
    paper.submit(1, paper.binding("one"));
    paper.shell.opened();
    paper.answer("x");
    paper.submit(2, paper.binding("two"));
    paper.submit(3, paper.binding("three"));
    paper.shell.closed(std::nullopt);
    QCOMPARE(paper.answers.at(2).error().code, ErrorCode::LinkLost);
    QVERIFY(!paper.answers.contains(3));
    QCOMPARE(paper.wire.opened, 2);
    paper.shell.closed(Error{ErrorCode::LinkLost, u"gone"_s});
    QCOMPARE(paper.answers.at(3).error().message, u"gone"_s);
}

void TestKeptShell::aShellThatNeverAnswersIsUnusable()
{
    ShellOnPaper paper;
    paper.submit(1, paper.binding("one"));
    paper.shell.opened();
    paper.shell.receivedErr("This account is currently not available.");
    paper.shell.closed(std::nullopt);
    QCOMPARE(paper.answers.at(1).error().code, ErrorCode::ShellUnusable);
    QVERIFY(paper.answers.at(1).error().message.contains(u"not available"));
}

void TestKeptShell::theSudoPasswordIsNeverReadAsACommand()
{
    ShellOnPaper paper;
    paper.shell.setSudoPassword(SecretBytes("hunter2"), [] {});
    paper.submit(1, paper.binding("body"));
    paper.shell.opened();
    QVERIFY(paper.wire.written.contains("sudo -S -p '' -v"));
    QVERIFY(!paper.wire.written.contains("hunter2")); // only once the shell waits for it
    const qsizetype at = paper.wire.written.indexOf("@@") + 2;
    const QByteArray nonce = paper.wire.written.mid(at, 32);
    paper.wire.written.clear();
    paper.shell.receivedOut(QByteArray("noise\n@@" + nonce + " ready\n"));
    QCOMPARE(paper.wire.written, QByteArray("hunter2\n"));
    paper.wire.written.clear();
    paper.shell.receivedOut(QByteArray("\n@@" + nonce + " end 0\n"));
    QCOMPARE(paper.wire.written, QByteArray("body\n"));
}

void TestKeptShell::aRefusedSudoPasswordIsNotTriedAgain()
{
    ShellOnPaper paper;
    int refused = 0;
    paper.shell.setSudoPassword(SecretBytes("wrong"), [&refused] { ++refused; });
    paper.submit(1, paper.binding("body"));
    paper.shell.opened();
    const QByteArray nonce = paper.wire.written.mid(paper.wire.written.indexOf("@@") + 2, 32);
    paper.shell.receivedOut(QByteArray("\n@@" + nonce + " ready\n"));
    paper.shell.receivedOut(QByteArray("\n@@" + nonce + " end 1\n"));
    QCOMPARE(refused, 1);
    QVERIFY(paper.wire.written.endsWith("body\n")); // what needs no sudo goes on
    paper.shell.cancel(1);
    paper.wire.written.clear();
    paper.submit(2, paper.binding("body"));
    paper.shell.opened();
    QCOMPARE(paper.wire.written, QByteArray("body\n"));
}

void TestKeptShell::bindingsAreChecked_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("code");
    for (const auto &[what, code] :
         std::initializer_list<std::pair<const char *, const char *>>{{"good", "ok"},
                                                                      {"device", "guard.mismatch"},
                                                                      {"key", "guard.mismatch"},
                                                                      {"used", "guard.mismatch"},
                                                                      {"late", "guard.expired"},
                                                                      {"empty", "guard.mismatch"},
                                                                      {"nonce", "input.invalid"},
                                                                      {"cap", "input.invalid"}})
        QTest::newRow(what) << QString::fromLatin1(what) << QString::fromLatin1(code);
}

void TestKeptShell::bindingsAreChecked()
{
    QFETCH(QString, what);
    QFETCH(QString, code);
    ShellOnPaper paper;
    CommandBinding made = paper.binding("x");
    if (what == u"device")
        made.device = DeviceId(u"d_y"_s);
    else if (what == u"key")
        made.hostKey.clear();
    else if (what == u"used")
        made.device = {};
    else if (what == u"late")
        made.expires = paper.time.monotonic();
    else if (what == u"empty")
        made.bytes.clear();
    else if (what == u"nonce")
        made.nonce = "a b c d e f g h";
    else if (what == u"cap")
        made.outputCap = 0;
    const auto checked = checkBinding(made, DeviceId(u"d_x"_s), u"SHA256:k"_s, paper.time.monotonic());
    QCOMPARE(checked ? u"ok"_s : checked.error().name(), code);
}

void TestKeptShell::backoffDoublesWithJitterUpToFiveMinutes()
{
    SeededRandom random(3);
    Backoff backoff;
    MonotonicTime now{milliseconds(1000)};
    QCOMPARE(backoff.remaining(now), milliseconds(0));
    qint64 whole = 1000;
    for (int i = 0; i < 14; ++i) {
        backoff.failed(now, random);
        QVERIFY(backoff.remaining(now).count() >= whole / 2);
        QVERIFY(backoff.remaining(now).count() <= whole);
        whole = std::min<qint64>(whole * 2, 300'000);
    }
    backoff.failed(now, random, Backoff::kLongest);
    QCOMPARE(backoff.remaining(now), Backoff::kLongest);
    QCOMPARE(backoff.remaining(now + Backoff::kLongest), milliseconds(0));
    backoff.succeeded();
    QCOMPARE(backoff.failures(), 0);
}

void TestKeptShell::theBudgetFollowsTheLearnedLimit()
{
    ChannelBudget budget;
    QCOMPARE(budget.allowed(), 6);
    budget.refused(0); // tells nothing
    QCOMPARE(budget.learnedLimit(), 0);
    budget.refused(4);
    QCOMPARE(budget.allowed(), 2);
    budget.refused(6); // a later, higher one does not raise it
    QCOMPARE(budget.learnedLimit(), 4);
    budget.refused(1);
    QCOMPARE(budget.allowed(), 1);
}

INFRA_TEST(TestKeptShell)
#include "tst_kept_shell.moc"
