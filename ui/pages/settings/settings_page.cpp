// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/settings_page.h"

#include "core/engine/setting_keys.h"
#include "ui/dialogs/secrets/prompt_dialog.h"
#include "ui/shell/surface.h"
#include "ui/text/error_text.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/scroller.h"

#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
namespace keys = engine::keys;

namespace {
constexpr int kLongBlock = 9; ///< rows by which the right column may be longer
}

SettingsPage::SettingsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_find(new QLineEdit(this))
    , m_sections(new SectionList(context.theme, tr("Sections"), this))
    , m_openFolder(new QAction(icon(context.theme, u"folder2"_s), tr("Open profile folder"), this))
{
    m_find->setPlaceholderText(tr("Find a setting"));
    m_find->setAccessibleName(tr("Find a setting"));
    m_openFolder->setProperty("iconName", u"folder2"_s);
    m_openFolder->setProperty("buttonKind", u"default"_s);
    m_sections->addSection(u"general"_s, u"sliders"_s, tr("General"));
    m_sections->addSection(u"collection"_s, u"stopwatch"_s, tr("Collection"));
    m_sections->addSection(u"history"_s, u"clock-history"_s, tr("History and space"));
    m_sections->addSection(u"secrets"_s, u"key"_s, tr("Keys and secrets"));
    m_sections->addSection(u"profile"_s, u"folder2"_s, tr("This profile"));

    QFrame *side = makeSurface(u"side"_s, this);
    side->setFixedWidth(context.theme.px(208));
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(8, 10, 8, 10);
    sideLayout->addWidget(m_find);
    sideLayout->addWidget(m_sections, 1);

    auto *content = new QWidget;
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(24, 16, 24, 16);
    columns->setSpacing(24);
    m_left = new QVBoxLayout;
    m_right = new QVBoxLayout;
    m_left->setSpacing(8);
    m_right->setSpacing(8);
    columns->addLayout(m_left, 1);
    columns->addLayout(m_right, 1);
    buildAppearance();
    buildCollection();
    buildHistory();
    buildSecrets();
    buildProfile();
    auto *scroll = makeScroller(this, tr("Settings"));
    scroll->setWidget(content);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(side);
    layout->addWidget(scroll, 1);

    connect(m_sections, &SectionList::currentSectionChanged, this, &SettingsPage::showSection);
    connect(m_find, &QLineEdit::textChanged, this, &SettingsPage::showSection);
    connect(m_openFolder, &QAction::triggered, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(this->context().client.profileFolder())); });
    connect(&context.client, &engine::FleetClient::statusChanged, this, &SettingsPage::showSecrets);
    m_sections->setCurrentRow(0);
}

SettingRows *SettingsPage::addBlock(const QStringList &sections, const QString &title)
{
    Block block;
    block.sections = sections;
    block.box = new QWidget(this);
    auto *column = new QVBoxLayout(block.box);
    column->setContentsMargins(0, 0, 0, context().theme.px(12));
    column->setSpacing(8);
    column->addWidget(makeLabel(context().theme, title, TextStyle::Title, "text.primary", block.box));
    block.rows = new SettingRows(context(), title, block.box);
    column->addWidget(block.rows);
    block.box->setMaximumWidth(context().theme.px(720));
    m_blocks.append(block);
    return block.rows;
}

void SettingsPage::buildAppearance()
{
    SettingRows *look = addBlock({u"general"_s}, tr("Appearance"));
    look->addSegments(keys::theme, tr("Theme"), tr("Follows the desktop, changes at once"),
                      {{u"system"_s, tr("System")}, {u"dark"_s, tr("Dark")}, {u"light"_s, tr("Light")}});
    look->addSegments(keys::density, tr("Density"), tr("Row height of tables: 26, 30 or 36"),
                      {{u"compact"_s, tr("Compact")}, {u"normal"_s, tr("Normal")}, {u"comfortable"_s, tr("Roomy")}});
    look->addSlider(keys::textPercent, tr("Text size"), tr("Everything scales, 80 to 200 %"), 10);
    look->addSwitch(keys::reducedMotion, tr("Reduce motion"), tr("Off follows the desktop"));
    SettingRows *window = addBlock({u"general"_s}, tr("Window and tray"));
    window->addSwitch(keys::startAtLogin, tr("Start when I log in"), tr("Minimised to the tray"));
    window->addSegments(keys::closeAction, tr("Closing the window"),
                        tr("Collecting goes on in the tray, where there is one"),
                        {{u"ask"_s, tr("Ask")}, {u"tray"_s, tr("Keep collecting")}, {u"quit"_s, tr("Quit")}});
}

void SettingsPage::buildCollection()
{
    SettingRows *rows = addBlock({u"collection"_s}, tr("Collection"));
    rows->addSwitch(keys::collecting, tr("Collect"), tr("Off pauses every device; nothing is read by itself"));
    rows->addNumber(keys::watchedIntervalS, tr("While you watch a device"), tr("How often its page is refreshed"),
                    tr("s"));
    rows->addNumber(keys::intervalS, tr("For new devices"), tr("How often a device is read; each has its own"),
                    tr("s"));
    rows->addNumber(keys::slowIntervalS, tr("Pending updates"), tr("Read rarely, the package manager is slow"),
                    tr("s"));
    rows->addNumber(keys::sshConnectTimeoutS, tr("Time to connect"), tr("Then the device counts as unreachable"),
                    tr("s"));
    SettingRows *ssh = addBlock({u"collection"_s}, tr("SSH"));
    ssh->addText(keys::sshConfigFile, tr("Configuration"),
                 tr("Hosts are found there and offered; it is never written"));
}

