// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArrayView>

#include <cstddef>

namespace infra {

/// A secret in locked memory of libsodium (`sodium_malloc`), wiped when it goes. Move-only; never a QString, never
/// printed. Any one thread at a time.
class SecretBytes
{
public:
    SecretBytes() = default;
    /// Copies the bytes; the caller wipes its own copy.
    explicit SecretBytes(QByteArrayView bytes);
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes();

    /// Uninitialised memory of this size, to be written through `data`.
    static SecretBytes ofSize(std::size_t size);
    SecretBytes clone() const;

    /// Valid while this lives. Not NUL-terminated; see `withCString`.
    QByteArrayView view() const { return {m_data, static_cast<qsizetype>(m_size)}; }
    char *data() { return m_data; }
    std::size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    /// One byte more than `size` is kept and is NUL, for C interfaces.
    const char *cString() const { return m_data != nullptr ? m_data : ""; }
    void clear();

private:
    char *m_data = nullptr;
    std::size_t m_size = 0;
};

/// Overwrites and empties a buffer that held a secret on its way.
void wipe(QByteArray &bytes);

} // namespace infra
