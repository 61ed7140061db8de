// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/destructive_action_manager.h"

#include "core/base/logging.h"
#include "core/guard/read_only_check.h"

#include <sodium.h>

namespace infra::guard {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr milliseconds approvalLife = std::chrono::minutes(5);

/// BLAKE2b over every text with what it is for; a separator no text holds keeps two texts from passing as one.
QByteArray hashOfTexts(const commands::CommandRegistry &registry)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
    for (const commands::CommandSpec &spec : registry.all()) {
        const QByteArray head = toName(spec.kind).toUtf8() + '\0' + (spec.readOnly ? "r" : "w") + '\0';
        const QByteArray text = head + spec.shell + '\0';
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char *>(text.constData()),
                                  static_cast<unsigned long long>(text.size()));
    }
    QByteArray hash(crypto_generichash_BYTES, '\0');
    crypto_generichash_final(&state, reinterpret_cast<unsigned char *>(hash.data()), crypto_generichash_BYTES);
    return hash;
}

} // namespace

DestructiveActionManager::DestructiveActionManager(const commands::CommandRegistry &registry, const Clock &clock,
                                                   Random &random)
    : m_registry(registry)
    , m_clock(clock)
    , m_random(random)
{
    for (const commands::CommandSpec &spec : registry.all()) {
        std::optional<QString> wrong;
        if (!spec.readOnly)
            wrong = u"it is not marked as read-only"_s;
        else
            wrong = writingPart(spec.shell);
        if (wrong) {
            log::error("guard", u"A reading of the registry was refused: it holds what can write"_s,
                       {{"kind", toName(spec.kind)}, {"found", *wrong}});
            m_refused.insert(spec.kind, *wrong);
        }
    }
    m_vettedHash = hashOfTexts(registry);
}

Result<ssh::ApprovedCommand> DestructiveActionManager::approveReading(const Device &device,
                                                                      const commands::ReadMessage &message)
{
    if (message.kinds().isEmpty() || message.nonce().isEmpty() || message.bytes().isEmpty())
        return fail(ErrorCode::GuardBlocked, u"An empty reading is not approved"_s);
    for (const Kind kind : message.kinds()) {
        if (const auto refused = m_refused.constFind(kind); refused != m_refused.constEnd())
            return fail(ErrorCode::GuardBlocked,
                        u"Reading \"%1\" is refused: its text holds %2"_s.arg(toName(kind), refused.value()));
    }
    if (hashOfTexts(m_registry) != m_vettedHash)
        return fail(ErrorCode::GuardBlocked, u"The registry's texts are not those that were vetted"_s);
    // What leaves is looked at as well, not only what it was built from. A prelude is the same for many messages.
    if (!m_vettedPreludes.contains(message.prelude())) {
        if (const auto wrong = writingPart(message.prelude()))
            return fail(ErrorCode::GuardBlocked, u"The message's definitions hold %1"_s.arg(*wrong));
        m_vettedPreludes.insert(message.prelude());
    }
    if (const auto wrong = writingPart(message.bytes()))
        return fail(ErrorCode::GuardBlocked, u"The message holds %1"_s.arg(*wrong));

    ssh::CommandBinding binding;
    binding.device = device.id;
    binding.hostKey = device.hostKey;
    binding.channel = ssh::ChannelKind::KeptShell;
    binding.category = message.category();
    binding.bytes = message.bytes();
    binding.prelude = message.prelude();
    binding.nonce = message.nonce();
    binding.decision = makeUlid(m_clock, m_random);
    binding.expires = m_clock.monotonic() + approvalLife;
    binding.readOnly = true;
    return ssh::ApprovedCommand(std::move(binding));
}

} // namespace infra::guard
