// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_tree.h"
#include "tests/support/test_registry.h"

#include <QtCore/QMap>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

class TestArchitecture : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void theReaderOfSourcesBlanksWhatItShould();
    void includesPointLeft();
    void adaptersAreSeenByTheCompositionRootOnly();
    void coreKnowsNoWidgetsAndNoTranslation();
    void timeAndChanceComeFromBase();
    void sqlStandsInTheStoreOnly();
    void libsshStandsBehindItsPort();
    void onlyTheManagerApproves();
    void nothingWaitsInANestedLoop();
    void thereAreNoSingletons();
    void filesAreShort();
    void everyFileNamesItsLicence();
    void theRepositorySpeaksOfTheProductOnly();

private:
    using Wanted = std::function<bool(const SourceFile &)>;
    /// Lines of the wanted files that match, as "path:line: text".
    QStringList find(const QString &pattern, const Wanted &wanted, bool withStrings = false) const;

    QList<SourceFile> m_files;
};

namespace {

/// The one table of the direction: a module may include itself and what stands beside it here.
const QMap<QString, QSet<QString>> &allowedIncludes()
{
    static const QMap<QString, QSet<QString>> table = [] {
        const QSet<QString> ground = {u"base"_s, u"model"_s};
        const QSet<QString> second =
            ground | QSet<QString>{u"events"_s, u"schema"_s, u"secrets"_s, u"store"_s, u"ssh"_s};
        const QSet<QString> third = second | QSet<QString>{u"cache"_s, u"commands"_s, u"topology"_s};
        const QSet<QString> guard = third | QSet<QString>{u"guard"_s};
        const QSet<QString> collect = guard | QSet<QString>{u"collect"_s};
        const QSet<QString> engine = collect | QSet<QString>{u"engine"_s};
        return QMap<QString, QSet<QString>>{
            {u"base"_s, {}},
            {u"model"_s, {u"base"_s}},
            {u"events"_s, ground},
            {u"schema"_s, ground},
            {u"secrets"_s, ground},
            {u"store"_s, ground},
            {u"ssh"_s, ground | QSet<QString>{u"secrets"_s}}, // the transport's contract hands secrets on
            {u"cache"_s, second},
            {u"commands"_s, second},
            {u"topology"_s, second},
            {u"guard"_s, third},
            {u"collect"_s, guard},
            {u"engine"_s, collect},
            {u"ui"_s, engine},
            {u"app"_s, engine | QSet<QString>{u"ui"_s}},
        };
    }();
    return table;
}

QString joined(const QStringList &found)
{
    return QString(u'\n' + found.join(u'\n'));
}

bool isProduct(const SourceFile &file)
{
    return !file.isTest();
}

bool isCore(const SourceFile &file)
{
    return file.path.startsWith(u"core/");
}

} // namespace

#define VERIFY_NONE(list)                                                                                              \
    do {                                                                                                               \
        const QStringList foundHere = (list);                                                                          \
        QVERIFY2(foundHere.isEmpty(), qPrintable(joined(foundHere)));                                                  \
    } while (false)

void TestArchitecture::initTestCase()
{
    m_files = readSources(QStringLiteral(INFRA_SOURCE_DIR));
    QVERIFY(m_files.size() > 100); // an empty tree would keep every rule
}

QStringList TestArchitecture::find(const QString &pattern, const Wanted &wanted, bool withStrings) const
{
    const QRegularExpression expression(pattern);
    if (!expression.isValid())
        qFatal("not an expression: %s", qPrintable(pattern));
    QStringList found;
    for (const SourceFile &file : m_files) {
        if (!wanted(file))
            continue;
        const QStringList &lines = withStrings ? file.quoted : file.code;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (expression.match(lines[i]).hasMatch())
                found.append(u"%1:%2: %3"_s.arg(file.path).arg(i + 1).arg(file.lines.value(i).trimmed()));
        }
    }
    return found;
}

void TestArchitecture::theReaderOfSourcesBlanksWhatItShould()
{
    const QString text = u"a(\"x // y\"); // QTimer\n/* QTimer\n*/ b('\"', 1'000, R\"(QTimer \" )\"); c"_s;
    QVERIFY(!blanked(text, true).contains(u"QTimer"));
    QVERIFY(blanked(text, true).endsWith(u"; c"));
    QVERIFY(blanked(text, false).contains(u"x // y"));
    QCOMPARE(blanked(text, false).count(u"QTimer"_s), 1);
    QCOMPARE(blanked(text, true).size(), text.size());
}

void TestArchitecture::includesPointLeft()
{
    static const QRegularExpression include(u"^\\s*#include \"(core/([a-z_]+)|ui|app|tests)/"_s);
    QStringList wrong;
    for (const SourceFile &file : m_files) {
        if (file.isTest())
            continue;
        const QString from = file.module();
        QVERIFY2(allowedIncludes().contains(from), qPrintable(file.path));
        for (const QString &line : file.quoted) {
            const QRegularExpressionMatch match = include.match(line);
            if (!match.hasMatch())
                continue;
            const QString to = match.captured(2).isEmpty() ? match.captured(1) : match.captured(2);
            if (to != from && !allowedIncludes().value(from).contains(to))
                wrong.append(u"%1 includes %2"_s.arg(file.path, line.trimmed()));
        }
    }
    VERIFY_NONE(wrong);
}

void TestArchitecture::adaptersAreSeenByTheCompositionRootOnly()
{
    VERIFY_NONE(find(
        u"#include \"core/(store/sql|ssh/libssh)/"_s,
        [](const SourceFile &file) {
            return isProduct(file) && !file.path.startsWith(u"app/") && !file.path.startsWith(u"core/store/sql/") &&
                   !file.path.startsWith(u"core/ssh/libssh/");
        },
        true));
}

