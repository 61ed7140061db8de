// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/device.h"

#include <algorithm>

namespace infra {

namespace {

bool hasControl(const QString &text, bool linesAllowed = false)
{
    return std::any_of(text.begin(), text.end(), [linesAllowed](QChar c) {
        if (linesAllowed && (c == u'\n' || c == u'\t'))
            return false;
        // Category Cf holds the bidi overrides, which make a name look like another one.
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
               c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
    });
}

bool hasSpace(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

/// Letters of any script (names are turned to Punycode by the resolver), and what IPv6 addresses with a zone need.
bool isHostText(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c.isSurrogate() || c.isMark() || c == u'-' || c == u'_' || c == u'.' ||
               c == u':' || c == u'%';
    });
}

Result<void> checkHost(const QString &field, const QString &host)
{
    if (host.startsWith(u'-') || host.size() > 253 || !isHostText(host))
        return invalid(
            field, host,
            QStringLiteral("a host name or IP address: at most 253 letters, digits, '.', '-', '_' and ':', not "
                           "beginning with '-'"));
    return {};
}

Result<void> checkUser(const Device &device)
{
    const QString &user = device.user;
    if (user.isEmpty() && !device.isLocal() && device.sshAlias.isEmpty())
        return invalid(QStringLiteral("user"), user, QStringLiteral("must be given"));
    if (user.startsWith(u'-') || user.contains(u'@') || user.size() > 64 || hasControl(user) || hasSpace(user))
        return invalid(
            QStringLiteral("user"), user,
            QStringLiteral("at most 64 characters without '@', blanks and control characters, not beginning with '-'"));
    return {};
}

Result<void> checkLabels(const Device &device)
{
    if (device.tags.size() > 32)
        return invalid(QStringLiteral("tags"), QString::number(device.tags.size()), QStringLiteral("at most 32 tags"));
    for (const QString &tag : device.tags) {
        if (tag.isEmpty() || tag.size() > 32 || hasControl(tag) || tag.contains(u',') || tag.trimmed() != tag)
            return invalid(QStringLiteral("tags"), tag,
                           QStringLiteral("each 1 to 32 characters without commas and control characters"));
        if (device.tags.count(tag) > 1)
            return invalid(QStringLiteral("tags"), tag, QStringLiteral("each tag once"));
    }
    if (device.group.size() > 64 || hasControl(device.group))
        return invalid(QStringLiteral("group"), device.group,
                       QStringLiteral("at most 64 characters without control characters"));
    if (device.notes.size() > 10'000 || hasControl(device.notes, true))
        return invalid(QStringLiteral("notes"), device.notes,
                       QStringLiteral("at most 10000 characters without control characters"));
    return {};
}

bool isFingerprint(const QString &text)
{
    // Base64 of 32 bytes without padding, as OpenSSH shows it.
    return text.size() == 50 && text.startsWith(u"SHA256:") && std::all_of(text.begin() + 7, text.end(), [](QChar c) {
               return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'+' || c == u'/';
           });
}

Result<void> checkAuth(const Device &device)
{
    for (const AuthMethod method : device.auth) {
        if (device.auth.count(method) > 1)
            return invalid(QStringLiteral("auth"), toName(method), QStringLiteral("each way to log in once"));
    }
    if (device.keyFile.size() > 4096 || hasControl(device.keyFile))
        return invalid(QStringLiteral("key_file"), device.keyFile, QStringLiteral("a path without control characters"));
    if (device.auth.contains(AuthMethod::KeyFile) && device.keyFile.isEmpty() && device.sshAlias.isEmpty())
        return invalid(QStringLiteral("key_file"), QString(),
                       QStringLiteral("must be given to log in with a key file"));
    if (!device.hostKey.isEmpty() && !isFingerprint(device.hostKey))
        return invalid(QStringLiteral("host_key"), device.hostKey,
                       QStringLiteral("\"SHA256:\" and 43 characters of base 64"));
    return {};
}

Result<void> checkAddress(const Device &device)
{
    if (device.address.isEmpty() && !device.isLocal() && device.sshAlias.isEmpty())
        return invalid(QStringLiteral("address"), device.address, QStringLiteral("must be given"));
    if (auto checked = checkHost(QStringLiteral("address"), device.address); !checked)
        return checked;
    if (device.sshAlias.startsWith(u'-') || device.sshAlias.size() > 253 || hasControl(device.sshAlias) ||
        hasSpace(device.sshAlias))
        return invalid(
            QStringLiteral("ssh_alias"), device.sshAlias,
            QStringLiteral("at most 253 characters without blanks and control characters, not beginning with '-'"));
    if (device.port == 0 && !device.isLocal())
        return invalid(QStringLiteral("port"), QStringLiteral("0"), QStringLiteral("a whole number from 1 to 65535"));
    return {};
}

} // namespace

Result<void> checkDevice(const Device &device)
{
    if (!device.id.isNull() && (!device.id.toString().startsWith(u"d_") || device.id.toString().size() > 64 ||
                                !isHostText(device.id.toString())))
        return invalid(QStringLiteral("id"), device.id.toString(), QStringLiteral("begins with \"d_\""));
    if (device.name.isEmpty() || device.name.size() > 64 || hasControl(device.name) ||
        device.name.trimmed() != device.name)
        return invalid(QStringLiteral("name"), device.name,
                       QStringLiteral("1 to 64 characters without control characters, no blank at either end"));
    if (auto checked = checkAddress(device); !checked)
        return checked;
    if (auto checked = checkUser(device); !checked)
        return checked;
    if (auto checked = checkAuth(device); !checked)
        return checked;
    if (device.jump && (*device.jump == device.id || *device.jump == localDeviceId()))
        return invalid(QStringLiteral("jump"), device.jump->toString(),
                       QStringLiteral("another device than this one and this computer"));
    if (auto checked = checkLabels(device); !checked)
        return checked;
    if (device.intervalS < 10 || device.intervalS > 86'400)
        return invalid(QStringLiteral("interval_s"), QString::number(device.intervalS),
                       QStringLiteral("a whole number from 10 to 86400"));
    return {};
}

} // namespace infra
