// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer_service.h"
#include "core/ssh/transport.h"

#include <QtCore/QPromise>

#include <deque>
#include <memory>

namespace infra::test {

/// A transport that answers as the test says: at once, after a delay, or when `release` is called.
class FakeTransport final : public ssh::SshTransport
{
public:
    struct Sent
    {
        ssh::CommandBinding binding;
        ssh::RunOptions options;
    };
    using Answer = std::function<Result<ssh::CommandOutput>(const Sent &)>;

    Answer answer = [](const Sent &asked) {
        ssh::CommandOutput output;
        output.out = asked.binding.nonce;
        output.bytesIn = 1000;
        output.bytesOut = 100;
        return Result<ssh::CommandOutput>(output);
    };
    bool hold = false;
    TimerService *timers = nullptr;
    milliseconds delay{0};
    QList<Sent> sent;
    bool keepSent = true;
    quint64 runs = 0;
    QHash<DeviceId, milliseconds> backoffs;
    QList<DeviceId> closed, resets;
    QHash<DeviceId, int> underWay;
    int mostUnderWay = 0; ///< on one device
    ssh::ConnectionReport report;
    std::function<void(const Device &)> onTest;

    QFuture<Result<ssh::CommandOutput>> run(ssh::ApprovedCommand command, ssh::RunOptions options) override
    {
        auto job = std::make_shared<Job>();
        job->sent = {command.binding(), options};
        job->promise.start();
        ++runs;
        if (keepSent)
            sent.append(job->sent);
        mostUnderWay = std::max(mostUnderWay, ++underWay[job->sent.binding.device]);
        const auto future = job->promise.future();
        if (hold) {
            m_held.push_back(job);
        } else if (timers != nullptr && delay > milliseconds(0)) {
            const quint64 id = m_next++;
            m_timers[id] = timers->after(delay, [this, id, job] {
                finish(job);
                m_timers.remove(id);
            });
        } else {
            finish(job);
        }
        return future;
    }

    /// Answers the oldest held command.
    void release()
    {
        const auto job = m_held.front();
        m_held.pop_front();
        finish(job);
    }
    qsizetype held() const { return static_cast<qsizetype>(m_held.size()); }

    QFuture<ssh::ConnectionReport> test(Device device, ssh::Purpose /*purpose*/, CancelToken /*cancel*/) override
    {
        if (onTest)
            onTest(device);
        QPromise<ssh::ConnectionReport> promise;
        promise.start();
        promise.addResult(report);
        promise.finish();
        return promise.future();
    }
    void close(DeviceId device) override { closed.append(device); }
    void resetBackoff(DeviceId device) override
    {
        resets.append(device);
        backoffs.remove(device);
    }
    milliseconds backoff(DeviceId device) const override { return backoffs.value(device); }
    QList<ssh::SessionInfo> sessions() const override { return {}; }
    QFuture<void> shutdown() override
    {
        QPromise<void> promise;
        promise.start();
        promise.finish();
        return promise.future();
    }

private:
    struct Job
    {
        Sent sent;
        QPromise<Result<ssh::CommandOutput>> promise;
    };
    void finish(const std::shared_ptr<Job> &job)
    {
        --underWay[job->sent.binding.device];
        if (job->sent.options.cancel.isCanceled())
            job->promise.addResult(Result<ssh::CommandOutput>(fail(ErrorCode::Canceled, QStringLiteral("canceled"))));
        else
            job->promise.addResult(answer(job->sent));
        job->promise.finish();
    }

    std::deque<std::shared_ptr<Job>> m_held;
    QHash<quint64, TimerHandle> m_timers;
    quint64 m_next = 1;
};

} // namespace infra::test
