// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/base/correlation.h"
#include "core/base/log_line.h"
#include "core/base/logging.h"
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <thread>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

Q_LOGGING_CATEGORY(testCategory, "test.category")

class TestLogging : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void everyLineOfTheFileIsJson();
    void aLineCarriesTheCorrelationOfItsThread();
    void whatIsBelowTheLevelIsLeftOut();
    void aMessageIsNeverAFormat();
    void aMessageCannotForgeALine();
    void aSecretIsInNeitherFile();
    void aFieldWithASecretNameIsMasked();
    void aHugeMessageIsCut();
    void anErrorBecomesFields();
    void qtsOwnMessagesAreTakenOver();
    void filesAreRotatedAndBounded();
    void linesOfManyThreadsStayWhole();
    void aFolderThatCannotBeWrittenIsTold();
    void theFolderIsOnlyOurs();
    void withoutStartNothingHappens();

private:
    QList<QJsonObject> jsonLines() const;
    QByteArray fileBytes(const QString &name) const;
    void startHere(log::Level level = log::Level::Debug);

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestLogging::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestLogging::cleanup()
{
    log::stop();
}

void TestLogging::startHere(log::Level level)
{
    log::Options options;
    options.folder = m_dir->filePath(u"logs"_s);
    options.level = level;
    QVERIFY(log::start(options).has_value());
}

QByteArray TestLogging::fileBytes(const QString &name) const
{
    QFile file(m_dir->filePath(QString(u"logs/" + name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<QJsonObject> TestLogging::jsonLines() const
{
    QList<QJsonObject> objects;
    const QList<QByteArray> lines = fileBytes(u"infrastructor.jsonl"_s).split('\n');
    for (const QByteArray &line : lines) {
        if (line.isEmpty())
            continue;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            qFatal("not a JSON line: %s", line.constData());
        objects.append(document.object());
    }
    return objects;
}

void TestLogging::everyLineOfTheFileIsJson()
{
    startHere();
    log::info("ssh.pool", u"connected to \"lab1\""_s, {{"device", u"d_1"_s}, {"empty", QString()}});
    log::warning("store", u"slow"_s);
    const QList<QJsonObject> lines = jsonLines();
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].value("level"_L1).toString(), u"info"_s);
    QCOMPARE(lines[0].value("category"_L1).toString(), u"ssh.pool"_s);
    QCOMPARE(lines[0].value("message"_L1).toString(), u"connected to \"lab1\""_s);
    QCOMPARE(lines[0].value("fields"_L1).toObject(), QJsonObject({{u"device"_s, u"d_1"_s}}));
    QVERIFY(fromRfc3339(lines[0].value("time"_L1).toString()).has_value());
    QVERIFY(!lines[1].contains("fields"_L1));
    const QByteArray readable = fileBytes(u"infrastructor.log"_s);
    QCOMPARE(readable.count('\n'), 2);
    QVERIFY(readable.contains("ssh.pool: connected to \"lab1\" device=d_1"));
}

void TestLogging::aLineCarriesTheCorrelationOfItsThread()
{
    startHere();
    {
        const CorrelationScope scope(CorrelationId(u"01HERE"_s));
        log::info("a", u"mine"_s);
        std::thread([] {
            const CorrelationScope other(CorrelationId(u"01THERE"_s));
            log::info("a", u"other"_s);
        }).join();
    }
    log::info("a", u"none"_s);
    const QList<QJsonObject> lines = jsonLines();
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0].value("correlation"_L1).toString(), u"01HERE"_s);
    QCOMPARE(lines[1].value("correlation"_L1).toString(), u"01THERE"_s);
    QVERIFY(!lines[2].contains("correlation"_L1));
}

void TestLogging::whatIsBelowTheLevelIsLeftOut()
{
    startHere(log::Level::Warning);
    log::info("a", u"no"_s);
    log::warning("a", u"yes"_s);
    log::setLevel(log::Level::Debug);
    log::debug("a", u"now"_s);
    const QList<QJsonObject> lines = jsonLines();
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[1].value("level"_L1).toString(), u"debug"_s);
}

void TestLogging::aMessageIsNeverAFormat()
{
    startHere();
    const QString hostile = u"{} {0} {:>99999999} %s %n %1 {{"_s;
    log::info("a", hostile);
    QCOMPARE(jsonLines().first().value("message"_L1).toString(), hostile);
    QVERIFY(fileBytes(u"infrastructor.log"_s).contains(hostile.toUtf8()));
}

void TestLogging::aMessageCannotForgeALine()
{
    startHere();
    log::info("a", u"x\n2026-01-01T00:00:00.000Z error    forged: yes\x1b[2J"_s);
    QCOMPARE(jsonLines().size(), 1);
    const QByteArray readable = fileBytes(u"infrastructor.log"_s);
    QCOMPARE(readable.count('\n'), 1);
    QVERIFY(!readable.contains('\x1b'));
}

