// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/binding_check.h"

#include <algorithm>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {
bool fitsInAMark(const QByteArray &nonce)
{
    return nonce.size() >= 8 && nonce.size() <= 128 && std::all_of(nonce.begin(), nonce.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}
} // namespace

Result<void> checkBindingForm(const CommandBinding &binding, MonotonicTime now)
{
    if (binding.device.isNull())
        return fail(ErrorCode::ApprovalMismatch, u"this approval was used already, or binds no device"_s);
    if (binding.expires <= now)
        return fail(ErrorCode::ApprovalExpired, u"the approval expired before the command could leave"_s);
    if (binding.bytes.isEmpty())
        return fail(ErrorCode::ApprovalMismatch, u"the approval binds no command"_s);
    if (binding.outputCap <= 0)
        return invalid(u"outputCap"_s, QString::number(binding.outputCap), u"above zero"_s);
    if (binding.channel == ChannelKind::KeptShell && !fitsInAMark(binding.nonce))
        return invalid(u"nonce"_s, QString::fromLatin1(binding.nonce.left(40)), u"8 to 128 letters and digits"_s);
    return {};
}

Result<void> checkBinding(const CommandBinding &binding, const DeviceId &device, const QString &sessionHostKey,
                          MonotonicTime now)
{
    if (auto form = checkBindingForm(binding, now); !form)
        return form;
    if (!(binding.device == device))
        return fail(ErrorCode::ApprovalMismatch, u"the command was approved for another device"_s);
    if (binding.hostKey != sessionHostKey)
        return fail(ErrorCode::ApprovalMismatch,
                    u"the command was approved for another host key than the session has"_s);
    return {};
}

} // namespace infra::ssh
