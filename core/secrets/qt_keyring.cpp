// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keyring.h"

#include <QtCore/QLibrary>

#include <qt6keychain/keychain.h>

namespace infra::secrets {

namespace {

/// QtKeychain tells a locked collection only by the words of the service behind it (seen with gnome-keyring 42 and
/// libsecret 0.20).
bool soundsLocked(const QString &detail)
{
    return detail.contains(u"/collection/") || detail.contains(u"locked", Qt::CaseInsensitive) ||
           detail.contains(u"dismissed", Qt::CaseInsensitive) || detail.contains(u"prompt", Qt::CaseInsensitive);
}

KeyringReply::Outcome outcomeOf(const QKeychain::Job &job)
{
    using Said = KeyringReply::Outcome;
    switch (job.error()) {
    case QKeychain::NoError:
        return Said::Done;
    case QKeychain::EntryNotFound:
        return Said::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return Said::Locked;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return Said::Unavailable;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return soundsLocked(job.errorString()) ? Said::Locked : Said::Unavailable;
}

/// GLib ends a process whose session bus closes (GDBusConnection:exit-on-close is true for the shared one). Monitoring
/// without a window outlives its session: a keyring that is gone is an answer, not an end. Asked for once the
/// connection is there, so it does not block.
void outliveTheBus()
{
    constexpr int sessionBus = 2; // G_BUS_TYPE_SESSION, gio/gioenums.h
    QLibrary gio(QStringLiteral("gio-2.0"), 0);
    const auto get = reinterpret_cast<void *(*)(int, void *, void **)>(gio.resolve("g_bus_get_sync"));
    const auto set = reinterpret_cast<void (*)(void *, int)>(gio.resolve("g_dbus_connection_set_exit_on_close"));
    const auto unref = reinterpret_cast<void (*)(void *)>(gio.resolve("g_object_unref"));
    void *bus = get != nullptr && set != nullptr && unref != nullptr ? get(sessionBus, nullptr, nullptr) : nullptr;
    if (bus == nullptr)
        return;
    set(bus, 0);
    unref(bus);
}

class QtKeyring final : public Keyring
{
public:
    explicit QtKeyring(QString service)
        : m_service(std::move(service))
    {
    }

    void read(const QString &name, Done done) override
    {
        auto *job = new QKeychain::ReadPasswordJob(m_service);
        start(job, name, [job, done = std::move(done)](KeyringReply reply) {
            QByteArray data = job->binaryData();
            reply.value = SecretBytes(data);
            wipe(data);
            done(std::move(reply));
        });
    }

    void write(const QString &name, const SecretBytes &value, Done done) override
    {
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setBinaryData(value.view().toByteArray());
        start(job, name, std::move(done));
    }

    void remove(const QString &name, Done done) override
    {
        start(new QKeychain::DeletePasswordJob(m_service), name, std::move(done));
    }

private:
    void start(QKeychain::Job *job, const QString &name, Done done)
    {
        // The job deletes itself when it finishes. It is never deleted earlier: the call into the bus cannot be taken
        // back and would answer to freed memory.
        job->setInsecureFallback(false);
        job->setKey(name);
        QObject::connect(job, &QKeychain::Job::finished, &m_alive, [done = std::move(done)](QKeychain::Job *finished) {
            KeyringReply reply;
            reply.outcome = outcomeOf(*finished);
            reply.detail = finished->errorString();
            if (reply.outcome != KeyringReply::Outcome::Unavailable)
                outliveTheBus();
            done(std::move(reply));
        });
        job->start();
    }

    const QString m_service;
    QObject m_alive; ///< replies end with it
};

} // namespace

std::unique_ptr<Keyring> makeQtKeyring(const QString &service)
{
    return std::make_unique<QtKeyring>(service);
}

} // namespace infra::secrets
