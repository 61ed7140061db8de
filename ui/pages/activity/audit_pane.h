// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;

namespace infra::ui {

class ElidedLabel;
class KeyValueList;
class TagLabel;

/// One row of the audit in full: who, what, by which road, what it cost, and where it failed why and what to do.
class AuditPane : public QFrame
{
    Q_OBJECT
public:
    AuditPane(const PageContext &context, QWidget *parent);
    void showEntry(const std::optional<AuditEntry> &entry, const QString &deviceName);

signals:
    void relatedWanted(const QString &filter);

private:
    PageContext m_context;
    std::optional<AuditEntry> m_entry;
    QString m_deviceName;
    QWidget *m_content = nullptr;
    QLabel *m_nothing = nullptr;
    ElidedLabel *m_title = nullptr;
    TagLabel *m_result = nullptr;
    KeyValueList *m_facts = nullptr;
    QWidget *m_errorBox = nullptr;
    KeyValueList *m_error = nullptr;
    QWidget *m_detailBox = nullptr;
    QLabel *m_detail = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace infra::ui
