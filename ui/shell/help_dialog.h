// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QDialog>

class QTextBrowser;

namespace infra::ui {

class SectionList;

/// One page of the help that lies in the program: `resources/help/<id>.md`, its title is its first heading.
struct HelpTopic
{
    QString id, title, icon;
};
/// In reading order. Pure.
const QList<HelpTopic> &helpTopics();

/// Help without a network: topics at the left, text at the right. Links between topics work, all others are shown and
/// not opened.
class HelpDialog : public QDialog
{
    Q_OBJECT
public:
    HelpDialog(const Theme &theme, QWidget *window);
    void showTopic(const QString &id);
    QString currentTopic() const { return m_topic; }

private:
    void dressText();
    const Theme &m_theme;
    SectionList *m_list = nullptr;
    QTextBrowser *m_text = nullptr;
    QString m_topic;
};

/// Version, licences of what is in the program, and where it keeps its data.
class AboutDialog : public QDialog
{
    Q_OBJECT
public:
    AboutDialog(const Theme &theme, const QString &version, const QString &profileFolder, QWidget *window);
};

} // namespace infra::ui
