// SPDX-License-Identifier: GPL-3.0-or-later
// labels: shell
// timeout: 240
#include "tests/support/test_registry.h"
#include "tests/unit/commands/command_support.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStorageInfo>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::commands;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray kernelFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The bytes of a line "Key:  N kB" of /proc/meminfo, read by the test itself.
double meminfo(const QByteArray &key)
{
    const QList<QByteArray> lines = kernelFile(u"/proc/meminfo"_s).split('\n');
    for (const QByteArray &line : lines)
        if (line.startsWith(QByteArray(key + ':')))
            return line.mid(key.size() + 1).simplified().split(' ').first().toDouble() * 1024;
    return -1;
}

} // namespace

/// The real script on this machine, in every shell it must run in, against what the test reads from /proc itself.
class TestRealShells final : public QObject
{
    Q_OBJECT
private:
    static void addShells()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"dash", "bash", "busybox", "busybox only"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

private slots:
    void everyFastKindComesInOneMessage_data() { addShells(); }
    void everyFastKindComesInOneMessage()
    {
        QFETCH(QString, name);
        const QStringList shell = shellCommand(name);
        if (shell.isEmpty())
            QSKIP("this shell is not installed");
        const ReadMessage message = messageFor(fastKinds(), true);
        const QByteArray output = runShell(shell, message);
        const Result<ParsedCycle> cycle = CommandRegistry().parse(output, message.nonce(), message.kinds(), true);
        QVERIFY2(cycle.has_value(), output.left(2000).constData());
        for (const Section &section : cycle->sections) {
            const QByteArray what = (toName(section.kind) + u": " + section.warnings.join(u"; ") +
                                     (section.error ? QString(u": "_s + section.error->message) : QString()))
                                        .toUtf8();
            QVERIFY2(section.status == SectionStatus::Ok || section.status == SectionStatus::Skipped ||
                         section.kind == Kind::Containers,
                     what.constData());
        }
        QVERIFY(cycle->detected.has_value());
        QVERIFY(cycle->detected->type != DeviceType::Unknown);
        QCOMPARE(cycle->detected->capabilities.contains(u"busybox"), name == u"busybox only");
        QVERIFY(cycle->hostCpuMs.has_value());
        QVERIFY(*cycle->hostCpuMs >= 0 && *cycle->hostCpuMs < 20'000);
    }

    void numbersAreTheKernelsOwn_data() { addShells(); }
    void numbersAreTheKernelsOwn()
    {
        QFETCH(QString, name);
        const QStringList shell = shellCommand(name);
        if (shell.isEmpty())
            QSKIP("this shell is not installed");
        const QList<Kind> kinds{Kind::SystemMetrics, Kind::Filesystems, Kind::Interfaces, Kind::Processes};
        const ReadMessage message = messageFor(kinds);
        const double before = kernelFile(u"/proc/uptime"_s).split(' ').first().toDouble();
        const Result<ParsedCycle> cycle =
            CommandRegistry().parse(runShell(shell, message), message.nonce(), kinds, false);
        QVERIFY(cycle.has_value());
        const double after = kernelFile(u"/proc/uptime"_s).split(' ').first().toDouble();

        const auto *system = dataOf<RawSystem>(cycle->sections.at(0));
        QVERIFY(system);
        QVERIFY(*system->uptimeS >= before - 0.02 && *system->uptimeS <= after + 0.02);
        QVERIFY(qAbs(*system->hostEpochS - static_cast<double>(QDateTime::currentSecsSinceEpoch())) < 30);
        QCOMPARE(static_cast<double>(*system->memTotalBytes), meminfo("MemTotal"));
        QVERIFY(qAbs(static_cast<double>(*system->memAvailableBytes) - meminfo("MemAvailable")) <
                meminfo("MemTotal") / 5);
        const QList<QByteArray> stat = kernelFile(u"/proc/stat"_s).split('\n');
        const QList<QByteArray> total = stat.first().simplified().split(' ');
        QVERIFY(system->cpuTotal->user <= total.at(1).toULongLong() && system->cpuTotal->user > 0);
        QVERIFY(system->cpuTotal->idle <= total.at(4).toULongLong());
        const auto cores = std::count_if(stat.cbegin(), stat.cend(), [](const QByteArray &line) {
            return line.startsWith("cpu") && line.size() > 3 && line.at(3) != ' ';
        });
        QCOMPARE(static_cast<qsizetype>(*system->cpuThreads), static_cast<qsizetype>(cores));
        QCOMPARE(system->kernel.toUtf8(), kernelFile(u"/proc/sys/kernel/osrelease"_s).trimmed());
        QVERIFY(std::any_of(system->nets.cbegin(), system->nets.cend(),
                            [](const NetCounters &n) { return n.interface == u"lo"; }));

        const auto *mounts = dataOf<QList<Filesystem>>(cycle->sections.at(1));
        QVERIFY(mounts);
        if (name != u"busybox only") {
            const QStorageInfo root(u"/"_s);
            const auto found =
                std::find_if(mounts->cbegin(), mounts->cend(), [](const Filesystem &f) { return f.mount == u"/"; });
            QVERIFY(found != mounts->cend());
            QCOMPARE(*found->sizeBytes, root.bytesTotal());
            QVERIFY(qAbs(*found->availableBytes - root.bytesAvailable()) < 2'000'000'000);
            QVERIFY(*found->inodesTotal > *found->inodesUsed);
        }
        const auto *nets = dataOf<QList<NetInterface>>(cycle->sections.at(2));
        QVERIFY(nets);
        QCOMPARE(nets->size(), QDir(u"/sys/class/net"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
        const auto *processes = dataOf<QList<Process>>(cycle->sections.at(3));
        QVERIFY(processes);
        const qint64 own = QCoreApplication::applicationPid();
        const auto self =
            std::find_if(processes->cbegin(), processes->cend(), [own](const Process &p) { return p.pid == own; });
        QVERIFY(self != processes->cend());
        const QList<QByteArray> statm = kernelFile(u"/proc/self/statm"_s).split(' ');
        QVERIFY(qAbs(*self->rssBytes - statm.at(1).toLongLong() * 4096) < 20'000'000);
        QVERIFY(self->args.contains(u"tst_"));
        QVERIFY(*self->elapsedS >= 0 && *self->elapsedS < 3600);
    }

    void aSecondMessageGoesThroughTheSameShell()
    {
        const ReadMessage message = messageFor({Kind::SystemMetrics, Kind::Users});
        const QStringList shell = shellCommand(u"dash"_s);
        if (shell.isEmpty())
            QSKIP("dash is not installed");
        // No child may read the shell's own input: the second line would be lost.
        SeededRandom random(99);
        const ReadMessage second = CommandRegistry().buildMessage(message.kinds(), {}, false, random);
        QProcess process;
        process.start(shell.first(), shell.mid(1));
        process.write(message.prelude() + message.bytes() + second.bytes());
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(60'000));
        const QByteArray output = process.readAllStandardOutput();
        QVERIFY(CommandRegistry().parse(output, message.nonce(), message.kinds(), false).has_value());
        const Result<ParsedCycle> answer = CommandRegistry().parse(output, second.nonce(), message.kinds(), false);
        QVERIFY(answer.has_value());
        QCOMPARE(answer->sections.at(0).status, SectionStatus::Ok);
        QVERIFY(output.endsWith(QByteArray("\n@@" + second.nonce() + " end 0\n")));
        QVERIFY(output.startsWith(QByteArray("\n@@" + message.nonce() + ' ')));
    }

    void theNonceIsNeverAnArgumentOfAProcess()
    {
        const QStringList shell = shellCommand(u"dash"_s);
        const ReadMessage message = messageFor({Kind::Processes});
        if (shell.isEmpty())
            QSKIP("dash is not installed");
        const QByteArray output = runShell(shell, message);
        const std::optional<CycleText> cycle = splitCycle(output, message.nonce());
        QVERIFY(cycle.has_value());
        // `ps` lists every argument of every process, its own parents' too.
        QVERIFY(cycle->sections.value("processes").text("ps").contains("ps -e"));
        QVERIFY(!cycle->sections.value("processes").text("ps").contains(message.nonce()));
    }
};

INFRA_TEST(TestRealShells)
#include "tst_real_shells.moc"
