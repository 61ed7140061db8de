// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error_table.h"
#include "core/base/result.h"
#include "tests/support/test_registry.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestError : public QObject
{
    Q_OBJECT
private slots:
    void everyCodeHasExactlyOneRow();
    void namesAreUniqueAndWellFormed();
    void everyRowSaysCauseAndRemedy();
    void aNameLeadsBackToItsCode();
    void aForeignNameIsInternal();
    void anErrorPrefersItsOwnTexts();
    void equalityLooksAtTextsAndNotAtThePlace();
    void badInputNamesFieldValueAndRule();
    void badInputIsShortenedAndMasked();
};

namespace {

// The enumeration ends with this one; a code added after it must move this mark.
constexpr int codeCount = static_cast<int>(ErrorCode::FileUnwritable) + 1;

} // namespace

void TestError::everyCodeHasExactlyOneRow()
{
    QCOMPARE(static_cast<int>(errorRows().size()), codeCount);
    for (int i = 0; i < codeCount; ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const auto rows = std::count_if(errorRows().begin(), errorRows().end(),
                                        [code](const ErrorRow &row) { return row.code == code; });
        QCOMPARE(rows, 1);
        // In the enumeration's order, so that a row cannot stand at another code's place unseen.
        QCOMPARE(errorRows()[static_cast<std::size_t>(i)].code, code);
    }
}

void TestError::namesAreUniqueAndWellFormed()
{
    QSet<QString> names;
    for (const ErrorRow &row : errorRows()) {
        const QString name = row.info.name.toString();
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.insert(name);
        QVERIFY(!name.isEmpty());
        for (const QChar c : name)
            QVERIFY2((c >= u'a' && c <= u'z') || c == u'_' || c == u'.', qPrintable(name));
    }
}

void TestError::everyRowSaysCauseAndRemedy()
{
    for (const ErrorRow &row : errorRows()) {
        QVERIFY2(row.info.cause.size() > 15 && row.info.cause.endsWith(u'.'), qPrintable(row.info.name.toString()));
        QVERIFY2(row.info.remedy.size() > 10 && row.info.remedy.endsWith(u'.'), qPrintable(row.info.name.toString()));
    }
}

void TestError::aNameLeadsBackToItsCode()
{
    for (const ErrorRow &row : errorRows())
        QCOMPARE(errorCodeFromName(row.info.name), row.code);
    QCOMPARE(errorInfo(ErrorCode::AuthKeyRejected).name, QStringView(u"ssh.auth.key_rejected"));
    QCOMPARE(errorInfo(ErrorCode::ServerBusy).name, QStringView(u"ssh.protocol.startups"));
    QVERIFY(errorInfo(ErrorCode::LinkLost).retryable);
    QVERIFY(!errorInfo(ErrorCode::HostKeyChanged).retryable);
}

void TestError::aForeignNameIsInternal()
{
    QCOMPARE(errorCodeFromName(u"no.such.name"), ErrorCode::Internal);
    QCOMPARE(errorCodeFromName(u""), ErrorCode::Internal);
    QCOMPARE(errorInfo(static_cast<ErrorCode>(10'000)).name, QStringView(u"internal"));
}

void TestError::anErrorPrefersItsOwnTexts()
{
    Error error{.code = ErrorCode::Timeout, .message = u"late"_s};
    QCOMPARE(error.causeText(), errorInfo(ErrorCode::Timeout).cause.toString());
    QCOMPARE(error.remedyText(), errorInfo(ErrorCode::Timeout).remedy.toString());
    error.cause = u"because"_s;
    error.remedy = u"wait"_s;
    QCOMPARE(error.causeText(), u"because"_s);
    QCOMPARE(error.remedyText(), u"wait"_s);
    QCOMPARE(error.name(), u"timeout"_s);
}

void TestError::equalityLooksAtTextsAndNotAtThePlace()
{
    const Error a{.code = ErrorCode::Timeout, .message = u"late"_s};
    Error b{.code = ErrorCode::Timeout, .message = u"late"_s};
    QVERIFY(a == b);
    b.field = u"x"_s;
    QVERIFY(!(a == b));
}

void TestError::badInputNamesFieldValueAndRule()
{
    const Result<void> result = invalid(u"port"_s, u"0"_s, u"a number from 1 to 65535"_s);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(result.error().field, u"port"_s);
    QCOMPARE(result.error().value, u"0"_s);
    QCOMPARE(result.error().rule, u"a number from 1 to 65535"_s);
    QVERIFY(result.error().message.contains(u"port"));
    QVERIFY(QString::fromUtf8(result.error().where.file_name()).endsWith(u"tst_error.cpp"));
}

void TestError::badInputIsShortenedAndMasked()
{
    const Result<void> longOne = invalid(u"name"_s, QString(5000, u'x'), u"short"_s);
    QVERIFY(longOne.error().value.size() <= 120);
    QVERIFY(longOne.error().value.endsWith(u'…'));
    const Result<void> secret = invalid(u"url"_s, u"https://bob:hunter2@example.org/"_s, u"without password"_s);
    QVERIFY(!secret.error().value.contains(u"hunter2"));
    const Result<void> hostile = invalid(u"name"_s, u"a\x1b[2Jb"_s, u"plain"_s);
    QVERIFY(!hostile.error().value.contains(u'\x1b'));
}

INFRA_TEST(TestError)
#include "tst_error.moc"
