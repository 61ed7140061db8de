// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/prompt_desk.h"

#include "core/base/secret_bytes.h"
#include "core/collect/when_done.h"

namespace infra::engine {

namespace {

constexpr milliseconds promptLook{250};

} // namespace

PromptDesk::PromptDesk(TimerService &timers)
    : m_timers(timers)
{
}

PromptDesk::~PromptDesk()
{
    close();
}

QFuture<std::optional<QByteArray>> PromptDesk::ask(Prompt prompt, CancelToken cancel)
{
    if (m_closed || cancel.isCanceled())
        return collect::finishedFuture<std::optional<QByteArray>>(std::nullopt);
    const quint64 id = m_next++;
    Open &open = m_open[id];
    open.cancel = cancel;
    open.promise.start();
    const auto future = open.promise.future();
    if (!m_watch.isActive())
        m_watch = m_timers.every(promptLook, [this] { look(); });
    emit asked({id, std::move(prompt)});
    return future;
}

void PromptDesk::answer(quint64 id, std::optional<QByteArray> answer)
{
    auto node = m_open.extract(id);
    if (!node.empty()) {
        node.mapped().promise.addResult(std::move(answer));
        node.mapped().promise.finish();
    } else if (answer) {
        wipe(*answer);
    }
    if (m_open.empty())
        m_watch.cancel();
}

void PromptDesk::look()
{
    QList<quint64> gone;
    for (const auto &[id, open] : m_open) {
        if (open.cancel.isCanceled())
            gone.append(id);
    }
    for (const quint64 id : gone) {
        answer(id, std::nullopt);
        emit withdrawn(id);
    }
}

void PromptDesk::close()
{
    m_closed = true;
    while (!m_open.empty())
        answer(m_open.begin()->first, std::nullopt);
}

} // namespace infra::engine
