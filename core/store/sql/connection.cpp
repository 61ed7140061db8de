// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sql/connection.h"

#include <QtSql/QSqlError>

namespace infra::store::sql {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Beyond this the cache of statements starts anew: texts are ours, so it only guards against a growing set of
/// variants.
constexpr qsizetype kMostStatements = 400;

QString uniqueConnectionName()
{
    static std::atomic<quint64> next{1};
    return u"infra-store-%1"_s.arg(next.fetch_add(1));
}

} // namespace

std::optional<qint64> Row::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional<qint64>(integer(column));
}

std::optional<double> Row::optionalNumber(int column) const
{
    return isNull(column) ? std::nullopt : std::optional<double>(number(column));
}

Connection::Connection(const Dialect &dialect, QString path, QString name)
    : m_dialect(dialect)
    , m_path(std::move(path))
    , m_name(std::move(name))
{
}

Connection::~Connection()
{
    m_statements.clear();
    m_dialect.installGuard(m_database, nullptr);
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<Connection>> Connection::open(const Dialect &dialect, const QString &path, Role role)
{
    std::unique_ptr<Connection> connection(new Connection(dialect, path, uniqueConnectionName()));
    connection->m_database = QSqlDatabase::addDatabase(dialect.driver(), connection->m_name);
    if (!connection->m_database.isValid())
        return fail(ErrorCode::StoreFailed, u"The database driver %1 is not installed"_s.arg(dialect.driver()));
    connection->m_database.setDatabaseName(path);
    connection->m_database.setConnectOptions(dialect.connectOptions(role));
    if (!connection->m_database.open())
        return connection->failure(connection->m_database.lastError(), u"open"_s);
    connection->m_handle = dialect.nativeHandle(connection->m_database);
    dialect.installGuard(connection->m_database, connection.get());
    for (const QString &statement : dialect.onConnect(role)) {
        if (const Result<void> done = connection->exec(statement); !done)
            return fail(done.error());
    }
    return connection;
}

Unexpected Connection::failure(const QSqlError &error, const QString &sql) const
{
    Error result;
    result.code = m_dialect.classify(error);
    if (result.code == ErrorCode::Canceled && m_cancel && !m_cancel->isCanceled() && !m_stopped.load())
        result.code = ErrorCode::Timeout;
    result.message = u"%1 (%2) in: %3"_s.arg(error.databaseText().isEmpty() ? error.driverText() : error.databaseText(),
                                             error.nativeErrorCode(), sql.left(160).simplified());
    return fail(std::move(result));
}

bool Connection::keepGoing()
{
    if (m_stopped.load())
        return false;
    return !m_cancel || (!m_cancel->isCanceled() && std::chrono::steady_clock::now() < m_deadline);
}

void Connection::setLimits(CancelToken cancel, std::chrono::steady_clock::time_point deadline)
{
    m_cancel = std::move(cancel);
    m_deadline = deadline;
}

void Connection::clearLimits()
{
    m_cancel.reset();
}

void Connection::stop()
{
    m_stopped.store(true);
    m_dialect.interrupt(m_handle);
}

Result<void> Connection::exec(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failure(query.lastError(), sql);
    // Some pragmas do their work row by row.
    while (query.next()) {
    }
    if (query.lastError().isValid())
        return failure(query.lastError(), sql);
    return {};
}

Result<QSqlQuery *> Connection::prepared(const QString &sql)
{
    if (const auto found = m_statements.constFind(sql); found != m_statements.constEnd())
        return found->get();
    if (m_statements.size() >= kMostStatements)
        m_statements.clear();
    auto query = std::make_shared<QSqlQuery>(m_database);
    query->setForwardOnly(true);
    if (!query->prepare(sql))
        return failure(query->lastError(), sql);
    return m_statements.insert(sql, query)->get();
}

Result<void> Connection::execute(QSqlQuery &query, const QVariantList &arguments)
{
    for (int at = 0; at < int(arguments.size()); ++at)
        query.bindValue(at, arguments.at(at));
    if (!query.exec()) {
        const Unexpected error = failure(query.lastError(), query.lastQuery());
        query.finish();
        return error;
    }
    return {};
}

Result<qint64> Connection::run(const QString &sql, const QVariantList &arguments)
{
    const Result<QSqlQuery *> query = prepared(sql);
    if (!query)
        return fail(query.error());
    if (const Result<void> done = execute(**query, arguments); !done)
        return fail(done.error());
    const qint64 rows = (*query)->numRowsAffected();
    m_lastInsertId = (*query)->lastInsertId().toLongLong();
    (*query)->finish();
    return rows;
}

Result<void> Connection::each(const QString &sql, const QVariantList &arguments,
                              const std::function<void(const Row &)> &row)
{
    const Result<QSqlQuery *> found = prepared(sql);
    if (!found)
        return fail(found.error());
    QSqlQuery &query = **found;
    if (Result<void> done = execute(query, arguments); !done)
        return done;
    const Row current(query);
    while (query.next())
        row(current);
    if (query.lastError().isValid()) {
        const Unexpected error = failure(query.lastError(), sql);
        query.finish();
        return error;
    }
    query.finish(); // lets go of the read snapshot
    return {};
}

Result<std::optional<qint64>> Connection::integer(const QString &sql, const QVariantList &arguments)
{
    std::optional<qint64> value;
    const Result<void> done = each(sql, arguments, [&value](const Row &row) {
        if (!value && !row.isNull(0))
            value = row.integer(0);
    });
    if (!done)
        return fail(done.error());
    return value;
}

Result<void> Connection::begin()
{
    return run(m_dialect.beginWrite()).map([](qint64) {});
}

Result<void> Connection::commit()
{
    return run(u"COMMIT"_s).map([](qint64) {});
}

void Connection::rollback()
{
    // A full disk may have rolled back already; then there is nothing to do and the error means nothing.
    static_cast<void>(run(u"ROLLBACK"_s));
}

Result<void> Connection::transaction(const std::function<Result<void>()> &body)
{
    if (Result<void> done = begin(); !done)
        return done;
    Result<void> done = body();
    if (done)
        done = commit();
    if (!done)
        rollback();
    return done;
}

} // namespace infra::store::sql
