// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/writer_loop.h"

#include "core/base/logging.h"
#include "core/store/sql/device_rows.h"

#include <QtCore/QFileInfo>

#include <filesystem>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kMinute = 60s;
constexpr auto kDiskLook = 2s;
constexpr auto kFirstProbe = 1s;
constexpr auto kLongestProbe = 10s;
/// Below the first nothing is begun, because a transaction could stop half-way; above the second writing goes on.
constexpr std::uintmax_t kTooLittleSpace = 1024 * 1024;
constexpr std::uintmax_t kEnoughSpace = 4 * 1024 * 1024;
constexpr qsizetype kHeldABatch = 1000;

/// Whether this is about the disk and not about one statement.
bool stopsWrites(ErrorCode code)
{
    return code != ErrorCode::Internal && code != ErrorCode::Canceled;
}

std::uintmax_t freeSpace(const QString &path)
{
    std::error_code error;
    const auto space = std::filesystem::space(QFileInfo(path).absolutePath().toStdString(), error);
    return error ? std::numeric_limits<std::uintmax_t>::max() : space.available;
}

} // namespace

void WriterLoop::run(const Parts &parts, Mailbox<Result<void>> &opened)
{
    Result<std::unique_ptr<Connection>> connection = Connection::open(parts.dialect, parts.path, Role::Writer);
    if (!connection) {
        opened.put(fail(connection.error()));
        return;
    }
    opened.put(Result<void>());
    WriterLoop loop(parts, **connection);
    loop.loop();
    loop.finish();
}

WriterLoop::WriterLoop(const Parts &parts, Connection &connection)
    : m_parts(parts)
    , m_context(connection)
    , m_cycles(m_context)
    , m_maintenance(m_context, parts.settings)
{
    const auto now = SteadyClock::now();
    m_nextDiskLook = now + kDiskLook;
    m_nextMaintenance = now + kMinute;
    m_maintenance.startPurge(0); // what a stop left half purged
}

void WriterLoop::loop()
{
    while (true) {
        const bool working = m_maintenance.isActive() && !m_error;
        auto until = working ? SteadyClock::now() : std::min(m_nextDiskLook, m_nextMaintenance);
        if (m_error)
            until = std::min(until, m_nextProbe);
        std::vector<WriteItem> batch = m_parts.queue.take(until);
        const bool idle = batch.empty();
        if (!idle)
            write(std::move(batch));
        if (m_error && SteadyClock::now() >= m_nextProbe)
            probe();
        watchDisk();
        maintain();
        noteRows(0);
        if (idle && m_parts.queue.isClosed() && m_parts.queue.size() == 0)
            return;
    }
}

void WriterLoop::finish()
{
    if (m_error)
        probe();
    if (!m_held.empty()) {
        log::error("store.writer", u"Audit entries could not be written before the end"_s,
                   {{"entries", QString::number(m_held.size())}});
    }
    if (m_error)
        return;
    const Instant now = m_parts.clock.now(); // the engine's thread waits for this one here
    if (const Result<void> done = m_context.transaction([&] { return heartbeat(m_context, now, false); }); !done)
        log::error("store.writer", done.error());
    if (const Result<void> done = m_context.connection().exec(u"PRAGMA wal_checkpoint(TRUNCATE)"_s); !done)
        log::error("store.writer", done.error());
}

void WriterLoop::write(std::vector<WriteItem> batch)
{
    m_newest = batch.back().stamp;
    if (m_error) {
        refuse(std::move(batch));
        return;
    }
    const Result<void> done = writeTogether(batch);
    if (done) {
        committed(batch);
    } else if (stopsWrites(done.error().code)) {
        stopWriting(done.error());
        refuse(std::move(batch));
    } else {
        writeApart(std::move(batch));
    }
}

Result<void> WriterLoop::writeTogether(std::vector<WriteItem> &batch)
{
    m_answers.clear();
    m_audited.clear();
    m_rows = 0;
    const Result<void> done = m_context.transaction([&]() -> Result<void> {
        for (WriteItem &item : batch) {
            if (Result<void> applied = apply(item); !applied)
                return applied;
        }
        return {};
    });
    if (!done)
        m_cycles.rolledBack();
    return done;
}

