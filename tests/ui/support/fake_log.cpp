// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/page_cases.h"

#include <QtCore/QFile>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

void writeFakeLog(const QString &folder)
{
    QFile file(folder + u"/infrastructor.jsonl"_s);
    if (!file.open(QIODevice::WriteOnly))
        return;
    const struct
    {
        int secondsAgo;
        const char *level;
        const char *part;
        const char *device;
        const char *code;
        const char *text;
    } lines[] = {
        {7200, "warning", "collect", "web2", "exec.permission_denied",
         "containers: permission denied while connecting to the Docker socket"},
        {5400, "warning", "ssh.pool", "vault", "ssh.network.lost",
         "Session through gw-b lost: keep-alive 3 of 3 missed"},
        {3600, "info", "insight", "web2", "", "Roll-up of 5 minutes, 14 devices, 38 ms"},
        {960, "error", "ssh.pool", "vault", "ssh.jump.failed", "Jump host gw-b: no answer to SYN in 15.0 s"},
        {840, "info", "collect", "atlas", "", "Cycle 960, 11 sections, 4.1 KB, 24 ms"},
        {720, "error", "ssh.pool", "vault", "ssh.jump.failed", "Jump host gw-b: no answer to SYN in 15.0 s"},
        {600, "info", "store.writer", "", "", "Batch of 42 rows in 3 ms"},
        {300, "warning", "store", "", "", "Checkpoint took 38 ms, reader held the file"},
        {240, "info", "engine", "", "", "Settings changed: collect.interval_s"},
        {120, "info", "collect", "pve1", "", "Cycle 1284, 10 sections, 3.6 KB, 21 ms"},
        {60, "info", "collect", "stage1", "", "Cycle 1284, 10 sections, 3.4 KB, 19 ms"},
        {12, "info", "collect", "borealis", "", "Cycle 1284, 10 sections, 3.6 KB, 21 ms"},
    };
    for (const auto &line : lines) {
        const QString time = toRfc3339(pictureTime() - seconds(line.secondsAgo));
        file.write(
            u"{\"time\":\"%1\",\"level\":\"%2\",\"category\":\"%3\",\"message\":\"%4\",\"fields\":{\"device\":\"%5\",\"code\":\"%6\"}}\n"_s
                .arg(time, QLatin1String(line.level), QLatin1String(line.part), QLatin1String(line.text),
                     QLatin1String(line.device), QLatin1String(line.code))
                .toUtf8());
    }
}

} // namespace infra::test
