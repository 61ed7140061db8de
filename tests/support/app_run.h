// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QProcess>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <memory>
#include <utility>

namespace infra::test {

/// What `infrastructorctl` answered.
struct CtlAnswer
{
    int exitCode = -1; ///< -1: it did not end, -2: it crashed
    QJsonObject body;
    QByteArray out, err;

    QJsonObject error() const { return body.value(QLatin1String("error")).toObject(); }
    QString code() const { return error().value(QLatin1String("code")).toString(); }
    QJsonArray list(const char *name) const;
    QByteArray text() const { return out + err; }
};

/// The programs as a person runs them, on a profile of the test's own: HOME, runtime folder and bus are not the user's.
/// Ends what it started. Blocks (a test helper). One thread.
class AppRun
{
public:
    AppRun();
    ~AppRun();
    AppRun(const AppRun &) = delete;
    AppRun &operator=(const AppRun &) = delete;

    /// Secrets by the option that takes their descriptor: {"--password-fd", "…"}.
    using Secrets = QList<std::pair<QString, QByteArray>>;

    QString profile() const { return m_profile; }
    void setProfile(const QString &folder) { m_profile = folder; }
    /// A path in the test's own folder.
    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Of the programs that are started from now on.
    QProcessEnvironment &environment() { return m_environment; }

    /// Starts the application and waits until it answers; false: `text` tells.
    bool start(const QStringList &more = {QStringLiteral("--headless")}, const Secrets &secrets = {});
    /// Starts it and does not wait.
    void begin(const QStringList &more, const Secrets &secrets = {});
    /// Waits until the running one answers.
    bool waitUntilItAnswers(int timeoutMs = 90'000);
    QProcess &process() { return *m_process; }
    /// Everything that it printed.
    QByteArray text();
    /// SIGKILL, at once.
    void kill();
    /// SIGTERM; the exit code, or -1 when it did not end in time, or crashed.
    int stop(int timeoutMs = 60'000);

    CtlAnswer ctl(const QStringList &words, const Secrets &secrets = {});
    std::unique_ptr<QProcess> beginCtl(const QStringList &words, const Secrets &secrets = {});
    /// Another start of the application on the same profile, not waited for.
    std::unique_ptr<QProcess> beginAgain(const QStringList &words);
    static CtlAnswer end(QProcess &process, int timeoutMs = 120'000);

private:
    std::unique_ptr<QProcess> run(const QString &program, const QStringList &words, const Secrets &secrets);

    QTemporaryDir m_folder;
    QString m_profile;
    QProcessEnvironment m_environment;
    std::unique_ptr<QProcess> m_process;
    QByteArray m_text;
};

} // namespace infra::test