void WriterLoop::writeApart(std::vector<WriteItem> batch)
{
    // One item breaks a rule of the database: the others must not suffer for it.
    for (WriteItem &item : batch) {
        std::vector<WriteItem> alone;
        alone.push_back(std::move(item));
        if (m_error) {
            refuse(std::move(alone));
            continue;
        }
        const Result<void> done = writeTogether(alone);
        if (done) {
            committed(alone);
        } else if (stopsWrites(done.error().code)) {
            stopWriting(done.error());
            refuse(std::move(alone));
        } else {
            log::error("store.writer", done.error());
            if (const auto *request = std::get_if<Request>(&alone.front().what))
                m_parts.router.post<void>(request->id, fail(done.error()));
            else
                m_parts.queue.addDropped(1);
        }
    }
}

Result<void> WriterLoop::apply(WriteItem &item)
{
    const auto addEntry = [this](const AuditEntry &entry) -> Result<void> {
        Result<AuditEntry> added = addAudit(m_context, entry);
        if (!added)
            return fail(added.error());
        m_audited.append(std::move(*added));
        m_rows += 1;
        return {};
    };
    if (const auto *cycle = std::get_if<CycleRecord>(&item.what)) {
        const Result<CycleRows::Outcome> outcome = m_cycles.write(*cycle);
        if (!outcome)
            return fail(outcome.error());
        m_rows += outcome->rows;
        if (outcome->tooLate)
            m_parts.queue.addDropped(1);
        return cycle->audit ? addEntry(*cycle->audit) : Result<void>();
    }
    if (const auto *entry = std::get_if<AuditEntry>(&item.what))
        return addEntry(*entry);
    if (const auto *gap = std::get_if<GapWrite>(&item.what)) {
        const Result<WriteContext::DeviceRef> device = m_context.device(gap->device);
        if (!device)
            return fail(device.error());
        m_rows += 1;
        return device->removed ? Result<void>() : m_cycles.writeGap(device->key, gap->gap);
    }
    if (const auto *performance = std::get_if<PerformanceWrite>(&item.what)) {
        m_rows += performance->values.size();
        return savePerformance(m_context, performance->values);
    }
    return applyRequest(std::get<Request>(item.what), item.stamp);
}

Result<void> WriterLoop::applyRequest(const Request &request, Stamp stamp)
{
    if (const auto *save = std::get_if<SaveDevice>(&request.what)) {
        m_answers.emplaceBack(request.id, Result<void>());
        return saveDevice(m_context, save->device);
    }
    if (const auto *cache = std::get_if<SaveCache>(&request.what)) {
        m_answers.emplaceBack(request.id, Result<void>());
        return saveCacheMetadata(m_context, cache->rows);
    }
    if (const auto *remove = std::get_if<RemoveDevice>(&request.what)) {
        if (!remove->withHistory)
            m_answers.emplaceBack(request.id, Result<void>());
        return removeDevice(m_context, remove->device, remove->withHistory, stamp.now);
    }
    if (std::holds_alternative<FlushAll>(request.what))
        m_answers.emplaceBack(request.id, Result<void>());
    return {};
}

void WriterLoop::committed(const std::vector<WriteItem> &batch)
{
    for (const auto &[id, answer] : m_answers)
        m_parts.router.post<void>(id, answer);
    if (!m_audited.isEmpty())
        m_parts.router.postAudited(std::exchange(m_audited, {}));
    for (const WriteItem &item : batch) {
        const auto *request = std::get_if<Request>(&item.what);
        if (!request)
            continue;
        if (const auto *asked = std::get_if<MaintainNow>(&request->what))
            m_maintenance.startAsked(asked->now, request->id);
        else if (const auto *remove = std::get_if<RemoveDevice>(&request->what); remove && remove->withHistory)
            m_maintenance.startPurge(request->id);
    }
    m_parts.figures.lagMs.store(
        std::chrono::duration_cast<milliseconds>(SteadyClock::now() - batch.front().queuedAt).count());
    noteRows(m_rows);
}

