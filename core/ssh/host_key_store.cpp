// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/host_key_store.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

HostKeyStore::HostKeyStore(QString path)
    : m_path(std::move(path))
{
}

Result<KnownHosts> HostKeyStore::load() const
{
    const std::lock_guard lock(m_mutex);
    return KnownHosts::read(m_path);
}

Result<void> HostKeyStore::remember(const QString &host, quint16 port, const PresentedKey &key)
{
    if (m_path.isEmpty())
        return {};
    const std::lock_guard lock(m_mutex);
    const auto known = KnownHosts::read(m_path);
    if (!known)
        return fail(known.error());
    const QString name = knownHostsName(host, port);
    QList<KnownHosts::Entry> kept;
    bool present = false;
    for (const KnownHosts::Entry &entry : known->entries()) {
        const bool ours = !entry.revoked && entry.names == name && entry.type == key.type;
        present = present || (ours && entry.blob == key.blob);
        if (!ours)
            kept.append(entry);
    }
    if (present)
        return {};
    kept.append({false, name, key.type, key.blob});
    return write(kept);
}

Result<void> HostKeyStore::forget(const QString &host, quint16 port)
{
    const std::lock_guard lock(m_mutex);
    const auto known = KnownHosts::read(m_path);
    if (!known)
        return fail(known.error());
    const QString name = knownHostsName(host, port);
    QList<KnownHosts::Entry> kept = known->entries();
    if (kept.removeIf([&name](const KnownHosts::Entry &entry) { return !entry.revoked && entry.names == name; }) == 0)
        return {};
    return write(kept);
}

Result<void> HostKeyStore::write(const QList<KnownHosts::Entry> &entries) const
{
    QSaveFile file(m_path);
    bool ok = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    for (const KnownHosts::Entry &entry : entries) {
        const QByteArray line = (entry.revoked ? QByteArray("@revoked ") : QByteArray()) + entry.names.toUtf8() + ' ' +
                                entry.type.toLatin1() + ' ' + entry.blob.toBase64() + '\n';
        ok = ok && file.write(line) == line.size();
    }
    if (!ok || !file.commit())
        return fail(ErrorCode::FileUnwritable,
                    u"cannot write the profile's known hosts %1: %2"_s.arg(m_path, file.errorString()));
    return {};
}

} // namespace infra::ssh
