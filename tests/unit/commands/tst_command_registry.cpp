// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/scripts/scripts.h"
#include "tests/support/test_registry.h"
#include "tests/unit/commands/command_support.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::commands;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestCommandRegistry final : public QObject
{
    Q_OBJECT
private slots:
    void everyKindHasARowInOrder()
    {
        const CommandRegistry registry;
        QCOMPARE(registry.all().size(), allKinds().size());
        for (qsizetype i = 0; i < allKinds().size(); ++i)
            QCOMPARE(registry.all().at(i).kind, allKinds().at(i));
        for (const CommandSpec &spec : registry.all()) {
            QVERIFY(spec.readOnly);
            QCOMPARE(spec.slow, isSlow(spec.kind));
            QCOMPARE(spec.implemented, !spec.shell.isEmpty());
            QVERIFY(spec.timeout < spec.maxTimeout);
        }
        QVERIFY(!registry.spec(Kind::Drives).implemented && !registry.spec(Kind::Guests).implemented);
    }

    void agesAreThoseOfTheDesign()
    {
        const CommandRegistry registry;
        QCOMPARE(registry.freshnessFor(Kind::SystemMetrics, DeviceType::Ubuntu), seconds(60));
        QCOMPARE(registry.freshnessFor(Kind::SystemMetrics, DeviceType::Unraid), seconds(120));
        QCOMPARE(registry.freshnessFor(Kind::SystemMetrics, DeviceType::Windows), seconds(240));
        QCOMPARE(registry.freshnessFor(Kind::Containers, DeviceType::Ubuntu), seconds(30));
        QCOMPARE(registry.freshnessFor(Kind::Containers, DeviceType::Wsl2), seconds(10));
        QCOMPARE(registry.intervalFor(Kind::Containers, DeviceType::Wsl2), seconds(60));
        QCOMPARE(registry.intervalFor(Kind::Updates, DeviceType::Ubuntu), seconds(21600));
        QCOMPARE(registry.spec(Kind::Containers).maxTimeout, milliseconds(60'000));
    }

    void aMessageIsOneLineWithAFreshNonce()
    {
        SeededRandom random(1);
        const CommandRegistry registry;
        HostFacts facts;
        facts.sudo = SudoMode::NoPassword;
        const ReadMessage first =
            registry.buildMessage({Kind::SystemMetrics, Kind::Containers, Kind::Drives}, facts, true, random);
        const ReadMessage second = registry.buildMessage({Kind::Users}, {}, false, random);
        QCOMPARE(first.nonce().size(), qsizetype(32));
        QVERIFY(first.nonce() != second.nonce());
        QCOMPARE(first.bytes(), QByteArray("i_cycle " + first.nonce() + " 1 1 system_metrics containers\n"));
        QCOMPARE(second.bytes(), QByteArray("i_cycle " + second.nonce() + " 0 0 users\n"));
        QCOMPARE(first.prelude(), second.prelude());
        QCOMPARE(first.category(), ssh::CommandCategory::Containers);
        QCOMPARE(second.category(), ssh::CommandCategory::Metrics);
    }

    void whatIsNotCollectedYetIsSaid()
    {
        const auto cycle = CommandRegistry().parse(framed("ab", {}), "ab", {Kind::Zfs, Kind::Users}, false);
        QVERIFY(cycle.has_value());
        QCOMPARE(cycle->sections.at(0).status, SectionStatus::Skipped);
        QCOMPARE(cycle->sections.at(0).warnings, QStringList{u"not collected yet"_s});
        QCOMPARE(cycle->sections.at(1).status, SectionStatus::Error);
        QCOMPARE(cycle->sections.at(1).error->code, ErrorCode::BadOutput);
        QVERIFY(!CommandRegistry().parse("hello\n@@cd end 0\n", "ab", {Kind::Users}, false));
    }

    /// The texts read; no word of them writes, changes or waits. `>` goes to /dev/null only.
    void noTextWritesOrWaits()
    {
        const QString all = CommandRegistry().shownCommands({});
        QString code;
        for (const QString &line : all.split(u'\n'))
            if (!line.trimmed().startsWith(u'#'))
                code += line + u'\n';
        static const QRegularExpression writes(
            u"\\b(?:rm|mv|cp|dd|tee|touch|mkdir|rmdir|ln|install|chmod|chown|truncate|mktemp|sleep|kill|pkill|killall|"
            u"mount|umount|"
            "reboot|shutdown|poweroff|halt|sysctl|modprobe|insmod|rmmod|eval|exec|source|xargs|awk|sed|sort|find|curl|"
            "wget|nc|ip|"
            "mdcmd|zpool|zfs|hdparm|smartctl -|dmesg|journalctl|date -s|hostname|crontab|at|su|nohup|trap)\\b(?![.\\-/=])"_s);
        QString named = code;
        named.remove(
            u"for i_f in docker podman smartctl dnf apk pacman zypper ss inotifywait lxc qm nvidia-smi python3 perl"_s);
        named.remove(QRegularExpression(u"\\S+\\|\\S+\\)"_s)); // labels of a case
        named.remove(QRegularExpression(u"/[a-z]\\S*"_s));
        named.remove(QRegularExpression(u"echo '[^']*'"_s));
        const QRegularExpressionMatch match = writes.match(named);
        QVERIFY2(!match.hasMatch(), qPrintable(named.mid(qMax(0, int(match.capturedStart()) - 60), 140)));
        static const QRegularExpression verbs(
            u"(?:apt-get|apk|dnf|zypper|pacman)[^\\n;]*\\b(?:install|remove|purge|add|del|makecache|clean|dist-upgrade|"
            u"-S\\w*|-R\\w*)\\b|"
            "apt-get (?!-s )|apt-mark (?!showhold)|systemctl (?!list-units|show )|docker (?!ps|inspect)|loginctl (?!list-sessions|show-session)"_s);
        const QRegularExpressionMatch verb = verbs.match(code);
        QVERIFY2(!verb.hasMatch() || verb.captured() == u"docker "_s, qPrintable(verb.captured()));
        code.remove(u">/dev/null"_s).remove(u"2>&1"_s).remove(u"->"_s);
        QVERIFY2(!code.contains(u'>'), qPrintable(code.mid(qMax(0, int(code.indexOf(u'>')) - 60), 120)));
        QVERIFY(!code.contains(u'`'));
    }

    void sudoersLinesAreExactAndValid()
    {
        HostFacts facts;
        facts.capabilities = {u"docker"_s, u"podman"_s, u"ss"_s, u"dnf"_s};
        const QString lines = CommandRegistry().sudoersLines(facts, u"alice"_s);
        QVERIFY(lines.contains(u"alice ALL=(root) NOPASSWD: /usr/bin/ss -Htulnp\n"));
        QVERIFY(!lines.contains(u'*') && !lines.contains(u'?') && !lines.contains(u'['));
        QVERIFY(CommandRegistry().sudoersLines(facts, u"root"_s).isEmpty());
        QVERIFY(CommandRegistry().sudoersLines({}, u"alice"_s).isEmpty());
        const QString visudo = QStandardPaths::findExecutable(u"visudo"_s, {u"/usr/sbin"_s, u"/sbin"_s});
        if (visudo.isEmpty())
            QSKIP("visudo is not installed");
        QProcess check;
        check.start(visudo, {u"-cf"_s, u"-"_s});
        check.write(lines.toUtf8());
        check.closeWriteChannel();
        QVERIFY(check.waitForFinished(10'000));
        QVERIFY2(check.exitCode() == 0, check.readAllStandardError().constData());
    }

    void everyShellAcceptsTheText_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"dash", "bash", "busybox"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void everyShellAcceptsTheText()
    {
        QFETCH(QString, name);
        QStringList shell = shellCommand(name);
        if (shell.isEmpty())
            QSKIP("this shell is not installed");
        QProcess check;
        check.start(shell.first(), shell.mid(1) << u"-n"_s);
        check.write(messageFor({Kind::Users}).prelude());
        check.closeWriteChannel();
        QVERIFY(check.waitForFinished(10'000));
        QCOMPARE(check.readAllStandardError(), QByteArray());
        QCOMPARE(check.exitCode(), 0);
    }
};

INFRA_TEST(TestCommandRegistry)
#include "tst_command_registry.moc"
