# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines that a host's sshd writes, as events. sshd runs with LogLevel DEBUG1, whose words are OpenSSH's own."""
import re

ACCEPT = re.compile(r"^Connection from (\S+) port (\d+) on ")
AUTH = re.compile(r"^(Accepted|Failed) (\S+) for (?:invalid user )?(\S+) from (\S+) port (\d+)")
REQUEST = re.compile(r"^debug1: userauth-request for user (\S*) service \S+ method (\S+)")
LISTENING = re.compile(r"^Server listening on ")
END = re.compile(r"^(?:Connection (?:closed|reset) by|Disconnected from|Disconnecting|Timeout, client not responding from|"
                 r"fatal: |ssh_dispatch_run_fatal: |Read error from remote host|Unable to negotiate with|"
                 r"banner exchange: |kex_exchange_identification: |Bad protocol version).*?\s?(\d+\.\d+\.\d+\.\d+) port (\d+)")


def parse(line):
    """(event, {details}) or None for a line that tells nothing here."""
    if line.startswith("debug1: "):
        found = REQUEST.match(line)
        return ("userauth", {"user": found[1], "method": found[2]}) if found else None
    found = ACCEPT.match(line)
    if found:
        return "accept", {"port": int(found[2])}
    found = AUTH.match(line)
    if found:
        return "auth", {"port": int(found[5]), "method": found[2], "user": found[3],
                        "ok": found[1] == "Accepted"}
    if LISTENING.match(line):
        return "listening", {}
    found = END.match(line)
    if found:
        return "close", {"port": int(found[2])}
    return None
