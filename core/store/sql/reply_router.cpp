// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/reply_router.h"

#include <QtCore/QMetaObject>

namespace infra::store::sql {

ReplyRouter::ReplyRouter(StoreEvents &events)
    : m_events(events)
{
}

ReplyRouter::~ReplyRouter()
{
    drain();
    while (!m_pending.empty()) {
        auto last = m_pending.extract(m_pending.begin());
        last.mapped()(std::any());
    }
}

void ReplyRouter::put(Reply reply)
{
    if (m_inbox.put(std::move(reply)) == Mailbox<Reply>::Put::First)
        QMetaObject::invokeMethod(this, &ReplyRouter::drain, Qt::QueuedConnection);
}

void ReplyRouter::postWritable(bool writable, std::optional<Error> error)
{
    put({0, std::any(Writable{writable, std::move(error)})});
}

void ReplyRouter::postAudited(QList<AuditEntry> entries)
{
    put({0, std::any(std::move(entries))});
}

void ReplyRouter::drain()
{
    Q_ASSERT(QThread::currentThread() == thread());
    for (Reply &reply : m_inbox.takeAll()) {
        if (const auto *writable = std::any_cast<Writable>(&reply.value)) {
            emit m_events.writableChanged(writable->writable, writable->error);
        } else if (const auto *entries = std::any_cast<QList<AuditEntry>>(&reply.value)) {
            for (const AuditEntry &entry : *entries)
                emit m_events.audited(entry);
        } else if (auto pending = m_pending.extract(reply.id)) {
            pending.mapped()(std::move(reply.value));
        }
    }
}

} // namespace infra::store::sql
