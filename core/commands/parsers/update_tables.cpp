// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/updates_parser.h"

#include <QtCore/QSet>

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype maxPackages = 5000;

bool isPackageName(QByteArrayView name)
{
    return !name.isEmpty() && name.size() <= 128 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' ||
               c == '.' || c == '_' || c == ':';
    });
}

bool startsWithDigit(QByteArrayView text)
{
    return !text.isEmpty() && text.front() >= '0' && text.front() <= '9';
}

PendingUpdate update(QByteArrayView package, QByteArrayView from, QByteArrayView to, bool security = false)
{
    return {shownText(package, 128), shownText(from, 128), shownText(to, 128), security};
}

/// Each package once, the first row counts.
class UpdateList
{
public:
    void add(const PendingUpdate &entry)
    {
        if (m_list.size() >= maxPackages || m_seen.contains(entry.package))
            return;
        m_seen.insert(entry.package);
        m_list.append(entry);
    }
    QList<PendingUpdate> take() { return std::move(m_list); }

private:
    QList<PendingUpdate> m_list;
    QSet<QString> m_seen;
};

} // namespace

QList<PendingUpdate> parseAptSimulation(const QList<QByteArray> &lines)
{
    UpdateList list;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() < 3 || fields.first() != "Inst" || !isPackageName(fields.at(1)))
            continue;
        // Inst NAME [OLD] (NEW ORIGIN, ORIGIN [ARCH]) — a new package has no [OLD].
        QByteArrayView old;
        qsizetype at = 2;
        if (fields.at(2).startsWith('[') && fields.at(2).endsWith(']')) {
            old = fields.at(2).sliced(1).chopped(1);
            at = 3;
        }
        const QByteArrayView fresh = fields.value(at);
        if (!fresh.startsWith('(') || fresh.size() < 2)
            continue;
        const qsizetype open = line.indexOf('('), close = line.lastIndexOf(')');
        const QByteArray origin = close > open ? line.mid(open, close - open).toLower() : QByteArray();
        list.add(update(fields.at(1), old, fresh.sliced(1), origin.contains("-security")));
    }
    return list.take();
}

QList<PendingUpdate> parseAptList(const QList<QByteArray> &lines)
{
    UpdateList list;
    for (const QByteArray &line : lines) {
        // bash/oldstable,oldstable-security 5.2.15-2+b10 amd64 [upgradable from: 5.2.15-2+b7]
        const QList<QByteArrayView> fields = words(line);
        const qsizetype slash = fields.isEmpty() ? -1 : fields.first().indexOf('/');
        if (fields.size() != 6 || slash < 1 || fields.at(3) != "[upgradable" || !fields.at(5).endsWith(']'))
            continue;
        list.add(update(fields.first().first(slash), fields.at(5).chopped(1), fields.at(1),
                        fields.first().sliced(slash).contains("-security")));
    }
    return list.take();
}

QList<PendingUpdate> parseDnf(const QList<QByteArray> &lines)
{
    static const QSet<QByteArray> architectures{"x86_64",  "noarch",    "i686",    "i386",  "i586",
                                                "aarch64", "armv7hl",   "ppc64le", "s390x", "riscv64",
                                                "src",     "x86_64_v2", "ppc64",   "armv8l"};
    UpdateList list;
    QByteArray pending;
    for (const QByteArray &line : lines) {
        if (line.startsWith("Obsoleting"))
            break;
        QList<QByteArrayView> fields = words(line);
        if (pending.size() > 0 && line.startsWith(' ') && fields.size() == 2)
            fields.prepend(pending);
        const QByteArrayView name = fields.value(0);
        const qsizetype dot = name.lastIndexOf('.');
        const bool known = dot > 0 && architectures.contains(name.sliced(dot + 1).toByteArray()) && isPackageName(name);
        if (known && fields.size() == 3 && startsWithDigit(fields.at(1)))
            list.add(update(name.first(dot), {}, fields.at(1)));
        pending = known && fields.size() == 1 ? line : QByteArray();
    }
    return list.take();
}

QStringList parseDnfSecurity(const QList<QByteArray> &lines)
{
    QStringList names;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() < 3 || !fields.at(1).contains("Sec"))
            continue;
        // The package stands third: NAME-VERSION-RELEASE.ARCH.
        QByteArrayView package = fields.at(2);
        for (int i = 0; i < 2; ++i)
            if (const qsizetype dash = package.lastIndexOf('-'); dash > 0)
                package = package.first(dash);
        if (isPackageName(package) && names.size() < maxPackages)
            names.append(shownText(package, 128));
    }
    names.removeDuplicates();
    return names;
}

QList<PendingUpdate> parseApk(const QList<QByteArray> &lines)
{
    UpdateList list;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() < 3 || fields.at(1) != "<")
            continue;
        // NAME-VERSION-rN: the name ends at the second dash from the right.
        const qsizetype release = fields.first().lastIndexOf('-');
        const qsizetype version = release < 1 ? -1 : fields.first().first(release).lastIndexOf('-');
        if (version > 0 && isPackageName(fields.first()))
            list.add(update(fields.first().first(version), fields.first().sliced(version + 1), fields.at(2)));
    }
    return list.take();
}

QList<PendingUpdate> parsePacman(const QList<QByteArray> &lines)
{
    UpdateList list;
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() >= 4 && fields.at(2) == "->" && isPackageName(fields.first()))
            list.add(update(fields.first(), fields.at(1), fields.at(3)));
    }
    return list.take();
}

QList<PendingUpdate> parseZypper(const QList<QByteArray> &lines)
{
    UpdateList list;
    for (const QByteArray &line : lines) {
        const QList<QByteArray> fields = line.split('|');
        if (fields.size() < 5 || fields.first().trimmed() != "v")
            continue;
        const QByteArray name = fields.at(2).trimmed();
        if (isPackageName(name))
            list.add(update(name, fields.at(3).trimmed(), fields.at(4).trimmed()));
    }
    return list.take();
}

} // namespace infra::commands
