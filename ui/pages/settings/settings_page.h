// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/settings/setting_rows.h"
#include "ui/shell/page.h"
#include "ui/widgets/section_list.h"

class QScrollArea;

namespace infra::ui {

/// Settings apply at once. Sections at the left; space used stands beside retention.
class SettingsPage : public Page
{
    Q_OBJECT
public:
    SettingsPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override { return tr("Settings"); }
    QString facts() const override { return tr("Changes apply at once"); }
    QList<QAction *> headerActions() const override;
    void setRoute(const Route &route) override;
    void shown() override;
    void focusFilter() override;
    QString helpTopic() const override { return QStringLiteral("settings"); }

private:
    struct Block
    {
        QStringList sections;
        QWidget *box = nullptr; ///< title and rows
        SettingRows *rows = nullptr;
    };
    SettingRows *addBlock(const QStringList &sections, const QString &title);
    void buildAppearance();
    void buildCollection();
    void buildHistory();
    void buildSecrets();
    void buildProfile();
    void showSection();
    void showStore(const Result<store::StoreStatus> &status);
    void showSecrets(const engine::FleetStatus &status);

    QLineEdit *m_find = nullptr;
    SectionList *m_sections = nullptr;
    QVBoxLayout *m_left = nullptr;
    QVBoxLayout *m_right = nullptr;
    QList<Block> m_blocks;
    QLabel *m_space = nullptr, *m_rows = nullptr, *m_databasePath = nullptr, *m_integrity = nullptr,
           *m_secretsFact = nullptr;
    QPushButton *m_unlock = nullptr;
    QAction *m_openFolder = nullptr;
};

} // namespace infra::ui
