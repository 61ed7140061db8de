// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/read_secret.h"

#include <array>
#include <cerrno>
#include <unistd.h>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

Result<SecretBytes> readSecret(int descriptor)
{
    constexpr std::size_t kMost = 4096;
    SecretBytes buffer = SecretBytes::ofSize(kMost);
    std::size_t size = 0;
    bool ended = false;
    while (!ended && size < kMost) {
        const ssize_t count = read(descriptor, buffer.data() + size, kMost - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return invalid(u"descriptor"_s, QString::number(descriptor), u"must be open for reading"_s);
        ended = count == 0;
        for (ssize_t i = 0; i < count && !ended; ++i) {
            if (buffer.data()[size] == '\n')
                ended = true;
            else
                ++size;
        }
    }
    if (descriptor > 2)
        close(descriptor);
    if (size == 0)
        return invalid(u"descriptor"_s, QString::number(descriptor), u"must give at least one character"_s);
    return SecretBytes(QByteArrayView(buffer.data(), static_cast<qsizetype>(size)));
}

} // namespace infra::app
