// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace infra::ui {

class ElidedLabel;
class KeyValueList;
class StateDot;
class TagLabel;
class FlowLayout;

/// Beside the list of devices: how the chosen one is reached and signed in to, what was found on it, notes, links, and
/// what can be done.
class DevicePane : public QFrame
{
    Q_OBJECT
public:
    DevicePane(const PageContext &context, QWidget *parent);
    void showDevice(const std::optional<engine::DeviceRow> &row, const QString &position);

signals:
    void removeWanted(const infra::DeviceId &device);

private:
    void fillFound(const QStringList &words);
    void fillLinks(const QString &notes);
    QWidget *section(const QString &title, QVBoxLayout *column, QVBoxLayout **body);

    PageContext m_context;
    std::optional<engine::DeviceRow> m_row;
    StateDot *m_dot = nullptr;
    ElidedLabel *m_name = nullptr;
    TagLabel *m_environment = nullptr;
    QLabel *m_position = nullptr;
    QPushButton *m_open = nullptr;
    KeyValueList *m_reach = nullptr;
    KeyValueList *m_cost = nullptr;
    FlowLayout *m_found = nullptr;
    QWidget *m_foundBox = nullptr;
    QLabel *m_notes = nullptr;
    QWidget *m_notesBox = nullptr;
    QVBoxLayout *m_links = nullptr;
    QWidget *m_linksBox = nullptr;
    QWidget *m_content = nullptr;
    QLabel *m_nothing = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_remove = nullptr;
    QPushButton *m_edit = nullptr;
};

/// Addresses in a note: http, https, ssh, rdp, vnc and sftp, at most ten. Pure.
QStringList linksIn(const QString &notes);

} // namespace infra::ui
