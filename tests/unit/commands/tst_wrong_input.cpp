// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/unit/commands/command_support.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::commands;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// Every recording of any kind in the place of every part of every section: no crash, an answer for each kind.
class TestWrongInput final : public QObject
{
    Q_OBJECT
private slots:
    void everyParserSurvivesEveryRecording()
    {
        if (capturesDir().isEmpty())
            QSKIP("no recordings here");
        const QByteArray nonce = "00112233445566778899aabbccddeeff", mark = "\n@@" + nonce + ' ';
        const QList<QByteArray> parts{
            "files",          "mounts",    "space",  "inodes", "sensors",  "stat", "ps",  "units", "show", "docker.ps",
            "docker.inspect", "podman.ps", "cgroup", "who",    "sessions", "ss",   "net", "apt",   "held"};
        const QList<Kind> kinds = implementedKinds();
        const CommandRegistry registry;
        int files = 0;
        QDirIterator it(capturesDir(), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.read(20'000);
            QByteArray body = text;
            for (const QByteArray &part : parts)
                body += mark + '=' + part + '\n' + text + mark + '!' + part + " 0\n";
            QList<std::pair<QByteArray, QByteArray>> sections;
            for (const Kind kind : kinds)
                sections.append({toName(kind).toLatin1(), body});
            const Result<ParsedCycle> cycle = registry.parse(framed(nonce, sections), nonce, kinds, true);
            QVERIFY(cycle.has_value());
            QCOMPARE(cycle->sections.size(), kinds.size());
            for (const Section &section : cycle->sections)
                QVERIFY(section.status != SectionStatus::Error || section.error.has_value());
            ++files;
        }
        QVERIFY(files > 100);
    }

    void bytesThatAreNoTextAndLinesOfAnotherSystem()
    {
        const QByteArray nonce = "00112233445566778899aabbccddeeff";
        const QByteArray mark = "\n@@" + nonce + ' ';
        const QByteArray mounts = mark + "=mounts\nlocal /dev/sda1 /srv/\xff\xfe\x80 ext4 rw\r\n";
        const QByteArray space =
            mark +
            "=space\ndf: /mnt/x: Permission denied\nFilesystem 1024-blocks Used Available Capacity Mounted on\r\n"
            "/dev/sda1 100 40 60 40% /srv/\xff\xfe\x80\r\n";
        const auto cycle = CommandRegistry().parse(framed(nonce, {{"filesystems", mounts + space}}), nonce,
                                                   {Kind::Filesystems}, false);
        QVERIFY(cycle.has_value());
        const auto *list = dataOf<QList<Filesystem>>(cycle->sections.first());
        QVERIFY(list && list->size() == 1);
        QCOMPARE(*list->first().usedBytes, qint64(40960));
        QVERIFY(list->first().mount.startsWith(u"/srv/"));
    }
};

INFRA_TEST(TestWrongInput)
#include "tst_wrong_input.moc"
