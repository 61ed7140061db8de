// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sql/write_context.h"

#include <QtCore/QMap>

#include <deque>

namespace infra::store::sql {

/// Sum, count and extremes of values.
struct Accumulator
{
    double sum = 0;
    qint64 n = 0;
    double min = 0, max = 0;

    void add(double value) { merge({value, 1, value, value}); }
    void merge(const Accumulator &other);
    double mean() const { return n > 0 ? sum / static_cast<double>(n) : 0; }
};

/// Rolls up the hours that were marked: their 5-minute rows are made anew from what was read, the hour from these, the
/// day from its hours. Whatever is done twice gives the same. An hour is done in several short transactions; its mark
/// goes with the last one, and until then readers take the raw rows. Writer thread.
class RollUp
{
public:
    explicit RollUp(WriteContext &context)
        : m_context(context)
    {
    }
    /// Takes up the marked hours that are over at `now`.
    Result<void> start(Instant now);
    /// One short transaction; false when nothing is left.
    Result<bool> step();
    void abandon();

private:
    struct Work
    {
        qint64 device = 0, hour = 0, generation = 0; ///< hour in ms
    };
    struct LabelledHour
    {
        qint64 series = 0;
        QMap<qint64, Accumulator> buckets; ///< by start in s
    };
    Result<void> foldWide(const Work &work);
    Result<void> foldAudit(const Work &work);
    Result<void> loadLabelled(const Work &work);
    Result<void> foldLabelled(const Work &work, const LabelledHour &hour);
    Result<void> insertSeriesRow(const QString &table, qint64 series, qint64 bucket, const Accumulator &values);
    Result<void> unmark(const Work &work);
    Result<void> change(const QString &table, qint64 sign, const QString &sql, const QVariantList &arguments);

    WriteContext &m_context;
    std::deque<Work> m_work;
    bool m_wideDone = false;
    std::deque<LabelledHour> m_labelled;
};

} // namespace infra::store::sql
