// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine_client.h"

#include "core/collect/when_done.h"
#include "core/engine/engine_client_ask.h"

#include <algorithm>

namespace infra::engine {

namespace {

using namespace Qt::Literals::StringLiterals;

constexpr std::size_t boxSize = 100'000;

} // namespace

EngineClient::EngineClient(Parts parts)
    : m_parts(std::move(parts))
    , m_toGui(this, boxSize, [](const Job &job) { job(); })
    , m_toEngine(&m_parts.engine, boxSize, [](const Job &job) { job(); })
{
    follow();
}

EngineClient::~EngineClient()
{
    close();
    m_toGui.close();
}

void EngineClient::close()
{
    m_toEngine.close();
    // Each removes itself.
    for (const Job &giveUp : m_pending.values())
        giveUp();
}

/// The engine's signals, carried over, and a first picture.
void EngineClient::follow()
{
    Engine *engine = &m_parts.engine;
    const auto give = m_toGui.entrance();
    connect(engine, &Engine::rowsChanged, engine,
            [this, give](const QList<DeviceRow> &changed, const QList<DeviceId> &removed) {
                give([this, changed, removed] { applyRows(changed, removed); });
            });
    connect(engine, &Engine::statusChanged, engine, [this, give](const FleetStatus &status) {
        give([this, status] {
            m_status = status;
            emit statusChanged(status);
        });
    });
    connect(engine, &Engine::detailsChanged, engine, [this, give](const DeviceDetails &details) {
        give([this, details] {
            if (!m_watched.contains(details.device) && !m_watched.contains(DeviceId()))
                return;
            m_details.insert(details.device, details);
            emit detailsChanged(details);
        });
    });
    connect(engine, &Engine::noticed, engine,
            [this, give](const Error &error) { give([this, error] { emit noticed(error); }); });
    connect(m_parts.store.events.get(), &store::StoreEvents::audited, engine,
            [this, give](const AuditEntry &entry) { give([this, entry] { emit audited(entry); }); });
    connect(&m_parts.prompts, &PromptDesk::asked, engine,
            [this, give](const PromptRequest &request) { give([this, request] { emit promptRequested(request); }); });
    m_toEngine.put([this, engine, give] {
        const QList<DeviceRow> rows = engine->rows();
        const FleetStatus status = engine->status();
        give([this, rows, status] {
            m_status = status;
            applyRows(rows, {});
            emit statusChanged(status);
        });
    });
    // Handed over like everything else, so that whoever connects after construction hears of it.
    for (const Error &problem : m_parts.settings.problems())
        m_toGui.put([this, problem] { emit noticed(problem); });
}

void EngineClient::applyRows(const QList<DeviceRow> &changed, const QList<DeviceId> &removed)
{
    QList<DeviceRow> newer;
    for (const DeviceRow &row : changed) {
        const auto known = m_rows.constFind(row.device.id);
        if (known != m_rows.constEnd() && known->version > row.version)
            continue;
        m_rows.insert(row.device.id, row);
        newer.append(row);
    }
    for (const DeviceId &id : removed) {
        m_rows.remove(id);
        m_details.remove(id);
    }
    if (!newer.isEmpty() || !removed.isEmpty())
        emit devicesChanged(newer, removed);
}

QList<DeviceRow> EngineClient::devices() const
{
    QList<DeviceRow> rows = m_rows.values();
    std::sort(rows.begin(), rows.end(), [](const DeviceRow &a, const DeviceRow &b) {
        const int order = a.device.name.compare(b.device.name, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : a.device.id < b.device.id;
    });
    return rows;
}

std::optional<DeviceDetails> EngineClient::details(const DeviceId &device) const
{
    const auto found = m_details.constFind(device);
    return found == m_details.constEnd() ? std::nullopt : std::optional(*found);
}

/// A token on the engine's side that lives as long as the one given to the window.
std::shared_ptr<void> EngineClient::hold(std::function<std::shared_ptr<void>()> take, std::function<void()> released)
{
    const quint64 id = m_next++;
    const std::shared_ptr<EngineSide> side = m_engineSide;
    m_toEngine.put([side, id, take = std::move(take)] { side->tokens.insert(id, take()); });
    return std::shared_ptr<void>(side.get(),
                                 [side, id, entrance = m_toEngine.entrance(), released = std::move(released)](void *) {
                                     entrance([side, id] { side->tokens.remove(id); });
                                     released();
                                 });
}

std::shared_ptr<void> EngineClient::watchDetails(const DeviceId &device)
{
    ++m_watched[device];
    return hold([engine = &m_parts.engine, device] { return engine->watchDetails(device); },
                [self = QPointer<EngineClient>(this), device] {
                    if (self == nullptr || --self->m_watched[device] > 0)
                        return;
                    self->m_watched.remove(device);
                    // What nobody watches grows old: it is not kept.
                    if (!device.isNull())
                        self->m_details.remove(device);
                    else
                        self->m_details.removeIf([&](QHash<DeviceId, DeviceDetails>::iterator it) {
                            return !self->m_watched.contains(it.key());
                        });
                });
}

std::shared_ptr<void> EngineClient::watchLive(const DeviceId &device)
{
    return hold([engine = &m_parts.engine, device] { return engine->watchLive(device); }, [] {});
}

commands::HostFacts EngineClient::factsOf(const DeviceRow &row) const
{
    return {row.device.type, row.device.capabilities, row.device.sudo, row.device.isLocal()};
}

QString EngineClient::commandsShown(const DeviceId &device) const
{
    return m_parts.registry.shownCommands(factsOf(m_rows.value(device)));
}

QString EngineClient::sudoersLines(const DeviceId &device) const
{
    const DeviceRow row = m_rows.value(device);
    return m_parts.registry.sudoersLines(factsOf(row), row.device.user);
}

QFuture<Result<HistoryResult>> EngineClient::history(HistoryQuery query, CancelToken cancel)
{
    return ask<Result<HistoryResult>>(
        [engine = &m_parts.engine, store = &m_parts.store, query = std::move(query), cancel] {
            if (!query.from) {
                const HistoryResult live = engine->liveHistory(query);
                if (!live.series.isEmpty())
                    return collect::finishedFuture<Result<HistoryResult>>(live);
            }
            return store->reader->history(query, cancel);
        },
        engineGone<HistoryResult>());
}

QFuture<Result<AuditPage>> EngineClient::audit(AuditQuery query, CancelToken cancel)
{
    return ask<Result<AuditPage>>(
        [store = &m_parts.store, query = std::move(query), cancel] { return store->reader->audit(query, cancel); },
        engineGone<AuditPage>());
}

QFuture<Result<store::StoreStatus>> EngineClient::storeStatus()
{
    return ask<Result<store::StoreStatus>>(
        [store = &m_parts.store] { return store->reader->status(store::StatusDepth::Tables); },
        engineGone<store::StoreStatus>());
}

} // namespace infra::engine
