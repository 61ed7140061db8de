// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_bytes.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <functional>
#include <memory>

namespace infra::secrets {

/// What a keyring answered.
struct KeyringReply
{
    enum class Outcome
    {
        Done,
        NotFound,   ///< also what a locked keyring says to a read
        Locked,     ///< it would ask a person, or the person said no
        Unavailable ///< no bus, no service
    };
    Outcome outcome = Outcome::Done;
    SecretBytes value; ///< of a read
    QString detail;    ///< the keyring's own words
};

/// The desktop's keyring, asked one thing at a time. No deadline here: a reply may come late or never. Replies come on
/// the calling thread, later; none after this object is gone.
class Keyring
{
public:
    using Done = std::function<void(KeyringReply)>;
    virtual ~Keyring() = default;
    virtual void read(const QString &name, Done done) = 0;
    virtual void write(const QString &name, const SecretBytes &value, Done done) = 0;
    virtual void remove(const QString &name, Done done) = 0;
};

/// The real one, by QtKeychain (Secret Service or KWallet). @param service the folder of the entries, one a profile.
std::unique_ptr<Keyring> makeQtKeyring(const QString &service);

} // namespace infra::secrets
