// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/updates_parser.h"

#include "core/commands/parsers/part_lines.h"

#include <algorithm>

namespace infra::commands {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double staleListsS = 14.0 * 86400;

/// The list of a manager whose command ended well; nothing (pending unknown) else.
template <typename Parse>
void readPending(const SectionText &section, const QByteArray &name, std::initializer_list<int> good, Parse parse,
                 UpdateStatus &status, Warnings &warnings)
{
    const SectionPart *part = section.part(name);
    bool cut = false;
    if (!part || !part->rc || std::find(good.begin(), good.end(), *part->rc) == good.end()) {
        const QList<QByteArray> lines = part ? partLines(*part) : QList<QByteArray>();
        warnings.lost(u"%1 did not answer%2"_s.arg(
            QString::fromLatin1(name), lines.isEmpty() ? QString() : QString(u": "_s + shownText(lines.last(), 160))));
        return;
    }
    status.packages = parse(partLines(*part, &cut));
    if (cut)
        warnings.lost(u"the list of packages was cut off"_s);
    else
        status.pending = static_cast<int>(status.packages.size());
}

void readApt(const SectionText &section, const HostLine &host, UpdateStatus &status, Warnings &warnings)
{
    readPending(section, "apt", {0}, parseAptSimulation, status, warnings);
    if (status.pending)
        status.security = static_cast<int>(std::count_if(status.packages.cbegin(), status.packages.cend(),
                                                         [](const PendingUpdate &p) { return p.security; }));
    bool cut = false;
    if (const SectionPart *held = section.part("held"); held && held->rc == 0) {
        const QList<QByteArray> lines = partLines(*held, &cut);
        if (!cut)
            status.held = static_cast<int>(std::count_if(
                lines.cbegin(), lines.cend(), [](const QByteArray &line) { return !line.trimmed().isEmpty(); }));
    }
    const QList<QByteArray> lists = wholeLines(section.text("lists"));
    const QList<QByteArrayView> changed = lists.isEmpty() ? QList<QByteArrayView>() : words(lists.first());
    const std::optional<double> time = changed.value(0) == "changed" ? toDecimal(changed.value(1)) : std::nullopt;
    if (time && host.epochS && *host.epochS - *time > staleListsS)
        warnings.note(u"the host refreshed its package lists %1 days ago"_s.arg(
            static_cast<qint64>((*host.epochS - *time) / 86400)));
}

void readDnf(const SectionText &section, UpdateStatus &status, Warnings &warnings)
{
    // 100: there are updates.
    readPending(section, "dnf", {0, 100}, parseDnf, status, warnings);
    const SectionPart *part = section.part("security");
    bool cut = false;
    if (!status.pending || !part || part->rc != 0)
        return;
    const QStringList names = parseDnfSecurity(partLines(*part, &cut));
    if (cut)
        return;
    int count = 0;
    for (PendingUpdate &package : status.packages) {
        package.security = names.contains(package.package);
        count += package.security ? 1 : 0;
    }
    status.security = count;
}

} // namespace

Result<Parsed<UpdateStatus>> parseUpdates(const SectionText &section, const HostLine &host)
{
    UpdateStatus status;
    Warnings warnings;
    const QByteArray manager = listedWord(section, "manager");
    if (manager.isEmpty())
        return fail(ErrorCode::BadOutput, u"no package manager was named"_s);
    if (manager == "none")
        return fail(ErrorCode::NotSupported, u"no package manager that is known is here"_s);
    if (listedWord(section, "needs") == "root")
        return fail(ErrorCode::PermissionDenied, u"dnf's package lists are told to root only: allow sudo for them"_s);
    status.manager = shownText(manager, 16);
    const QByteArray reboot = listedWord(section, "reboot");
    if (reboot == "1" || reboot == "0")
        status.rebootRequired = reboot == "1";
    if (manager == "apt")
        readApt(section, host, status, warnings);
    else if (manager == "dnf")
        readDnf(section, status, warnings);
    else if (manager == "apk")
        readPending(section, "apk", {0}, parseApk, status, warnings);
    else if (manager == "pacman")
        readPending(section, "pacman", {0, 1}, parsePacman, status, warnings); // 1: nothing to do
    else if (manager == "zypper")
        readPending(section, "zypper", {0, 100, 101}, parseZypper, status, warnings);
    else
        return fail(ErrorCode::BadOutput, u"unknown package manager: %1"_s.arg(status.manager));
    if (!section.whole)
        warnings.lost(u"the reading was cut off: some packages are missing"_s);
    const bool partial = warnings.partial();
    return Parsed<UpdateStatus>{std::move(status), warnings.take(), partial};
}

} // namespace infra::commands
