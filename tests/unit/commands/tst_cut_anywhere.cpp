// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 300
#include "tests/support/test_registry.h"
#include "tests/unit/commands/command_support.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::commands;
using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray fixtureNonce = "00112233445566778899aabbccddeeff";

bool isMissing(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined() || (value.isString() && value.toString().isEmpty()) ||
           (value.isArray() && value.toArray().isEmpty()) || (value.isObject() && value.toObject().isEmpty());
}

/// Everything that `part` says is what `whole` says; it may say less.
bool saysNothingElse(const QJsonValue &part, const QJsonValue &whole)
{
    if (isMissing(part))
        return true;
    if (part.isObject() && whole.isObject()) {
        const QJsonObject some = part.toObject(), all = whole.toObject();
        for (auto it = some.begin(); it != some.end(); ++it)
            if (!saysNothingElse(it.value(), all.value(it.key())))
                return false;
        return true;
    }
    if (part.isArray() && whole.isArray()) {
        const QJsonArray some = part.toArray(), all = whole.toArray();
        for (const QJsonValue &entry : some)
            if (std::none_of(all.begin(), all.end(),
                             [&](const QJsonValue &other) { return saysNothingElse(entry, other); }))
                return false;
        return true;
    }
    return part == whole;
}

} // namespace

/// An answer that ends anywhere: no crash, and no value but the right one.
class TestCutAnywhere final : public QObject
{
    Q_OBJECT
private:
    QByteArray m_text;
    QList<Kind> m_kinds = implementedKinds();
    CommandRegistry m_registry;
    QHash<Kind, QJsonValue> m_whole;

    void compare(const QByteArray &cut, const QList<Kind> &kinds, qsizetype at)
    {
        const Result<ParsedCycle> cycle = m_registry.parse(cut, fixtureNonce, kinds, true);
        if (!cycle) {
            QCOMPARE(cycle.error().code, ErrorCode::BadOutput);
            return;
        }
        QCOMPARE(cycle->sections.size(), kinds.size());
        if (cycle->detected)
            QCOMPARE(cycle->detected->capabilities.size(), qsizetype(5));
        if (cycle->hostCpuMs)
            QCOMPARE(*cycle->hostCpuMs, 110.0);
        for (qsizetype i = 0; i < kinds.size(); ++i) {
            const QJsonValue part = toJson(cycle->sections.at(i).data);
            if (!saysNothingElse(part, m_whole.value(kinds.at(i)))) {
                const QString text = part.isArray() ? QString::fromUtf8(QJsonDocument(part.toArray()).toJson())
                                                    : QString::fromUtf8(QJsonDocument(part.toObject()).toJson());
                QFAIL(qPrintable(u"cut at %1, %2: %3"_s.arg(at).arg(toName(kinds.at(i)), text)));
            }
        }
    }

    QByteArray sectionFrom(const QByteArray &name) const
    {
        const qsizetype from = m_text.indexOf(QByteArray("\n@@" + fixtureNonce + ' ' + name + '\n'));
        const QByteArray close = "\n@@" + fixtureNonce + " ." + name + '\n';
        return m_text.mid(from, m_text.indexOf(close) + close.size() - from);
    }

private slots:
    void initTestCase()
    {
        m_text = fixture(u"cycle_linux.txt"_s);
        QVERIFY(!m_text.isEmpty());
        const Result<ParsedCycle> cycle = m_registry.parse(m_text, fixtureNonce, m_kinds, true);
        QVERIFY(cycle.has_value());
        for (const Section &section : cycle->sections) {
            QVERIFY2(section.status == SectionStatus::Ok,
                     qPrintable(toName(section.kind) + section.warnings.join(u';')));
            m_whole.insert(section.kind, toJson(section.data));
        }
        QCOMPARE(*cycle->hostCpuMs, 110.0);
        QCOMPARE(cycle->detected->capabilities.size(), qsizetype(5));
    }

    void theWholeAnswerEndsAnywhere()
    {
        for (qsizetype at = 0; at < m_text.size(); at += at % 61 == 0 ? 7 : 54) {
            compare(m_text.first(at), m_kinds, at);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void everySectionEndsAtEveryByte_data()
    {
        QTest::addColumn<Kind>("kind");
        for (const Kind kind : std::as_const(m_kinds))
            QTest::newRow(toName(kind).toLatin1().constData()) << kind;
    }
    /// The link breaks there; or the host's own cap ends the section there, and the marks behind it come.
    void everySectionEndsAtEveryByte()
    {
        QFETCH(Kind, kind);
        const QByteArray host = m_text.first(m_text.indexOf(QByteArray("\n@@" + fixtureNonce + " detect")));
        const QByteArray section = sectionFrom(toName(kind).toLatin1());
        const QByteArray after = "\n@@" + fixtureNonce + " cost\n\n@@" + fixtureNonce + " end 0\n";
        QVERIFY(section.size() > 100);
        for (qsizetype at = 1; at < section.size(); ++at) {
            compare(host + section.first(at), {kind}, at);
            compare(host + section.first(at) + after, {kind}, at);
            if (QTest::currentTestFailed())
                return;
        }
    }
};

INFRA_TEST(TestCutAnywhere)
#include "tst_cut_anywhere.moc"
