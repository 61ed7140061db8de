// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/known_hosts.h"

#include "core/ssh/wildcard.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QMessageAuthenticationCode>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kLargestFile = 16 * 1024 * 1024;
constexpr qsizetype kLongestLine = 64 * 1024;

QString fingerprintOf(const QByteArray &blob)
{
    const QByteArray hash = QCryptographicHash::hash(blob, QCryptographicHash::Sha256);
    return u"SHA256:"_s + QString::fromLatin1(hash.toBase64(QByteArray::OmitTrailingEquals));
}

bool hashedNameMatches(const QString &hashed, const QString &name)
{
    const QStringList parts = hashed.split(u'|'); // "", "1", salt, hash
    if (parts.size() != 4 || parts[1] != u"1")
        return false;
    const QByteArray salt = QByteArray::fromBase64(parts[2].toLatin1());
    const QByteArray hash = QByteArray::fromBase64(parts[3].toLatin1());
    return !hash.isEmpty() && QMessageAuthenticationCode::hash(name.toUtf8(), salt, QCryptographicHash::Sha1) == hash;
}

bool nameMatches(const KnownHosts::Entry &entry, const QString &name)
{
    if (entry.names.startsWith(u'|'))
        return hashedNameMatches(entry.names, name);
    return matchesPatternList(name, entry.names) == ListMatch::Yes;
}

/// The wire form begins with the type's name; a line that claims another is not a key.
bool blobIsOfType(const QByteArray &blob, const QString &type)
{
    const QByteArray name = type.toLatin1();
    return blob.size() > name.size() + 4 && blob[0] == 0 && blob[1] == 0 && blob[2] == 0 &&
           static_cast<unsigned char>(blob[3]) == static_cast<unsigned char>(name.size()) &&
           blob.mid(4, name.size()) == name;
}

std::optional<KnownHosts::Entry> entryOf(const QByteArray &line)
{
    QList<QByteArray> words = line.simplified().split(' ');
    KnownHosts::Entry entry;
    if (words.first().startsWith('@')) {
        if (words.first() != "@revoked")
            return std::nullopt;
        entry.revoked = true;
        words.removeFirst();
    }
    if (words.size() < 3)
        return std::nullopt;
    entry.names = QString::fromUtf8(words[0]);
    if (!entry.names.startsWith(u'|'))
        entry.names = entry.names.toLower();
    entry.type = QString::fromLatin1(words[1]);
    const auto decoded = QByteArray::fromBase64Encoding(words[2], QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || !blobIsOfType(*decoded, entry.type))
        return std::nullopt;
    entry.blob = *decoded;
    return entry;
}

QString bareHost(const QString &name)
{
    if (!name.startsWith(u'['))
        return name;
    const qsizetype end = name.indexOf(u"]:");
    return end < 0 ? name : name.mid(1, end - 1);
}

QStringList algorithmsOfType(const QString &type)
{
    if (type == u"ssh-rsa")
        return {u"rsa-sha2-512"_s, u"rsa-sha2-256"_s};
    return {type};
}

} // namespace

QString PresentedKey::fingerprint() const
{
    return fingerprintOf(blob);
}

QString knownHostsName(const QString &host, quint16 port)
{
    const QString lower = host.toLower();
    return port == 22 ? lower : QString(u"["_s + lower + u"]:"_s + QString::number(port));
}

KnownHosts KnownHosts::parse(const QByteArray &text)
{
    KnownHosts file;
    for (QByteArray line : text.split('\n')) {
        line = line.trimmed();
        if (line.isEmpty() || line.startsWith('#') || line.size() > kLongestLine)
            continue;
        if (auto entry = entryOf(line))
            file.m_entries.append(*std::move(entry));
    }
    return file;
}

Result<KnownHosts> KnownHosts::read(const QString &path)
{
    QFile file(path);
    if (path.isEmpty() || !file.exists())
        return KnownHosts();
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestFile)
        return fail(ErrorCode::FileUnreadable, u"cannot read the file of known hosts %1"_s.arg(path));
    return parse(file.readAll());
}

QList<KnownHosts::Entry> KnownHosts::matching(const QString &name) const
{
    QList<Entry> found;
    for (const Entry &entry : m_entries) {
        if (!entry.revoked && nameMatches(entry, name))
            found.append(entry);
    }
    return found;
}

bool KnownHosts::isRevoked(const QString &name, const QByteArray &blob) const
{
    for (const Entry &entry : m_entries) {
        if (entry.revoked && entry.blob == blob && (nameMatches(entry, name) || nameMatches(entry, bareHost(name))))
            return true;
    }
    return false;
}

QList<KnownHosts::Entry> KnownHosts::withFingerprint(const QString &fingerprint) const
{
    QList<Entry> found;
    for (const Entry &entry : m_entries) {
        if (!entry.revoked && fingerprintOf(entry.blob) == fingerprint)
            found.append(entry);
    }
    return found;
}

TrustVerdict judgeHostKey(const QList<KnownHosts> &files, const QString &name, const QString &accepted,
                          const PresentedKey &key)
{
    TrustVerdict verdict;
    for (const KnownHosts &file : files) {
        if (file.isRevoked(name, key.blob)) {
            verdict.trust = Trust::Revoked;
            return verdict;
        }
    }
    if (!accepted.isEmpty()) {
        verdict.trust = accepted == key.fingerprint() ? Trust::Known : Trust::Changed;
        if (verdict.trust == Trust::Changed)
            verdict.expected = {accepted};
        return verdict;
    }
    for (const KnownHosts &file : files) {
        for (const KnownHosts::Entry &entry : file.matching(name)) {
            if (entry.type == key.type && entry.blob == key.blob) {
                verdict.trust = Trust::Known;
                verdict.expected.clear();
                return verdict;
            }
            verdict.expected.append(fingerprintOf(entry.blob));
        }
    }
    verdict.trust = verdict.expected.isEmpty() ? Trust::Unknown : Trust::Changed;
    return verdict;
}

QString preferredHostKeyAlgorithms(const QList<KnownHosts> &files, const QString &name, const QString &accepted)
{
    static const QStringList order{u"ssh-ed25519"_s,         u"ecdsa-sha2-nistp256"_s, u"ecdsa-sha2-nistp384"_s,
                                   u"ecdsa-sha2-nistp521"_s, u"rsa-sha2-512"_s,        u"rsa-sha2-256"_s};
    QStringList wanted;
    for (const KnownHosts &file : files) {
        const auto known = accepted.isEmpty() ? file.matching(name) : file.withFingerprint(accepted);
        for (const KnownHosts::Entry &entry : known)
            wanted += algorithmsOfType(entry.type);
    }
    QStringList result;
    for (const QString &algorithm : wanted + order) {
        if (order.contains(algorithm) && !result.contains(algorithm))
            result.append(algorithm);
    }
    return result.join(u',');
}

} // namespace infra::ssh