void TestArchitecture::coreKnowsNoWidgetsAndNoTranslation()
{
    VERIFY_NONE(find(u"#include <Qt(Widgets|Gui|Charts|Svg)/"_s, isCore));
    VERIFY_NONE(find(u"\\btr\\(|QT_TR_NOOP|QCoreApplication::translate"_s, isCore));
}

void TestArchitecture::timeAndChanceComeFromBase()
{
    const Wanted outside = [](const SourceFile &file) {
        return isProduct(file) && !file.path.startsWith(u"core/base/");
    };
    VERIFY_NONE(find(
        u"\\bQTimer\\b|\\bcurrentDateTime(Utc)?\\b|\\bcurrentMSecsSinceEpoch\\b|\\bcreateUuid\\b|\\bsystem_clock::now\\b"_s,
        outside));
    VERIFY_NONE(find(u"\\bQRandomGenerator\\b|std::(random_device|mt19937)|\\bs?rand\\(\\)"_s, outside));
}

void TestArchitecture::sqlStandsInTheStoreOnly()
{
    VERIFY_NONE(find(
        u"\"\\s*(SELECT|INSERT INTO|INSERT OR|UPDATE \\w+ SET|DELETE FROM|CREATE TABLE|PRAGMA)\\b"_s,
        [](const SourceFile &file) { return isProduct(file) && !file.path.startsWith(u"core/store/sql/"); }, true));
    VERIFY_NONE(find(u"#include <QtSql/|\\bQSqlQuery\\b"_s, [](const SourceFile &file) {
        return isProduct(file) && !file.path.startsWith(u"core/store/sql/");
    }));
}

void TestArchitecture::libsshStandsBehindItsPort()
{
    VERIFY_NONE(
        find(u"\\bssh_[a-z_]+\\(|\\bssh_(session|channel|key)\\b|#include <libssh/"_s,
             [](const SourceFile &file) { return isProduct(file) && !file.path.startsWith(u"core/ssh/libssh/"); }));
}

void TestArchitecture::onlyTheManagerApproves()
{
    const QStringList friends = find(u"friend class.*DestructiveActionManager"_s, isProduct);
    QCOMPARE(friends.size(), 1);
    QVERIFY2(friends.first().startsWith(u"core/ssh/approved_command.h:"), qPrintable(friends.first()));
    VERIFY_NONE(find(u"\\bclass DestructiveActionManager\\b(?!;)"_s, [](const SourceFile &file) {
        return !file.path.startsWith(u"core/guard/") && file.path != u"tests/support/approval.h" &&
               file.path != u"core/ssh/approved_command.h";
    }));
    VERIFY_NONE(
        find(u"\\bApprovedCommand\\s*[({]|make_(unique|shared)<(ssh::)?ApprovedCommand>"_s, [](const SourceFile &file) {
            return isProduct(file) && !file.path.startsWith(u"core/guard/") &&
                   file.path != u"core/ssh/approved_command.h" && file.path != u"core/ssh/approved_command.cpp";
        }));
}

void TestArchitecture::nothingWaitsInANestedLoop()
{
    VERIFY_NONE(find(
        u"\\bQEventLoop\\b|\\bprocessEvents\\b|\\bwaitFor(Started|Finished|ReadyRead|BytesWritten|Connected|Disconnected|NewConnection|Done|Result)\\b"_s,
        isProduct));
    VERIFY_NONE(find(u"(\\.|->)exec\\(\\)"_s, [](const SourceFile &file) {
        // The application's own loop and the loops of its threads; a prepared query of SQL is run by a word of the same
        // name.
        return isProduct(file) && !file.path.startsWith(u"app/") && !file.path.startsWith(u"core/store/sql/");
    }));
}

void TestArchitecture::thereAreNoSingletons()
{
    // Qt's own are called by their class (QCoreApplication::instance).
    VERIFY_NONE(find(
        u"\\bstatic\\b.*\\binstance\\s*\\(\\)|(?<!QCoreApplication)(?<!QApplication)(?<!QGuiApplication)::instance\\(\\)"_s,
        isProduct));
}

void TestArchitecture::filesAreShort()
{
    // Contracts between modules written as one text; each stands for a reason.
    const QMap<QString, QString> exceptions = {
        {u"core/model/inventory.h"_s, u"every list entry of the contract side by side"_s},
        {u"core/store/repositories.h"_s, u"both ports of the store"_s},
        {u"ui/widgets/controls.h"_s, u"the small controls every page uses, one declaration each"_s},
        {u"tests/integration/ssh/ssh_harness.h"_s, u"what every test of logins, jumps and trouble stands on"_s},
    };
    QStringList wrong;
    for (const SourceFile &file : m_files) {
        const qsizetype count = file.lines.size() - 1;
        const qsizetype limit = file.isHeader() && !exceptions.contains(file.path) ? 150 : 400;
        if (count > limit)
            wrong.append(u"%1: %2 lines of %3"_s.arg(file.path).arg(count).arg(limit));
    }
    VERIFY_NONE(wrong);
}

void TestArchitecture::everyFileNamesItsLicence()
{
    QStringList wrong;
    for (const SourceFile &file : m_files) {
        if (file.lines.value(0) != u"// SPDX-License-Identifier: GPL-3.0-or-later")
            wrong.append(file.path);
    }
    VERIFY_NONE(wrong);
}

void TestArchitecture::theRepositorySpeaksOfTheProductOnly()
{
    VERIFY_NONE(find(
        u"\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b"_s,
        [](const SourceFile &file) { return file.path != u"tests/architecture/tst_architecture.cpp"; }, true));
}

INFRA_TEST(TestArchitecture)
#include "tst_architecture.moc"
