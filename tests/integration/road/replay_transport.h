// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ssh/transport.h"

#include <QtCore/QHash>

namespace infra::test {

/// Answers every device at once with what this computer's own `sh` answered to the same message: asked once for each
/// message, then repeated under the nonce of the day. For simulations of long times.
class ReplayTransport final : public ssh::SshTransport
{
public:
    QFuture<Result<ssh::CommandOutput>> run(ssh::ApprovedCommand command, ssh::RunOptions options) override;
    QFuture<ssh::ConnectionReport> test(Device device, ssh::Purpose purpose, CancelToken cancel) override;
    void close(DeviceId) override {}
    void resetBackoff(DeviceId) override {}
    milliseconds backoff(DeviceId) const override { return milliseconds(0); }
    QList<ssh::SessionInfo> sessions() const override { return {}; }
    QFuture<void> shutdown() override;

    quint64 runs() const { return m_runs; }
    qsizetype messages() const { return m_answers.size(); } ///< different ones
    qint64 bytes() const { return m_bytes; }
    /// How long this computer's shell worked for the answers, while everything else stood still.
    qint64 recordingMs() const { return m_recordingMs; }

private:
    const QByteArray &answerTo(const ssh::CommandBinding &binding);

    QHash<QByteArray, QByteArray> m_answers;
    quint64 m_runs = 0;
    qint64 m_bytes = 0;
    qint64 m_recordingMs = 0;
};

} // namespace infra::test
