// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/tables/data_table.h"

namespace infra::ui {

/// Rows of a model as text. `rows`: source rows, `columns`: column indexes, both in the order wanted. Values are the
/// exact ones of CopyRole where a cell has them, else what is shown.
QByteArray tableToCsv(const TableModel &model, const QList<int> &rows, const QList<int> &columns);
QByteArray tableToJson(const TableModel &model, const QList<int> &rows, const QList<int> &columns);
QString tableToText(const TableModel &model, const QList<int> &rows, const QList<int> &columns); ///< tabs between cells

/// One CSV field (RFC 4180). A field that a spreadsheet would take for a formula gets a leading apostrophe; plain
/// numbers do not.
QString csvField(const QString &text);

} // namespace infra::ui
