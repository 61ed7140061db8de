// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_dialog.h"

#include "ui/dialogs/window_dim.h"
#include "ui/shell/surface.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/section_list.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QUrl>
#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>
#include <QtGui/QTextList>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

const QList<HelpTopic> &helpTopics()
{
    static const QList<HelpTopic> topics = {
        {u"start"_s, QCoreApplication::translate("HelpDialog", "First steps"), u"house"_s},
        {u"overview"_s, QCoreApplication::translate("HelpDialog", "Overview"), u"grid"_s},
        {u"devices"_s, QCoreApplication::translate("HelpDialog", "Devices"), u"hdd-stack"_s},
        {u"device"_s, QCoreApplication::translate("HelpDialog", "One device"), u"display"_s},
        {u"containers"_s, QCoreApplication::translate("HelpDialog", "Containers"), u"box-seam"_s},
        {u"activity"_s, QCoreApplication::translate("HelpDialog", "Activity"), u"list-columns-reverse"_s},
        {u"logs"_s, QCoreApplication::translate("HelpDialog", "Logs"), u"journal-text"_s},
        {u"settings"_s, QCoreApplication::translate("HelpDialog", "Settings"), u"gear"_s},
        {u"filters"_s, QCoreApplication::translate("HelpDialog", "Filters"), u"funnel"_s},
        {u"keys"_s, QCoreApplication::translate("HelpDialog", "Keys"), u"keyboard"_s},
        {u"trust"_s, QCoreApplication::translate("HelpDialog", "What is read, and what is never done"),
         u"shield-check"_s},
    };
    return topics;
}

HelpDialog::HelpDialog(const Theme &theme, QWidget *window)
    : QDialog(window)
    , m_theme(theme)
{
    setWindowTitle(tr("Help"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(theme.px(840), std::min(theme.px(620), window->height() - 48));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    QFrame *side = makeSurface(u"side"_s, this);
    side->setFixedWidth(theme.px(290));
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(8, 10, 8, 10);
    m_list = new SectionList(theme, tr("Help topics"), side);
    for (const HelpTopic &topic : helpTopics())
        m_list->addSection(topic.id, topic.icon, topic.title);
    sideColumn->addWidget(m_list);
    m_text = new QTextBrowser(this);
    m_text->setAccessibleName(tr("Help text"));
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(theme.px(20));
    row->addWidget(side);
    row->addWidget(m_text, 1);
    column->addLayout(row, 1);
    column->addWidget(makeSurface(u"line"_s, this));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 12, 20, 12);
    foot->addStretch(1);
    QPushButton *close = makeButton(theme, tr("Close help"), ButtonKind::Default, {}, this);
    close->setAutoDefault(false);
    foot->addWidget(close);
    column->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_list, &SectionList::currentSectionChanged, this, &HelpDialog::showTopic);
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
    dressText();
    m_list->setCurrent(id);
}

/// Markdown comes without room between paragraphs, with headings and code in fonts of their own.
void HelpDialog::dressText()
{
    struct Part
    {
        int from, length, level;
    };
    QList<Part> parts;
    QTextCursor cursor(m_text->document());
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const int level = format.headingLevel();
        format.setTopMargin(m_theme.px(level > 1 ? 10 : 0));
        format.setBottomMargin(m_theme.px(block.textList() != nullptr ? 4 : 8));
        format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            if (level > 0 || fragment.charFormat().fontFixedPitch())
                parts.append({fragment.position(), fragment.length(), level});
        }
    }
    for (const Part &part : std::as_const(parts)) {
        cursor.setPosition(part.from);
        cursor.setPosition(part.from + part.length, QTextCursor::KeepAnchor);
        QTextCharFormat words = cursor.charFormat();
        words.setFont(m_theme.font(part.level == 1  ? TextStyle::Heading
                                   : part.level > 1 ? TextStyle::Title
                                                    : TextStyle::Code));
        cursor.setCharFormat(words);
    }
    m_text->moveCursor(QTextCursor::Start);
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
    words->setSpacing(2);
    words->addStretch(1);
    words->addWidget(makeLabel(theme, u"Infrastructor"_s, TextStyle::DialogTitle, "text.primary", this));
    words->addWidget(makeLabel(theme, tr("Version %1, on Qt %2").arg(version, QString::fromLatin1(qVersion())),
                               TextStyle::Small, "text.secondary", this));
    words->addStretch(1);
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
    column->addStretch(1);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    QPushButton *close = makeButton(theme, tr("Close"), ButtonKind::Default, {}, this);
    close->setAutoDefault(false);
    foot->addWidget(close);
    column->addLayout(foot);
    // A dialog's first height is that of words in one line.
    if (layout()->hasHeightForWidth())
        resize(width(), layout()->heightForWidth(width()));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

} // namespace infra::ui
