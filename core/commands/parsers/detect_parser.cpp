// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/commands/parsers/detect_parser.h"

namespace infra::commands {

std::optional<Detected> parseDetect(const SectionText &section)
{
    Detected detected;
    const QList<QByteArray> lines = wholeLines(section.text({}));
    for (const QByteArray &line : lines) {
        const QList<QByteArrayView> fields = words(line);
        if (fields.size() != 2 || fields.at(1).size() > 32)
            continue;
        const QString word = shownText(fields.at(1), 32);
        if (fields.first() == "type") {
            if (const std::optional<DeviceType> type = deviceTypeFromName(word))
                detected.type = *type;
        } else if (fields.first() == "cap" && detected.capabilities.size() < 64 &&
                   !detected.capabilities.contains(word)) {
            detected.capabilities.append(word);
        }
    }
    if (!section.whole || detected.type == DeviceType::Unknown)
        return std::nullopt;
    detected.capabilities.sort();
    return detected;
}

} // namespace infra::commands
