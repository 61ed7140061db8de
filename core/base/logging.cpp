// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"

#include "core/base/correlation.h"
#include "core/base/log_line.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <memory>
#include <mutex>

namespace infra::log {

namespace {

/// The two streams of lines. Replaced as a whole, so that a writer on another thread keeps the one it began with.
struct Streams
{
    std::unique_ptr<spdlog::logger> json;
    std::unique_ptr<spdlog::logger> readable;
};

/// Qt's message handler is a plain function and log lines come from anywhere: this is the one state the process has.
struct State
{
    std::mutex mutex;
    std::shared_ptr<Streams> streams;
    std::atomic<Level> level{Level::Info};
    QtMessageHandler previousHandler = nullptr;
    bool handlerInstalled = false;
};

State &state()
{
    static State theState;
    return theState;
}

std::shared_ptr<Streams> currentStreams()
{
    const std::lock_guard lock(state().mutex);
    return state().streams;
}

std::unique_ptr<spdlog::logger> makeLogger(const char *name, std::vector<spdlog::sink_ptr> sinks)
{
    if (sinks.empty())
        return nullptr;
    auto logger = std::make_unique<spdlog::logger>(name, sinks.begin(), sinks.end());
    // The level was looked at before; the line is made here, spdlog adds nothing to it.
    logger->set_level(spdlog::level::trace);
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc));
    // What is not flushed is lost by a kill, and the last lines are the ones that tell why.
    logger->flush_on(spdlog::level::trace);
    return logger;
}

spdlog::sink_ptr fileSink(const Options &options, const QString &name)
{
    const auto bytes = static_cast<std::size_t>(std::max<qint64>(options.maxBytes, 4096));
    const auto older = static_cast<std::size_t>(std::max(options.files - 1, 1));
    return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        QFile::encodeName(QDir(options.folder).filePath(name)).toStdString(), bytes, older);
}

Result<void> addFileSinks(const Options &options, std::vector<spdlog::sink_ptr> &json,
                          std::vector<spdlog::sink_ptr> &readable)
{
    const bool isNew = !QFileInfo::exists(options.folder);
    if (!QDir().mkpath(options.folder))
        return fail(ErrorCode::FileUnwritable, QStringLiteral("The log folder %1 cannot be made").arg(options.folder));
    if (isNew) // only we read what stands there
        QFile::setPermissions(options.folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    try {
        spdlog::sink_ptr jsonFile = fileSink(options, QStringLiteral("infrastructor.jsonl"));
        spdlog::sink_ptr readableFile = fileSink(options, QStringLiteral("infrastructor.log"));
        json.push_back(std::move(jsonFile));
        readable.push_back(std::move(readableFile));
    } catch (const std::exception &exception) {
        Error error;
        error.code = ErrorCode::FileUnwritable;
        error.message = QStringLiteral("The log folder %1 cannot be written").arg(options.folder);
        error.cause = QString::fromLocal8Bit(exception.what());
        return fail(std::move(error));
    }
    return {};
}

Level levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return Level::Debug;
    case QtInfoMsg:
        return Level::Info;
    case QtWarningMsg:
        return Level::Warning;
    case QtCriticalMsg:
        return Level::Error;
    case QtFatalMsg:
        return Level::Critical;
    }
    return Level::Warning;
}

void takeQtMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    // Something below may warn through Qt again; one level is enough.
    thread_local bool inside = false;
    if (inside)
        return;
    inside = true;
    const bool named = context.category != nullptr && qstrcmp(context.category, "default") != 0;
    write(levelOf(type), named ? context.category : "qt", message);
    inside = false;
}

} // namespace

Result<void> start(const Options &options)
{
    std::vector<spdlog::sink_ptr> jsonSinks;
    std::vector<spdlog::sink_ptr> readableSinks;
    if (options.toStderr)
        readableSinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());
    Result<void> result;
    if (!options.folder.isEmpty())
        result = addFileSinks(options, jsonSinks, readableSinks);
    if (!result && readableSinks.empty()) // nobody would ever see why there is no log
        readableSinks.push_back(std::make_shared<spdlog::sinks::stderr_sink_mt>());

    auto streams = std::make_shared<Streams>();
    streams->json = makeLogger("json", std::move(jsonSinks));
    streams->readable = makeLogger("readable", std::move(readableSinks));
    setLevel(options.level);
    const std::lock_guard lock(state().mutex);
    state().streams = std::move(streams);
    if (!state().handlerInstalled) {
        state().previousHandler = qInstallMessageHandler(&takeQtMessage);
        state().handlerInstalled = true;
    }
    return result;
}

void stop()
{
    std::shared_ptr<Streams> last;
    const std::lock_guard lock(state().mutex);
    last.swap(state().streams);
    if (state().handlerInstalled) {
        qInstallMessageHandler(state().previousHandler);
        state().handlerInstalled = false;
    }
}

void setLevel(Level level)
{
    state().level.store(level);
}

void write(Level level, const char *category, const QString &message, std::initializer_list<Field> fields)
{
    if (level < state().level.load())
        return;
    const std::shared_ptr<Streams> streams = currentStreams();
    if (!streams)
        return;
    const SystemClock clock;
    const Line line(clock.now(), level, category, message, CorrelationScope::current().toString(), fields);
    const auto put = [](spdlog::logger *logger, const QByteArray &text) {
        // A string view goes out as it is; it never becomes a format.
        if (logger != nullptr)
            logger->log(spdlog::level::info,
                        spdlog::string_view_t(text.constData(), static_cast<std::size_t>(text.size())));
    };
    if (streams->json)
        put(streams->json.get(), line.json());
    if (streams->readable)
        put(streams->readable.get(), line.readable());
}

void error(const char *category, const Error &error)
{
    write(Level::Error, category, error.message,
          {{"code", error.name()},
           {"cause", error.causeText()},
           {"field", error.field},
           {"error_correlation", error.correlation}});
}

} // namespace infra::log
