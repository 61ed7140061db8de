// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/services.h"

#include <QtCore/QFileInfo>
#include <QtCore/QStorageInfo>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kLittleSpace = 512ll * 1024 * 1024;

engine::DoctorCheck folderCheck(const Profile &profile)
{
    const QFileInfo folder(profile.folder());
    const bool isPrivate = (folder.permissions() & (QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                                    QFileDevice::ReadOther | QFileDevice::WriteOther)) == 0;
    if (!folder.isWritable())
        return {u"profile"_s, u"fail"_s, u"%1 cannot be written."_s.arg(profile.folder()),
                u"Give the folder back to this user."_s};
    if (!isPrivate)
        return {u"profile"_s, u"warn"_s, u"Others can look into %1."_s.arg(profile.folder()),
                u"Close it with: chmod 700"_s};
    return {u"profile"_s, u"ok"_s, profile.folder(), {}};
}

engine::DoctorCheck spaceCheck(const Profile &profile)
{
    const QStorageInfo storage(profile.folder());
    const qint64 free = storage.bytesAvailable();
    const QString detail = u"%1 MiB are free where the profile lies."_s.arg(free / (1024 * 1024));
    if (free >= 0 && free < kLittleSpace)
        return {u"space"_s, u"warn"_s, detail, u"Free some space; at the end nothing can be recorded."_s};
    return {u"space"_s, u"ok"_s, detail, {}};
}

engine::DoctorCheck socketCheck(const Profile &profile)
{
    const Result<QString> socket = profile.socket();
    if (!socket)
        return {u"local socket"_s, u"fail"_s, socket.error().message, socket.error().remedyText()};
    return {u"local socket"_s, u"ok"_s, *socket, {}};
}

engine::DoctorCheck agentCheck()
{
    const QString socket = qEnvironmentVariable("SSH_AUTH_SOCK");
    if (socket.isEmpty())
        return {u"ssh agent"_s, u"warn"_s,
                u"No SSH agent is known to this process; devices that sign in with it cannot be read."_s,
                u"Start one and start the program from the same desktop session, or use key files."_s};
    if (!QFileInfo::exists(socket))
        return {u"ssh agent"_s, u"warn"_s, u"SSH_AUTH_SOCK names %1, which is not there."_s.arg(socket),
                u"Start the agent again."_s};
    return {u"ssh agent"_s, u"ok"_s, socket, {}};
}

} // namespace

QList<engine::DoctorCheck> Services::installationChecks() const
{
    QList<engine::DoctorCheck> checks{folderCheck(m_profile), spaceCheck(m_profile), socketCheck(m_profile),
                                      agentCheck()};
    if (m_settingsFile)
        checks.append({u"settings file"_s, u"warn"_s, u"%1: %2"_s.arg(m_profile.settings(), m_settingsFile->message),
                       u"Correct the file, or set the value anew with: infrastructorctl settings set"_s});
    return checks;
}

} // namespace infra::app
