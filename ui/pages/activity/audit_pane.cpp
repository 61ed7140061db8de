// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/activity/audit_pane.h"

#include "ui/pages/activity/audit_filter.h"
#include "ui/shell/surface.h"
#include "ui/text/error_text.h"
#include "ui/text/format.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/scroller.h"

#include <QtCore/QJsonDocument>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

AuditPane::AuditPane(const PageContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
{
    const Theme &theme = context.theme;
    setProperty("surface", u"pane"_s);
    setAccessibleName(tr("The chosen operation"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    m_nothing = makeLabel(theme, tr("Choose a row to see all of it."), TextStyle::Body, "text.secondary", this);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(14, 14, 14, 14);
    column->addWidget(m_nothing, 0, Qt::AlignTop);
    m_content = new QWidget(this);
    column->addWidget(m_content, 1);
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    QFrame *head = makeSurface(u"head"_s, m_content);
    head->setFixedHeight(theme.px(46));
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(14, 0, 14, 0);
    m_title = new ElidedLabel(theme, QString(), TextStyle::BodyStrong, "text.primary", head);
    headRow->addWidget(m_title, 1);
    m_result = new TagLabel(theme, QString(), head);
    headRow->addWidget(m_result);
    inner->addWidget(head);
    auto *scroll = makeScroller(m_content);
    QFrame *page = makeSurface(u"flat"_s, scroll);
    auto *sections = new QVBoxLayout(page);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(0);
    const auto section = [&](const QString &title, QWidget *content) {
        auto *box = new QWidget(page);
        auto *body = new QVBoxLayout(box);
        body->setContentsMargins(14, 12, 14, 12);
        body->setSpacing(6);
        if (!title.isEmpty())
            body->addWidget(makeLabel(theme, title, TextStyle::BodyStrong, "text.primary", box));
        body->addWidget(content);
        body->addSpacing(4);
        body->addWidget(makeSurface(u"line"_s, box));
        sections->addWidget(box);
        return box;
    };
    m_facts = new KeyValueList(theme, page);
    section({}, m_facts);
    m_error = new KeyValueList(theme, page);
    m_errorBox = section(tr("Why it failed"), m_error);
    m_detail = makeLabel(theme, QString(), TextStyle::Code, "text.primary", page);
    m_detail->setWordWrap(true);
    letCopy(m_detail, tr("Detail"));
    m_detailBox = section(tr("Detail"), m_detail);
    sections->addStretch(1);
    scroll->setWidget(page);
    inner->addWidget(scroll, 1);
    inner->addWidget(makeSurface(u"line"_s, m_content));
    auto *footBox = new QWidget(m_content);
    auto *foot = new FlowLayout(footBox, 8); // longer words take a second line
    foot->setContentsMargins(14, 9, 14, 9);
    m_open = makeButton(theme, tr("Open device"), ButtonKind::Default, {}, m_content);
    QPushButton *copy = makeButton(theme, tr("Copy as JSON"), ButtonKind::Default, {}, m_content);
    QPushButton *related = makeButton(theme, tr("Related"), ButtonKind::Flat, {}, m_content);
    related->setToolTip(tr("Rows of the same device in the last hour"));
    for (QPushButton *button : {m_open, copy, related})
        setButtonSize(button, ButtonSize::Small);
    foot->addWidget(m_open);
    foot->addWidget(copy);
    foot->addWidget(related);
    inner->addWidget(footBox);
    connect(m_open, &QPushButton::clicked, this, [this] {
        m_context.navigator.open({u"device"_s, *m_entry->device, {}});
    });
    connect(copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(QJsonDocument(toJson(*m_entry)).toJson()));
        m_context.navigator.toast(tr("Copied"));
    });
    connect(related, &QPushButton::clicked, this, [this] {
        emit relatedWanted(m_entry->device ? QString(u"device:"_s + m_deviceName + u" since:1h"_s)
                                           : QString(u"op:"_s + m_entry->operation));
    });
    showEntry(std::nullopt, {});
}

void AuditPane::showEntry(const std::optional<AuditEntry> &entry, const QString &deviceName)
{
    m_entry = entry;
    m_deviceName = deviceName;
    m_content->setVisible(entry.has_value());
    m_nothing->setVisible(!entry.has_value());
    if (!entry)
        return;
    const QString operation = operationText(*entry);
    m_title->setText(deviceName.isEmpty() ? operation
                                          : tr("%1 on %2", "operation on device").arg(operation, deviceName));
    m_result->setText(resultText(entry->status));
    m_result->setState(resultHealth(entry->status));
    m_facts->clear();
    m_facts->set(tr("Time"), toDateTime(entry->time).toLocalTime().toString(u"HH:mm:ss.zzz t"_s),
                 timeLong(entry->time));
    m_facts->set(tr("Asked by"), actorText(*entry), entry->actor);
    m_facts->set(tr("Road"), sourceText(entry->source));
    m_facts->set(tr("Took"), entry->durationMs >= 1000
                                 ? tr("%1 s").arg(number(static_cast<double>(entry->durationMs) / 1000.0))
                                 : tr("%1 ms").arg(entry->durationMs));
    m_facts->set(tr("Received"), bytesDecimal(static_cast<double>(entry->bytes)));
    m_facts->set(tr("Round trips"), count(entry->roundTrips));
    const QString correlation = entry->correlation.toString();
    m_facts->set(tr("Correlation"),
                 correlation.isEmpty()     ? missing()
                 : correlation.size() > 16 ? QString(correlation.left(8) + u"…" + correlation.right(5))
                                           : correlation,
                 correlation);
    m_facts->set(tr("Row"), count(entry->seq));
    m_errorBox->setVisible(entry->error.has_value());
    m_error->clear();
    if (entry->error) {
        const ErrorWords words = errorWords(*entry->error);
        m_error->set(tr("What"), words.what);
        m_error->set(tr("Why"), words.why);
        m_error->set(tr("Do"), words.remedy);
        m_error->set(tr("Class"), entry->error->name());
        m_error->set(tr("Seen"), entry->error->message);
    }
    m_detail->setText(entry->detail);
    m_detail->setAccessibleDescription(entry->detail);
    m_detailBox->setVisible(!entry->detail.isEmpty());
    m_open->setVisible(entry->device.has_value() && !deviceName.isEmpty());
}

} // namespace infra::ui
