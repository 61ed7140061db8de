// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_dialog.h"

#include "ui/dialogs/window_dim.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QUrl>
#include <QtGui/QTextDocument>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

const QList<HelpTopic> &helpTopics()
{
    static const QList<HelpTopic> topics = {
        {u"start"_s, QCoreApplication::translate("HelpDialog", "First steps")},
        {u"overview"_s, QCoreApplication::translate("HelpDialog", "Overview")},
        {u"devices"_s, QCoreApplication::translate("HelpDialog", "Devices")},
        {u"device"_s, QCoreApplication::translate("HelpDialog", "One device")},
        {u"containers"_s, QCoreApplication::translate("HelpDialog", "Containers")},
        {u"activity"_s, QCoreApplication::translate("HelpDialog", "Activity")},
        {u"logs"_s, QCoreApplication::translate("HelpDialog", "Logs")},
        {u"settings"_s, QCoreApplication::translate("HelpDialog", "Settings")},
        {u"filters"_s, QCoreApplication::translate("HelpDialog", "Filters")},
        {u"keys"_s, QCoreApplication::translate("HelpDialog", "Keys")},
        {u"trust"_s, QCoreApplication::translate("HelpDialog", "What is read, and what is never done")},
    };
    return topics;
}

HelpDialog::HelpDialog(const Theme &theme, QWidget *window)
    : QDialog(window)
    , m_theme(theme)
{
    setWindowTitle(tr("Help"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(theme.px(760), std::min(theme.px(620), window->height() - 48));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_list = new QListWidget(this);
    m_list->setAccessibleName(tr("Help topics"));
    m_list->setFixedWidth(theme.px(204));
    m_list->setFont(theme.font(TextStyle::Body));
    m_list->setSpacing(2);
    for (const HelpTopic &topic : helpTopics()) {
        auto *item = new QListWidgetItem(topic.title, m_list);
        item->setData(Qt::UserRole, topic.id);
        item->setToolTip(topic.title);
    }
    m_text = new QTextBrowser(this);
    m_text->setAccessibleName(tr("Help text"));
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(theme.px(16));
    row->addWidget(m_list);
    row->addWidget(m_text, 1);
    column->addLayout(row, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 12, 20, 12);
    foot->addStretch(1);
    QPushButton *close = makeButton(theme, tr("Close help"), ButtonKind::Default, {}, this);
    close->setAutoDefault(false);
    foot->addWidget(close);
    column->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item != nullptr)
            showTopic(item->data(Qt::UserRole).toString());
    });
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) {
        if (link.scheme().isEmpty())
            showTopic(link.path().remove(u".md"_s));
    });
}

void HelpDialog::showTopic(const QString &id)
{
    if (id == m_topic)
        return;
    QFile file(u":/infra/help/"_s + id + u".md"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        if (m_topic.isEmpty() && id != helpTopics().constFirst().id)
            showTopic(helpTopics().constFirst().id);
        return;
    }
    m_topic = id;
    m_text->document()->setDefaultFont(m_theme.font(TextStyle::Body));
    m_text->document()->setDefaultStyleSheet(u"a { color: "_s + m_theme.color("text.link").name() + u"; }"_s);
    m_text->setMarkdown(QString::fromUtf8(file.readAll()));
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == id)
            m_list->setCurrentRow(row);
    }
}

AboutDialog::AboutDialog(const Theme &theme, const QString &version, const QString &profileFolder, QWidget *window)
    : QDialog(window)
{
    setWindowTitle(tr("About Infrastructor"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setFixedWidth(theme.px(620));
    dimWindowBehind(*this, theme);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(10);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    auto *mark = new QLabel(this);
    mark->setPixmap(markPixmap(theme.px(40), devicePixelRatioF()));
    head->addWidget(mark);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(makeLabel(theme, u"Infrastructor"_s, TextStyle::DialogTitle, "text.primary", this));
    words->addWidget(makeLabel(theme, tr("Version %1, on Qt %2").arg(version, QString::fromLatin1(qVersion())),
                               TextStyle::Small, "text.secondary", this));
    head->addLayout(words, 1);
    column->addLayout(head);
    QLabel *what =
        makeLabel(theme, tr("Watches machines over SSH. Nothing is installed on them, nothing is written to them."),
                  TextStyle::Body, "text.primary", this);
    what->setWordWrap(true);
    column->addWidget(what);
    auto *pairs = new KeyValueList(theme, this);
    pairs->set(tr("Licence"), tr("GNU General Public License, version 3 or later"));
    pairs->set(tr("Profile"), profileFolder, profileFolder);
    pairs->set(u"Qt, Qt Charts"_s, tr("GPL 3"));
    pairs->set(u"libssh"_s, tr("LGPL 2.1"));
    pairs->set(u"libsodium"_s, tr("ISC licence"));
    pairs->set(u"QtKeychain"_s, tr("modified BSD licence"));
    pairs->set(u"spdlog, tl-expected, valijson"_s, tr("MIT, CC0, BSD 2-clause"));
    pairs->set(u"SQLite"_s, tr("public domain"));
    pairs->set(u"Inter, JetBrains Mono"_s, tr("SIL Open Font License 1.1"));
    pairs->set(u"Bootstrap Icons"_s, tr("MIT licence"));
    column->addWidget(pairs);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    QPushButton *close = makeButton(theme, tr("Close"), ButtonKind::Default, {}, this);
    close->setAutoDefault(false);
    foot->addWidget(close);
    column->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

} // namespace infra::ui
