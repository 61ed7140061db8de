// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/device_text.h"

#include "ui/models/finding_text.h"
#include "ui/text/format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

QString deviceSentence(const engine::DeviceRow &row)
{
    QStringList parts = {row.device.name, healthWord(row.health)};
    if (row.device.environment != Environment::None)
        parts.append(environmentWord(row.device.environment));
    if (row.sample.cpuTotal)
        parts.append(QCoreApplication::translate("DeviceTable", "CPU %1").arg(percent(row.sample.cpuTotal)));
    if (!row.findings.isEmpty())
        parts.append(findingTitle(row.findings.constFirst()));
    return parts.join(u", "_s);
}

QString addressText(const Device &device)
{
    if (device.isLocal())
        return QCoreApplication::translate("DeviceTable", "this computer");
    QString text = device.user.isEmpty() ? device.address : QString(device.user + u'@' + device.address);
    if (device.port != 22)
        text += u':' + QString::number(device.port);
    return text;
}

QString signInText(const Device &device)
{
    if (!device.keyFile.isEmpty())
        return QFileInfo(device.keyFile).fileName();
    if (device.auth.isEmpty())
        return missing();
    switch (device.auth.constFirst()) {
    case AuthMethod::Agent:
        return QCoreApplication::translate("DeviceTable", "Agent");
    case AuthMethod::KeyFile:
        return QCoreApplication::translate("DeviceTable", "Key file");
    case AuthMethod::Password:
        return QCoreApplication::translate("DeviceTable", "Password");
    case AuthMethod::KeyboardInteractive:
        break;
    }
    return QCoreApplication::translate("DeviceTable", "Asked each time");
}

} // namespace infra::ui
