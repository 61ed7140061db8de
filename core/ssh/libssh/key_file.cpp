// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/libssh/key_file.h"

#include <QtCore/QFile>
#include <QtCore/QtEndian>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kLargestKeyFile = 64 * 1024;

std::optional<QByteArray> takeField(QByteArrayView &from)
{
    if (from.size() < 4)
        return std::nullopt;
    const auto size = qFromBigEndian<quint32>(from.data());
    if (size > static_cast<quint64>(from.size() - 4))
        return std::nullopt;
    const QByteArray text = from.sliced(4, static_cast<qsizetype>(size)).toByteArray();
    from = from.sliced(4 + static_cast<qsizetype>(size));
    return text;
}

/// Header of OpenSSH's own format: PROTOCOL.key.
void readOpensshHeader(const QByteArray &text, KeyFileFacts &facts)
{
    const qsizetype start = text.indexOf('\n', text.indexOf("-----BEGIN OPENSSH PRIVATE KEY-----"));
    const qsizetype end = text.indexOf("-----END", start);
    QByteArray body = QByteArray::fromBase64(text.mid(start, end - start));
    const QByteArray magic("openssh-key-v1\0", 15);
    if (body.startsWith(magic)) {
        QByteArrayView rest = QByteArrayView(body).sliced(magic.size());
        const auto cipher = takeField(rest);
        facts.encrypted = cipher && *cipher != "none";
        takeField(rest); // kdf
        takeField(rest); // its options
        if (rest.size() > 4) {
            rest = rest.sliced(4); // count of keys
            facts.publicBlob = takeField(rest).value_or(QByteArray());
        }
    }
    wipe(body);
}

} // namespace

Result<KeyFileFacts> inspectKeyFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::AuthKeyUnreadable,
                    u"the key file %1 cannot be read: %2"_s.arg(path, file.errorString()));
    QByteArray text = file.read(kLargestKeyFile);
    if (!text.contains("PRIVATE KEY-----"))
        return fail(ErrorCode::AuthKeyUnreadable, u"%1 is not a private key"_s.arg(path));
    KeyFileFacts facts;
    if (text.contains("BEGIN OPENSSH PRIVATE KEY"))
        readOpensshHeader(text, facts);
    else
        facts.encrypted = text.contains("Proc-Type: 4,ENCRYPTED") || text.contains("BEGIN ENCRYPTED PRIVATE KEY");
    wipe(text);
    QFile publicFile(path + u".pub"_s);
    if (facts.publicBlob.isEmpty() && publicFile.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> words = publicFile.read(kLargestKeyFile).simplified().split(' ');
        if (words.size() >= 2)
            facts.publicBlob = QByteArray::fromBase64(words[1]);
    }
    return facts;
}

Result<KeyHandle> openKeyFile(const QString &path, const KeyFileFacts &facts, const SecretBytes *passphrase)
{
    if (facts.encrypted && passphrase == nullptr)
        return fail(ErrorCode::AuthKeyPassphrase, u"the key file %1 needs its passphrase"_s.arg(path));
    ssh_key key = nullptr;
    // Never a null passphrase: OpenSSL would ask on the terminal.
    const char *secret = facts.encrypted && passphrase != nullptr ? passphrase->cString() : "";
    const int rc = ssh_pki_import_privkey_file(QFile::encodeName(path).constData(), secret, nullptr, nullptr, &key);
    if (rc == SSH_OK && key != nullptr)
        return KeyHandle(key);
    if (facts.encrypted)
        return fail(ErrorCode::AuthKeyPassphrase, u"the passphrase does not open the key file %1"_s.arg(path));
    return fail(ErrorCode::AuthKeyUnreadable, u"the key file %1 has a form that is not understood"_s.arg(path));
}

KeyHandle publicKeyOf(const QByteArray &blob)
{
    QByteArrayView rest(blob);
    const auto type = takeField(rest);
    ssh_key key = nullptr;
    if (!type || ssh_pki_import_pubkey_base64(blob.toBase64().constData(), ssh_key_type_from_name(type->constData()),
                                              &key) != SSH_OK)
        return nullptr;
    return KeyHandle(key);
}

} // namespace infra::ssh
