// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QTranslator>

class QWidget;

namespace infra::test {

/// A language that nobody speaks: every letter with an accent, two fifths longer, in brackets ("[Đéṽíçéš ~~~]"), so
/// that words that do not fit and words that never passed tr() are seen. Placeholders, mnemonics and line ends stay.
class PseudoLocale final : public QTranslator
{
public:
    QString translate(const char *context, const char *source, const char *disambiguation, int n) const override;
    bool isEmpty() const override { return false; }
    static QString pseudo(const QString &text);
};

/// Words drawn below `window` that are plain letters, so not translated, and neither data of the fake fleet nor the
/// same in every language (units, keys, names of things). Each as "word in 'whole text' (widget)".
QStringList untranslatedTexts(QWidget &window);

} // namespace infra::test
