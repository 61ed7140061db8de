// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/road/replay_transport.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>

namespace infra::test {

namespace {

const QByteArray kAnyNonce(32, '?');

template <typename T>
QFuture<T> answered(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace

const QByteArray &ReplayTransport::answerTo(const ssh::CommandBinding &binding)
{
    QByteArray message = binding.bytes;
    message.replace(binding.nonce, kAnyNonce);
    QByteArray &answer = m_answers[message];
    if (answer.isEmpty()) {
        QElapsedTimer timer;
        timer.start();
        QProcess shell;
        shell.start(QStringLiteral("sh"));
        shell.write(binding.prelude + binding.bytes);
        shell.closeWriteChannel();
        shell.waitForFinished(-1);
        answer = shell.readAllStandardOutput();
        answer = answer.mid(answer.indexOf(QByteArray("@@" + binding.nonce)));
        answer.replace(binding.nonce, kAnyNonce);
        m_recordingMs += timer.elapsed();
    }
    return answer;
}

QFuture<Result<ssh::CommandOutput>> ReplayTransport::run(ssh::ApprovedCommand command, ssh::RunOptions)
{
    const ssh::CommandBinding &binding = command.binding();
    ssh::CommandOutput output;
    output.out = answerTo(binding);
    output.out.replace(kAnyNonce, binding.nonce);
    output.exitStatus = 0;
    output.bytesIn = output.out.size();
    output.bytesOut = binding.bytes.size();
    ++m_runs;
    m_bytes += output.bytesIn;
    return answered(Result<ssh::CommandOutput>(std::move(output)));
}

QFuture<ssh::ConnectionReport> ReplayTransport::test(Device, ssh::Purpose, CancelToken)
{
    return answered(ssh::ConnectionReport());
}

QFuture<void> ReplayTransport::shutdown()
{
    QPromise<void> promise;
    promise.start();
    promise.finish();
    return promise.future();
}

} // namespace infra::test
