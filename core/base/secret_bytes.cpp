// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret_bytes.h"

#include <QtCore/QByteArray>

#include <sodium.h>

#include <cstring>
#include <new>
#include <utility>

namespace infra {

namespace {

char *allocateLocked(std::size_t size)
{
    // sodium_init is idempotent and safe on any thread; without it sodium_malloc has no canary.
    if (sodium_init() < 0)
        throw std::bad_alloc();
    void *memory = sodium_malloc(size + 1);
    if (memory == nullptr)
        throw std::bad_alloc();
    char *bytes = static_cast<char *>(memory);
    bytes[size] = '\0';
    return bytes;
}

} // namespace

SecretBytes::SecretBytes(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    m_size = static_cast<std::size_t>(bytes.size());
    m_data = allocateLocked(m_size);
    std::memcpy(m_data, bytes.data(), m_size);
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    clear();
}

SecretBytes SecretBytes::ofSize(std::size_t size)
{
    SecretBytes result;
    if (size == 0)
        return result;
    result.m_data = allocateLocked(size);
    result.m_size = size;
    return result;
}

SecretBytes SecretBytes::clone() const
{
    return SecretBytes(view());
}

void SecretBytes::clear()
{
    if (m_data != nullptr)
        sodium_free(m_data); // wipes
    m_data = nullptr;
    m_size = 0;
}

void wipe(QByteArray &bytes)
{
    if (!bytes.isEmpty() && bytes.isDetached())
        sodium_memzero(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

} // namespace infra