void SettingsPage::buildHistory()
{
    SettingRows *rows = addBlock({u"general"_s, u"history"_s}, tr("History and space"));
    m_space = rows->addFact(tr("Used now"), missing());
    m_rows = rows->addFact(tr("Rows"), missing());
    rows->addNumber(keys::rawDays, tr("Every reading"), tr("Then 5 minute averages"), tr("d"));
    rows->addNumber(keys::fiveMinuteDays, tr("5 minute averages"), tr("Then hourly ones"), tr("d"));
    rows->addNumber(keys::hourDays, tr("Hourly averages"), tr("Daily ones are kept for ever"), tr("d"));
    rows->addNumber(keys::auditDays, tr("Collection audit"), tr("Then counts an hour, for 2 years"), tr("d"));
    rows->addNumber(keys::performanceDays, tr("This program's own figures"), {}, tr("d"));
}

void SettingsPage::buildSecrets()
{
    SettingRows *rows = addBlock({u"secrets"_s}, tr("Keys and secrets"));
    m_secretsFact = rows->addFact(tr("Kept in"), missing());
    m_unlock = rows->addButton(tr("Sealed file"), tr("For a desktop without a keyring"), tr("Unlock…"));
    connect(m_unlock, &QPushButton::clicked, this, [this] { (new UnlockDialog(context(), window()))->open(); });
    showSecrets(context().client.status());
}

void SettingsPage::buildProfile()
{
    SettingRows *rows = addBlock({u"profile"_s}, tr("This profile"));
    rows->addFact(tr("Folder"), context().client.profileFolder());
    m_databasePath = rows->addFact(tr("Database"), missing());
    m_integrity = rows->addFact(tr("Integrity"), missing());
    rows->addFact(tr("Logs"), context().client.logFolder());
    rows->addSegments(
        keys::logLevel, tr("Detail of the log"), tr("Secrets are masked at every level"),
        {{u"debug"_s, tr("Debug")}, {u"info"_s, tr("Info")}, {u"warning"_s, tr("Warning")}, {u"error"_s, tr("Error")}});
}

QList<QAction *> SettingsPage::headerActions() const
{
    return {m_openFolder};
}

void SettingsPage::setRoute(const Route &route)
{
    m_sections->setCurrent(route.part);
}

void SettingsPage::shown()
{
    context().client.storeStatus().then(this, [this](const Result<store::StoreStatus> &status) { showStore(status); });
}

void SettingsPage::focusFilter()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
}

void SettingsPage::showSection()
{
    const QString text = m_find->text().trimmed();
    const QString section = m_sections->current();
    for (QVBoxLayout *column : {m_left, m_right}) {
        while (QLayoutItem *item = column->takeAt(0))
            delete item;
    }
    // The shorter column takes the next block, so that both fill alike.
    int rows[2] = {0, 0};
    for (const Block &block : std::as_const(m_blocks)) {
        const bool visible = text.isEmpty() ? block.sections.contains(section) : block.rows->matches(text);
        block.box->setVisible(visible);
        if (!visible)
            continue;
        const bool right = rows[1] < rows[0] && block.rows->rowCount() + rows[1] <= rows[0] + kLongBlock;
        (right ? m_right : m_left)->addWidget(block.box);
        rows[right ? 1 : 0] += block.rows->rowCount() + 1;
    }
    m_left->addStretch(1);
    m_right->addStretch(1);
}

void SettingsPage::showStore(const Result<store::StoreStatus> &status)
{
    if (!status) {
        m_space->setText(errorWords(status.error()).what);
        return;
    }
    qint64 total = 0;
    for (const store::TableStatus &table : status->tables)
        total += table.rows;
    m_space->setText(bytesBinary(static_cast<double>(status->sizeBytes + status->walBytes)));
    m_rows->setText(tr("%1 in %n tables", nullptr, static_cast<int>(status->tables.size())).arg(count(total)));
    m_databasePath->setText(status->path);
    m_integrity->setText(status->integrity == "ok"_L1       ? tr("Checked, whole")
                         : status->integrity == "failed"_L1 ? tr("Damaged: restore the newest copy")
                                                            : tr("Not checked since the start"));
}

void SettingsPage::showSecrets(const engine::FleetStatus &status)
{
    const bool locked = status.secretsState == secrets::StoreState::Locked;
    QString text = tr("Nothing is kept yet; the keyring is asked with the first secret");
    if (status.secretsBackend == secrets::Backend::Keyring)
        text = locked ? tr("The system keyring, which is locked") : tr("The system keyring");
    else if (status.secretsBackend == secrets::Backend::SealedFile)
        text = locked ? tr("A sealed file, which is locked") : tr("A sealed file, open");
    m_secretsFact->setText(text);
    m_unlock->setEnabled(status.secretsBackend != secrets::Backend::Keyring &&
                         status.secretsState != secrets::StoreState::Ready);
}

} // namespace infra::ui
