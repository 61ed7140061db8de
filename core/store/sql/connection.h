// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel_token.h"
#include "core/base/result.h"
#include "core/store/sql/dialect.h"

#include <QtCore/QHash>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlQuery>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace infra::store::sql {

/// One row of an answer, by column number. Valid inside the function that got it.
class Row
{
public:
    explicit Row(const QSqlQuery &query)
        : m_query(query)
    {
    }
    bool isNull(int column) const { return m_query.isNull(column); }
    qint64 integer(int column) const { return m_query.value(column).toLongLong(); }
    double number(int column) const { return m_query.value(column).toDouble(); }
    QString text(int column) const { return m_query.value(column).toString(); }
    QByteArray bytes(int column) const { return m_query.value(column).toByteArray(); }
    std::optional<qint64> optionalInteger(int column) const;
    std::optional<double> optionalNumber(int column) const;

private:
    const QSqlQuery &m_query;
};

/// A database connection with its prepared statements. Made, used and destroyed inside one thread.
class Connection final : private QueryGuard
{
public:
    static Result<std::unique_ptr<Connection>> open(const Dialect &dialect, const QString &path, Role role);
    ~Connection() override;
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    const Dialect &dialect() const { return m_dialect; }
    QString path() const { return m_path; }

    /// One statement, not kept prepared: schema, pragmas.
    Result<void> exec(const QString &sql);
    /// A prepared statement that changes rows; gives how many.
    Result<qint64> run(const QString &sql, const QVariantList &arguments = {});
    /// A prepared question; `row` is called for each row of the answer.
    Result<void> each(const QString &sql, const QVariantList &arguments, const std::function<void(const Row &)> &row);
    /// The first column of the first row, when there is one.
    Result<std::optional<qint64>> integer(const QString &sql, const QVariantList &arguments = {});
    /// The texts that were prepared so far.
    QStringList preparedTexts() const { return m_statements.keys(); }
    qint64 lastInsertId() const { return m_lastInsertId; }

    /// See Dialect::releasePages.
    Result<void> releasePages(int pages) { return m_dialect.releasePages(m_handle, pages); }

    Result<void> begin();
    Result<void> commit();
    void rollback();
    /// A transaction around `body`; rolled back when it fails.
    Result<void> transaction(const std::function<Result<void>()> &body);

    /// Until `clearLimits`, statements stop with Canceled or Timeout.
    void setLimits(CancelToken cancel, std::chrono::steady_clock::time_point deadline);
    void clearLimits();
    /// From any thread, while this connection lives: the running statement ends with Canceled, and so do later ones.
    void stop();

private:
    Connection(const Dialect &dialect, QString path, QString name);
    bool keepGoing() override;
    Result<QSqlQuery *> prepared(const QString &sql);
    Result<void> execute(QSqlQuery &query, const QVariantList &arguments);
    Unexpected failure(const QSqlError &error, const QString &sql) const;

    const Dialect &m_dialect;
    QString m_path;
    QString m_name;
    QSqlDatabase m_database;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements;
    qint64 m_lastInsertId = 0;
    std::optional<CancelToken> m_cancel;
    std::chrono::steady_clock::time_point m_deadline{};
    std::atomic_bool m_stopped{false};
    void *m_handle = nullptr;
};

} // namespace infra::store::sql