void WriterLoop::refuse(std::vector<WriteItem> batch)
{
    for (WriteItem &item : batch) {
        if (auto *entry = std::get_if<AuditEntry>(&item.what)) {
            m_held.push_back(std::move(*entry));
        } else if (const auto *request = std::get_if<Request>(&item.what)) {
            m_parts.router.post<void>(request->id, fail(*m_error));
        } else {
            m_parts.queue.addDropped(1);
            auto *cycle = std::get_if<CycleRecord>(&item.what);
            if (cycle && cycle->audit)
                m_held.push_back(std::move(*cycle->audit));
        }
    }
    m_parts.queue.setHeldAudit(m_held.size());
}

void WriterLoop::stopWriting(const Error &error)
{
    m_error = error;
    m_backoff = kFirstProbe;
    m_nextProbe = SteadyClock::now() + m_backoff;
    m_parts.figures.writable.store(false);
    log::error("store.writer", error);
    m_parts.router.postWritable(false, error);
}

void WriterLoop::probe()
{
    Result<void> done = freeSpace(m_parts.path) < kEnoughSpace
                            ? Result<void>(fail(ErrorCode::StoreFull, u"Too little space is free"_s))
                            : Result<void>();
    m_audited.clear();
    while (done) {
        const qsizetype count = qMin<qsizetype>(kHeldABatch, qsizetype(m_held.size()));
        done = m_context.transaction([&]() -> Result<void> {
            for (qsizetype at = 0; at < count; ++at) {
                Result<AuditEntry> added = addAudit(m_context, m_held.at(std::size_t(at)));
                if (!added)
                    return fail(added.error());
                m_audited.append(std::move(*added));
            }
            return m_context.setState(u"probe"_s, toMs(m_newest.now));
        });
        if (!done)
            break;
        m_held.erase(m_held.begin(), m_held.begin() + count);
        m_parts.queue.setHeldAudit(m_held.size());
        m_parts.router.postAudited(std::exchange(m_audited, {}));
        if (m_held.empty())
            break;
    }
    if (done) {
        m_error.reset();
        m_parts.figures.writable.store(true);
        log::info("store.writer", u"The database can be written again"_s);
        m_parts.router.postWritable(true, std::nullopt);
        return;
    }
    m_backoff = std::min<milliseconds>(2 * m_backoff, kLongestProbe);
    m_nextProbe = SteadyClock::now() + m_backoff;
}

void WriterLoop::watchDisk()
{
    if (SteadyClock::now() < m_nextDiskLook)
        return;
    m_nextDiskLook = SteadyClock::now() + kDiskLook;
    if (!m_error && freeSpace(m_parts.path) < kTooLittleSpace) {
        Error error;
        error.code = ErrorCode::StoreFull;
        error.message = u"The disk with the database is full"_s;
        stopWriting(error);
    }
}

void WriterLoop::maintain()
{
    if (m_error)
        return;
    const auto now = SteadyClock::now();
    // By the engine's clock too: a simulated day has its minutes.
    const bool dataMinute =
        m_newest.now != Instant{} && (!m_lastMaintained || m_newest.now - *m_lastMaintained >= kMinute ||
                                      *m_lastMaintained - m_newest.now >= kMinute);
    if (!m_maintenance.isActive() && (dataMinute || now >= m_nextMaintenance)) {
        const Stamp at = dataMinute ? m_newest : Stamp{m_parts.clock.now(), m_parts.clock.monotonic()};
        m_lastMaintained = at.now;
        m_nextMaintenance = now + kMinute;
        m_maintenance.startSelf(at);
    }
    if (!m_maintenance.isActive())
        return;
    for (const auto &[id, answer] : m_maintenance.step()) {
        if (id != 0)
            m_parts.router.post<void>(id, answer);
        if (!answer && stopsWrites(answer.error().code))
            stopWriting(answer.error());
        else if (!answer)
            log::error("store.maintenance", answer.error());
    }
    m_parts.figures.longestSliceMs.store(m_maintenance.longestSlice().count());
}

void WriterLoop::noteRows(qint64 rows)
{
    const auto now = SteadyClock::now();
    if (rows > 0) {
        m_window.emplace_back(now, rows);
        m_windowRows += rows;
    }
    while (!m_window.empty() && now - m_window.front().first > kMinute) {
        m_windowRows -= m_window.front().second;
        m_window.pop_front();
    }
    m_parts.figures.rowsInWindow.store(m_windowRows);
}

} // namespace infra::store::sql
