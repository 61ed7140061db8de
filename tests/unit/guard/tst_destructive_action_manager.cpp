// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer_service.h"
#include "core/guard/destructive_action_manager.h"
#include "core/guard/read_only_check.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestDestructiveActionManager : public QObject
{
    Q_OBJECT
private slots:
    void every_text_of_the_registry_passes_the_check()
    {
        const commands::CommandRegistry registry;
        for (const commands::CommandSpec &spec : registry.all()) {
            const auto wrong = guard::writingPart(spec.shell);
            QVERIFY2(!wrong, qPrintable(QString(toName(spec.kind) + u": "_s + wrong.value_or(QString()))));
        }
    }

    void texts_that_write_are_found_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"rm -f /tmp/x",
                                 "cat /proc/stat > /tmp/x",
                                 "cat x >>log",
                                 "echo a | tee b",
                                 "sudo -n rm x",
                                 "find / -delete",
                                 "LC_ALL=C timeout 5 dd if=/dev/zero of=x",
                                 "sed -i s/a/b/ f",
                                 "x=$(rm y)",
                                 "echo `rm y`",
                                 "echo \"$(rm y)\"",
                                 "systemctl stop nginx",
                                 "docker rm web",
                                 "zpool clear tank",
                                 "apt-get update",
                                 "apt-get upgrade",
                                 "sysctl -w a=1",
                                 "sort -o f f",
                                 "if true; then kill 1; fi",
                                 "/bin/rm x",
                                 "a && reboot",
                                 "dmesg -C",
                                 "cat a &>b",
                                 "cat a >|b",
                                 "awk '{print > \"f\"}' x",
                                 "date -s 12:00",
                                 "i_t 5 rm x",
                                 "$I_SUDO smartctl -t long /dev/sda",
                                 "printf x 1<>f",
                                 "ip link set eth0 down",
                                 "journalctl --rotate",
                                 "(umount /)",
                                 "true\nmv a b",
                                 "case $x in a) rm y ;; esac",
                                 "case $x in a) true ;; b) mv c d ;; esac",
                                 "case $x in a) true ;; esac; rm y",
                                 "echo x <>f"})
            QTest::newRow(text) << QByteArray(text);
    }
    void texts_that_write_are_found()
    {
        QFETCH(QByteArray, text);
        QVERIFY(guard::writingPart(text).has_value());
    }

    void texts_that_read_pass_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text :
             {"cat /proc/stat 2>/dev/null", "echo x >&2", "df -PTk 2>&1", "command -v docker >/dev/null 2>&1",
              "docker ps -a --format '{{json .}}'", "systemctl list-units --all", "# rm -rf /\necho a",
              "printf 'rm > f'", "sudo -n smartctl -n standby,5 -a -j /dev/sda",
              "apt-get -s -o Debug::NoLocking=1 upgrade", "for f in rm mv; do echo $f; done",
              "while read -r a b; do echo \"$b\"; done < /proc/meminfo", "zpool list -Hp",
              "awk '$1 > 3 {print $2}' /proc/mounts", "exec 3</proc/stat",
              "case $x in rm) echo a ;; mv|dd) echo b ;; esac"})
            QTest::newRow(text) << QByteArray(text);
    }
    void texts_that_read_pass()
    {
        QFETCH(QByteArray, text);
        const auto wrong = guard::writingPart(text);
        QVERIFY2(!wrong, qPrintable(wrong.value_or(QString())));
    }

    void a_reading_is_approved_for_its_device_and_expires()
    {
        const commands::CommandRegistry registry;
        ManualTime time(fromMs(1'780'000'000'000));
        SeededRandom random(1);
        guard::DestructiveActionManager gate(registry, time, random);
        Device device;
        device.id = DeviceId(u"d_1"_s);
        device.hostKey = u"SHA256:abc"_s;
        const commands::ReadMessage message =
            registry.buildMessage({Kind::SystemMetrics, Kind::Users}, {}, true, random);
        auto first = gate.approveReading(device, message);
        auto second = gate.approveReading(device, message);
        QVERIFY2(first, qPrintable(first ? QString() : first.error().message));
        QVERIFY(second);
        const ssh::CommandBinding &binding = first->binding();
        QCOMPARE(binding.device, device.id);
        QCOMPARE(binding.hostKey, device.hostKey);
        QCOMPARE(binding.bytes, message.bytes());
        QCOMPARE(binding.nonce, message.nonce());
        QVERIFY(binding.readOnly);
        QVERIFY(binding.channel == ssh::ChannelKind::KeptShell);
        QCOMPARE(binding.expires - time.monotonic(), milliseconds(300'000));
        QVERIFY(!binding.decision.isEmpty());
        QVERIFY(binding.decision != second->binding().decision);
    }

    void every_kind_that_is_implemented_is_approved()
    {
        const commands::CommandRegistry registry;
        ManualTime time(fromMs(1'780'000'000'000));
        SeededRandom random(1);
        guard::DestructiveActionManager gate(registry, time, random);
        Device device;
        device.id = DeviceId(u"d_1"_s);
        for (const SudoMode sudo : {SudoMode::None, SudoMode::NoPassword}) {
            for (const Kind kind : allKinds()) {
                if (!registry.spec(kind).implemented)
                    continue;
                commands::HostFacts facts;
                facts.type = DeviceType::Ubuntu;
                facts.sudo = sudo;
                auto approved = gate.approveReading(device, registry.buildMessage({kind}, facts, true, random));
                QVERIFY2(approved, qPrintable(QString(toName(kind) + u": "_s +
                                                      (approved ? QString() : approved.error().message))));
            }
        }
    }
};

INFRA_TEST(TestDestructiveActionManager)
#include "tst_destructive_action_manager.moc"
