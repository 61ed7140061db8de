// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QFile>
#include <QtCore/QString>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace infra::test {

/// A mount namespace of this process and of what it starts, so that nothing is left behind. Empty: it is there;
/// otherwise why not.
inline QString enterPrivateMounts()
{
    if (::geteuid() != 0)
        return QStringLiteral("A small file system can only be mounted by root");
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return QStringLiteral("This machine gives no mount namespace");
    return {};
}

/// Mounts a small file system on a folder of the test; its end unmounts it.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &folder, const char *options = "size=64m,mode=0700")
        : m_folder(QFile::encodeName(folder))
        , m_mounted(::mount("tmpfs", m_folder.constData(), "tmpfs", 0, options) == 0)
    {
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isMounted() const { return m_mounted; }
    /// False while a file is open for writing there, unless `force`: then what writes gets the error.
    bool setReadOnly(bool readOnly)
    {
        return ::mount("tmpfs", m_folder.constData(), nullptr, readOnly ? MS_REMOUNT | MS_RDONLY : MS_REMOUNT,
                       nullptr) == 0;
    }
    /// Fills it to the last page.
    bool fill()
    {
        QFile file(QFile::decodeName(m_folder) + QStringLiteral("/ballast"));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return false;
        for (const qsizetype size : {qsizetype(1) << 20, qsizetype(4096)}) {
            const QByteArray block(size, 'x');
            while (file.write(block) == block.size()) {
            }
        }
        return true;
    }
    bool empty() { return QFile::remove(QFile::decodeName(m_folder) + QStringLiteral("/ballast")); }

private:
    const QByteArray m_folder;
    const bool m_mounted;
};

} // namespace infra::test