void TestLogging::aSecretIsInNeitherFile()
{
    startHere();
    log::info("a", u"run --password=Canary77 now"_s, {{"url", u"https://bob:Canary77@h/"_s}});
    qWarning("PGPASSWORD=Canary77");
    for (const QString &name : {u"infrastructor.jsonl"_s, u"infrastructor.log"_s}) {
        const QByteArray bytes = fileBytes(name);
        QVERIFY(bytes.contains("--password="));
        QVERIFY2(!bytes.contains("Canary77"), bytes.constData());
    }
}

void TestLogging::aFieldWithASecretNameIsMasked()
{
    startHere();
    log::info("a", u"x"_s, {{"password", u"Canary78"_s}, {"host", u"lab1"_s}});
    const QJsonObject fields = jsonLines().first().value("fields"_L1).toObject();
    QCOMPARE(fields.value("password"_L1).toString(), u"‹masked›"_s);
    QCOMPARE(fields.value("host"_L1).toString(), u"lab1"_s);
}

void TestLogging::aHugeMessageIsCut()
{
    startHere();
    log::info("a", QString(1'000'000, u'x'));
    QCOMPARE(jsonLines().first().value("message"_L1).toString().size(), 16 * 1024);
}

void TestLogging::anErrorBecomesFields()
{
    startHere();
    Error error{.code = ErrorCode::Refused, .message = u"lab1 refused"_s};
    error.correlation = u"01ABC"_s;
    log::error("ssh", error);
    const QJsonObject line = jsonLines().first();
    QCOMPARE(line.value("level"_L1).toString(), u"error"_s);
    QCOMPARE(line.value("message"_L1).toString(), u"lab1 refused"_s);
    const QJsonObject fields = line.value("fields"_L1).toObject();
    QCOMPARE(fields.value("code"_L1).toString(), u"ssh.network.refused"_s);
    QCOMPARE(fields.value("error_correlation"_L1).toString(), u"01ABC"_s);
    QVERIFY(!fields.value("cause"_L1).toString().isEmpty());
}

void TestLogging::qtsOwnMessagesAreTakenOver()
{
    startHere();
    qWarning("plain %d", 5);
    qCInfo(testCategory) << "from a category";
    log::stop();
    const QList<QJsonObject> lines = jsonLines();
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].value("category"_L1).toString(), u"qt"_s);
    QCOMPARE(lines[0].value("message"_L1).toString(), u"plain 5"_s);
    QCOMPARE(lines[0].value("level"_L1).toString(), u"warning"_s);
    QCOMPARE(lines[1].value("category"_L1).toString(), u"test.category"_s);
    // Given back: this one goes to the test's own handler.
    QTest::ignoreMessage(QtWarningMsg, "after stop");
    qWarning("after stop");
}

void TestLogging::filesAreRotatedAndBounded()
{
    log::Options options;
    options.folder = m_dir->filePath(u"logs"_s);
    options.maxBytes = 8192;
    options.files = 3;
    QVERIFY(log::start(options).has_value());
    for (int i = 0; i < 1000; ++i)
        log::info("rotate", u"line %1 with some words to fill the file"_s.arg(i));
    log::stop();
    const QStringList json = QDir(options.folder).entryList({u"*.jsonl"_s});
    QCOMPARE(json.size(), 3);
    QCOMPARE(QDir(options.folder).entryList({u"*.log"_s}).size(), 3);
    for (const QString &name : json)
        QVERIFY(QFile(QDir(options.folder).filePath(name)).size() <= 8192);
    const QList<QJsonObject> newest = jsonLines();
    QVERIFY(newest.last().value("message"_L1).toString().startsWith(u"line 999"));
}

void TestLogging::linesOfManyThreadsStayWhole()
{
    startHere();
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([t] {
            const CorrelationScope scope(CorrelationId(QString::number(t)));
            for (int i = 0; i < 200; ++i)
                log::info("many", u"%1"_s.arg(t));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const QList<QJsonObject> lines = jsonLines();
    QCOMPARE(lines.size(), 800);
    for (const QJsonObject &line : lines)
        QCOMPARE(line.value("message"_L1).toString(), line.value("correlation"_L1).toString());
}

void TestLogging::aFolderThatCannotBeWrittenIsTold()
{
    QFile file(m_dir->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    log::Options options;
    options.folder = m_dir->filePath(u"file/logs"_s); // below a file there is no folder, not even for root
    const Result<void> started = log::start(options);
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::FileUnwritable);
    QVERIFY(started.error().message.contains(options.folder));
    // The names of both files taken by folders: the folder is there, the files cannot be opened.
    QVERIFY(QDir(m_dir->path()).mkpath(u"taken/infrastructor.jsonl"_s));
    options.folder = m_dir->filePath(u"taken"_s);
    const Result<void> second = log::start(options);
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::FileUnwritable);
}

void TestLogging::theFolderIsOnlyOurs()
{
    startHere();
    const auto others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(m_dir->filePath(u"logs"_s)) & others));
}

void TestLogging::withoutStartNothingHappens()
{
    log::info("a", u"nobody listens"_s);
    QVERIFY(!QFile::exists(m_dir->filePath(u"logs"_s)));
    log::stop();
}

INFRA_TEST(TestLogging)
#include "tst_logging.moc"
