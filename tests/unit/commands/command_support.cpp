// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/commands/command_support.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

#include <algorithm>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

QByteArray runShell(const QStringList &command, const commands::ReadMessage &message)
{
    QProcess shell;
    shell.setProcessChannelMode(QProcess::SeparateChannels);
    shell.start(command.first(), command.mid(1));
    shell.write(message.prelude());
    shell.write(message.bytes());
    shell.closeWriteChannel();
    if (!shell.waitForFinished(60'000)) {
        shell.kill();
        shell.waitForFinished(5'000);
        return {};
    }
    return shell.readAllStandardOutput();
}

commands::ReadMessage messageFor(const QList<Kind> &kinds, bool detect, SudoMode sudo)
{
    SeededRandom random(4711);
    commands::HostFacts facts;
    facts.sudo = sudo;
    return commands::CommandRegistry().buildMessage(kinds, facts, detect, random);
}

QStringList shellCommand(const QString &name)
{
    const auto found = [](const QString &program) { return QStandardPaths::findExecutable(program); };
    if (name == u"busybox")
        return found(name).isEmpty() ? QStringList() : QStringList{found(name), u"sh"_s};
    if (name != u"busybox only")
        return found(name).isEmpty() ? QStringList() : QStringList{found(name)};
    const QString bwrap = found(u"bwrap"_s), busybox = found(u"busybox"_s);
    if (bwrap.isEmpty() || busybox.isEmpty())
        return {};
    // Nothing but one static program and the kernel's own files: every command is an applet, found by its name in /bin.
    QStringList command{bwrap,     u"--tmpfs"_s,      u"/"_s,         u"--dir"_s, u"/bin"_s,       u"--ro-bind"_s,
                        busybox,   u"/bin/busybox"_s, u"--ro-bind"_s, u"/proc"_s, u"/proc"_s,      u"--ro-bind"_s,
                        u"/sys"_s, u"/sys"_s,         u"--dev"_s,     u"/dev"_s,  u"--clearenv"_s, u"--setenv"_s,
                        u"PATH"_s, u"/bin"_s};
    for (const QString &applet : {u"sh"_s, u"cat"_s, u"grep"_s, u"head"_s, u"tail"_s, u"df"_s, u"ps"_s, u"cut"_s,
                                  u"date"_s, u"id"_s, u"uname"_s, u"who"_s, u"timeout"_s, u"true"_s, u"stat"_s})
        command << u"--symlink"_s << u"busybox"_s << u"/bin/"_s + applet;
    return command << u"--remount-ro"_s << u"/"_s << u"/bin/sh"_s;
}

QList<Kind> implementedKinds()
{
    QList<Kind> kinds;
    const commands::CommandRegistry registry;
    for (const commands::CommandSpec &spec : registry.all())
        if (spec.implemented)
            kinds.append(spec.kind);
    return kinds;
}

QList<Kind> fastKinds()
{
    QList<Kind> kinds = implementedKinds();
    kinds.removeIf([](Kind kind) { return isSlow(kind); });
    return kinds;
}

QString capturesDir()
{
    const QString set = qEnvironmentVariable("INFRA_CAPTURES");
    const QString path = set.isEmpty() ? QStringLiteral(INFRA_SOURCE_DIR "/../shared/captures") : set;
    return QFileInfo(path).isDir() ? QDir(path).absolutePath() : QString();
}

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QByteArray captureFile(const QString &relative)
{
    const QString dir = capturesDir();
    return dir.isEmpty() ? QByteArray() : contents(dir + u'/' + relative);
}

QByteArray fixture(const QString &name)
{
    return contents(QStringLiteral(INFRA_SOURCE_DIR "/tests/data/commands/") + name);
}

commands::SectionText sectionOf(const QList<std::pair<QByteArray, QByteArray>> &parts, bool whole,
                                const QList<std::pair<QByteArray, int>> &rcs)
{
    commands::SectionText section;
    section.whole = whole;
    for (const auto &[name, text] : parts)
        section.parts.append({name, text, std::nullopt});
    for (const auto &[name, rc] : rcs)
        for (commands::SectionPart &part : section.parts)
            if (part.name == name)
                part.rc = rc;
    return section;
}

QByteArray asPathLines(const QByteArray &path, const QByteArray &text)
{
    QByteArray result;
    QList<QByteArray> lines = text.split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    for (const QByteArray &line : lines)
        result += path + ':' + line + '\n';
    return result;
}

QByteArray framed(const QByteArray &nonce, const QList<std::pair<QByteArray, QByteArray>> &sections)
{
    QByteArray text;
    for (const auto &[name, body] : sections)
        text += "\n@@" + nonce + ' ' + name + '\n' + body + "\n@@" + nonce + " ." + name + '\n';
    return text + "\n@@" + nonce + " end 0\n";
}

const Section *sectionFor(const commands::ParsedCycle &cycle, Kind kind)
{
    const auto found = std::find_if(cycle.sections.cbegin(), cycle.sections.cend(),
                                    [kind](const Section &section) { return section.kind == kind; });
    return found == cycle.sections.cend() ? nullptr : &*found;
}

} // namespace infra::test
