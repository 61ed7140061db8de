// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/profile_lock.h"

#include <QtCore/QFile>
#include <QtCore/QStringList>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *kKindWords[] = {"window", "headless", "command line"};             ///< in the file
constexpr const char *kKindTexts[] = {"window", "headless application", "command line"}; ///< for a person

std::optional<OwnerInfo> parseOwner(const QByteArray &text)
{
    const QList<QByteArray> parts = text.trimmed().split(';');
    if (parts.size() != 2)
        return std::nullopt;
    for (int kind = 0; kind < 3; ++kind) {
        if (parts.first() == kKindWords[kind]) {
            bool ok = false;
            const qint64 pid = parts.last().toLongLong(&ok);
            if (ok && pid > 0)
                return OwnerInfo{static_cast<OwnerKind>(kind), pid};
        }
    }
    return std::nullopt;
}

Unexpected busy(const QString &file)
{
    const std::optional<OwnerInfo> holder = ProfileLock::owner(file);
    return fail(ErrorCode::Busy, holder ? u"The profile is in use by a %1 with process id %2."_s
                                              .arg(QLatin1StringView(kKindTexts[static_cast<int>(holder->kind)]))
                                              .arg(holder->pid)
                                        : u"The profile is in use by another process."_s);
}

} // namespace

Result<std::unique_ptr<ProfileLock>> ProfileLock::take(const QString &file, OwnerKind kind)
{
    const int descriptor = open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        const QString why = QString::fromLocal8Bit(std::strerror(errno));
        // A profile that became read-only under its owner still has that owner, who can be asked.
        if (owner(file))
            return busy(file);
        return fail(ErrorCode::FileUnwritable, u"The lock %1 cannot be opened: %2."_s.arg(file, why));
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        close(descriptor);
        return busy(file);
    }
    const QByteArray text = QByteArray(kKindWords[static_cast<int>(kind)]) + ';' + QByteArray::number(getpid()) + '\n';
    // A lock whose words cannot be written (full disk) is still a lock; only the hint for others is missing.
    const bool told = ftruncate(descriptor, 0) == 0 &&
                      pwrite(descriptor, text.constData(), static_cast<size_t>(text.size()), 0) == text.size();
    Q_UNUSED(told)
    return std::unique_ptr<ProfileLock>(new ProfileLock(descriptor));
}

std::optional<OwnerInfo> ProfileLock::owner(const QString &file)
{
    const int descriptor = open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0)
        return std::nullopt;
    std::optional<OwnerInfo> info;
    if (flock(descriptor, LOCK_SH | LOCK_NB) != 0) {
        char buffer[64] = {};
        const ssize_t count = pread(descriptor, buffer, sizeof buffer - 1, 0);
        if (count > 0)
            info = parseOwner(QByteArray(buffer, count));
    }
    close(descriptor);
    return info;
}

ProfileLock::~ProfileLock()
{
    close(m_descriptor);
}

} // namespace infra::app
