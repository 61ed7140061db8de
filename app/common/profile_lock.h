// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QString>

#include <memory>

namespace infra::app {

/// Who owns a profile.
enum class OwnerKind
{
    Window,
    Headless,
    CommandLine
};

struct OwnerInfo
{
    OwnerKind kind = OwnerKind::Window;
    qint64 pid = 0;
};

/// One profile, one owner: an flock that the kernel gives back when its process ends, however it ends. The owner's kind
/// and pid stand in the file for whoever finds it held.
class ProfileLock
{
public:
    /// Takes it at once or fails: Busy with the owner's words when it is held, FileUnwritable when the file cannot be
    /// made.
    static Result<std::unique_ptr<ProfileLock>> take(const QString &file, OwnerKind kind);
    /// Who holds it; nothing when nobody does or the file does not say.
    static std::optional<OwnerInfo> owner(const QString &file);
    ~ProfileLock();
    ProfileLock(const ProfileLock &) = delete;
    ProfileLock &operator=(const ProfileLock &) = delete;

private:
    explicit ProfileLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    int m_descriptor;
};

} // namespace infra::app
