// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/error_text.h"

#include "ui/text/error_text_rows.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

namespace {

const ErrorTextRow *findErrorRow(ErrorCode code)
{
    for (const auto rows : {connectionErrorRows(), otherErrorRows()}) {
        for (const ErrorTextRow &row : rows) {
            if (row.code == code)
                return &row;
        }
    }
    return nullptr;
}

QString errorWord(const char *text)
{
    return QCoreApplication::translate("Errors", text);
}

} // namespace

ErrorWords errorWords(const Error &error)
{
    ErrorWords words;
    if (const ErrorTextRow *row = findErrorRow(error.code))
        words = {errorWord(row->what), errorWord(row->why), errorWord(row->remedy)};
    else
        words = {error.name(), error.causeText(), error.remedyText()};
    // What was seen this time says more than the general text; it is in English as the machine said it.
    if (!error.cause.isEmpty())
        words.why = error.cause;
    if (!error.remedy.isEmpty())
        words.remedy = error.remedy;
    if (!error.field.isEmpty() && !error.rule.isEmpty())
        words.why =
            QCoreApplication::translate("Errors", "%1: %2 (given: %3).").arg(error.field, error.rule, error.value);
    return words;
}

} // namespace infra::ui
