// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/sealed_file.h"

#include <QtCore/QtEndian>

#include <sodium.h>

#include <cstring>
#include <optional>

namespace infra::secrets::sealed {

namespace {

constexpr QByteArrayView sealMagic("INFSEAL1");
constexpr qsizetype saltAt = 24;
constexpr qsizetype checkAt = saltAt + crypto_pwhash_SALTBYTES;
constexpr qsizetype checkSize = 16;
constexpr qsizetype nonceAt = checkAt + checkSize;
constexpr qsizetype headerSize = nonceAt + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype sumSize = 16;
constexpr qsizetype largestFile = 4 * 1024 * 1024;
constexpr std::size_t keySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

static_assert(crypto_pwhash_SALTBYTES == 16 && crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == 24);

const unsigned char *bytesOf(const char *data)
{
    return reinterpret_cast<const unsigned char *>(data);
}

unsigned char *bytesOf(char *data)
{
    return reinterpret_cast<unsigned char *>(data);
}

Unexpected corrupt(const QString &why)
{
    Error error{.code = ErrorCode::SecretsCorrupt,
                .message = QStringLiteral("The sealed file of passwords is damaged")};
    error.cause = why;
    return fail(std::move(error));
}

QByteArray hashOf(QByteArrayView text, const SecretBytes *key)
{
    QByteArray hash(checkSize, Qt::Uninitialized);
    const unsigned char *keyBytes = key != nullptr ? bytesOf(key->view().data()) : nullptr;
    crypto_generichash(bytesOf(hash.data()), static_cast<std::size_t>(hash.size()), bytesOf(text.data()),
                       static_cast<unsigned long long>(text.size()), keyBytes, key != nullptr ? key->size() : 0);
    return hash;
}

/// The same for the same key and salt, and tells nothing about the key.
QByteArray keyCheck(QByteArrayView parameters, const SecretBytes &key)
{
    return hashOf(parameters, &key);
}

void putU32(char *&out, quint32 value)
{
    qToLittleEndian(value, out);
    out += sizeof value;
}

/// The map as one run of bytes in locked memory: count, then length and bytes of each name and value.
SecretBytes packed(const SecretMap &secrets)
{
    std::size_t size = 4;
    for (const auto &[name, value] : secrets)
        size += 8 + static_cast<std::size_t>(name.toUtf8().size()) + value.size();
    SecretBytes result = SecretBytes::ofSize(size);
    char *out = result.data();
    putU32(out, static_cast<quint32>(secrets.size()));
    for (const auto &[name, value] : secrets) {
        const QByteArray utf8 = name.toUtf8();
        putU32(out, static_cast<quint32>(utf8.size()));
        std::memcpy(out, utf8.constData(), static_cast<std::size_t>(utf8.size()));
        out += utf8.size();
        putU32(out, static_cast<quint32>(value.size()));
        if (!value.isEmpty())
            std::memcpy(out, value.view().data(), value.size());
        out += value.size();
    }
    return result;
}

/// Reads what `packed` wrote, never beyond the end.
class Unpacker
{
public:
    explicit Unpacker(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }
    std::optional<quint32> number()
    {
        if (m_rest.size() < 4)
            return std::nullopt;
        const auto value = qFromLittleEndian<quint32>(m_rest.data());
        m_rest = m_rest.sliced(4);
        return value;
    }
    std::optional<QByteArrayView> run()
    {
        const std::optional<quint32> size = number();
        if (!size || m_rest.size() < static_cast<qsizetype>(*size))
            return std::nullopt;
        const QByteArrayView taken = m_rest.first(static_cast<qsizetype>(*size));
        m_rest = m_rest.sliced(taken.size());
        return taken;
    }
    bool atEnd() const { return m_rest.isEmpty(); }

private:
    QByteArrayView m_rest;
};

std::optional<SecretMap> unpacked(QByteArrayView bytes)
{
    Unpacker in(bytes);
    const std::optional<quint32> count = in.number();
    if (!count)
        return std::nullopt;
    SecretMap secrets;
    for (quint32 i = 0; i < *count; ++i) {
        const auto name = in.run();
        const auto value = in.run();
        if (!name || !value)
            return std::nullopt;
        secrets.insert_or_assign(QString::fromUtf8(*name), SecretBytes(*value));
    }
    return in.atEnd() ? std::optional(std::move(secrets)) : std::nullopt;
}

} // namespace

KdfParameters newParameters()
{
    KdfParameters parameters;
    parameters.salt = QByteArray(crypto_pwhash_SALTBYTES, Qt::Uninitialized);
    if (sodium_init() < 0)
        std::abort(); // no randomness: nothing may be sealed
    randombytes_buf(parameters.salt.data(), static_cast<std::size_t>(parameters.salt.size()));
    return parameters;
}

Result<SecretBytes> deriveKey(const SecretBytes &passphrase, const KdfParameters &parameters)
{
    SecretBytes key = SecretBytes::ofSize(keySize);
    const int made = crypto_pwhash(bytesOf(key.data()), key.size(), passphrase.cString(), passphrase.size(),
                                   bytesOf(parameters.salt.constData()), parameters.operations,
                                   static_cast<std::size_t>(parameters.memoryBytes), crypto_pwhash_ALG_ARGON2ID13);
    if (made != 0) {
        Error error{.code = ErrorCode::SecretsUnavailable,
                    .message = QStringLiteral("The key of the sealed file cannot be made")};
        error.cause = QStringLiteral("There is not enough memory (%1 MiB are needed).")
                          .arg(parameters.memoryBytes / (1024 * 1024));
        return fail(std::move(error));
    }
    return key;
}

Result<KdfParameters> readParameters(const QByteArray &file)
{
    if (file.size() > largestFile)
        return corrupt(QStringLiteral("It is larger than any that this program writes."));
    if (file.size() < headerSize + tagSize + sumSize || !file.startsWith(sealMagic))
        return corrupt(QStringLiteral("It is cut off or no sealed file at all."));
    const QByteArrayView body = QByteArrayView(file).chopped(sumSize);
    if (hashOf(body, nullptr) != QByteArrayView(file).last(sumSize))
        return corrupt(QStringLiteral("Its bytes are not those that were written."));
    KdfParameters parameters;
    parameters.operations = qFromLittleEndian<quint64>(file.constData() + 8);
    parameters.memoryBytes = qFromLittleEndian<quint64>(file.constData() + 16);
    parameters.salt = file.mid(saltAt, crypto_pwhash_SALTBYTES);
    constexpr quint64 mostMemory = 1024ULL * 1024 * 1024;
    if (parameters.operations < 1 || parameters.operations > 16 ||
        parameters.memoryBytes < crypto_pwhash_MEMLIMIT_MIN || parameters.memoryBytes > mostMemory)
        return corrupt(QStringLiteral("The cost of its key is out of bounds."));
    return parameters;
}

Result<SecretMap> open(const QByteArray &file, const SecretBytes &key)
{
    if (const auto parameters = readParameters(file); !parameters)
        return fail(parameters.error());
    const QByteArrayView view(file);
    if (keyCheck(view.first(checkAt), key) != view.sliced(checkAt, checkSize)) {
        Error error{.code = ErrorCode::SecretsLocked,
                    .message = QStringLiteral("The passphrase does not open the sealed file")};
        error.cause = QStringLiteral("It is not the passphrase that the file was sealed with.");
        error.remedy = QStringLiteral("Enter the passphrase again.");
        return fail(std::move(error));
    }
    const QByteArrayView sealedPart = view.sliced(headerSize, view.size() - headerSize - sumSize);
    SecretBytes plain = SecretBytes::ofSize(static_cast<std::size_t>(sealedPart.size() - tagSize));
    unsigned long long plainSize = 0;
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytesOf(plain.data()), &plainSize, nullptr, bytesOf(sealedPart.data()),
        static_cast<unsigned long long>(sealedPart.size()), bytesOf(view.data()),
        static_cast<unsigned long long>(headerSize), bytesOf(view.data() + nonceAt), bytesOf(key.view().data()));
    if (opened != 0)
        return corrupt(QStringLiteral("Its seal is broken: it was edited."));
    std::optional<SecretMap> secrets = unpacked(plain.view().first(static_cast<qsizetype>(plainSize)));
    if (!secrets)
        return corrupt(QStringLiteral("Its contents are not in order."));
    return std::move(*secrets);
}

QByteArray seal(const SecretMap &secrets, const KdfParameters &parameters, const SecretBytes &key)
{
    const SecretBytes plain = packed(secrets);
    QByteArray file(headerSize + static_cast<qsizetype>(plain.size()) + tagSize, Qt::Uninitialized);
    char *out = file.data();
    std::memcpy(out, sealMagic.data(), static_cast<std::size_t>(sealMagic.size()));
    qToLittleEndian(parameters.operations, out + 8);
    qToLittleEndian(parameters.memoryBytes, out + 16);
    std::memcpy(out + saltAt, parameters.salt.constData(), crypto_pwhash_SALTBYTES);
    const QByteArray check = keyCheck(QByteArrayView(file).first(checkAt), key);
    std::memcpy(out + checkAt, check.constData(), static_cast<std::size_t>(check.size()));
    randombytes_buf(out + nonceAt, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    unsigned long long sealedSize = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(out + headerSize), &sealedSize, bytesOf(plain.view().data()),
                                               plain.size(), bytesOf(out), static_cast<unsigned long long>(headerSize),
                                               nullptr, bytesOf(out + nonceAt), bytesOf(key.view().data()));
    file.append(hashOf(file, nullptr));
    return file;
}

} // namespace infra::secrets::sealed
