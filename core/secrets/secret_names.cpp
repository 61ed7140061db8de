// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secret_store.h"

namespace infra::secrets {

namespace {

QString deviceSecret(const DeviceId &device, QStringView what)
{
    return QString(u"device/" + device.toString() + u'/' + what);
}

} // namespace

QString loginPasswordName(const DeviceId &device)
{
    return deviceSecret(device, u"login-password");
}

QString keyPassphraseName(const DeviceId &device)
{
    return deviceSecret(device, u"key-passphrase");
}

QString sudoPasswordName(const DeviceId &device)
{
    return deviceSecret(device, u"sudo-password");
}

} // namespace infra::secrets
