# SPDX-License-Identifier: GPL-3.0-or-later
"""Who one logs in as: the caller's own account, or (as root) an account `lab` that exists for a host's sshd alone."""
import os
import pwd
import secrets

from . import keys
from .common import LabError, write_file

USER = "lab"
UID = 58700


class Account:
    """The caller's own account: keys only."""

    private = False

    def __init__(self):
        entry = pwd.getpwuid(os.getuid())
        self.user = entry.pw_name
        self.uid, self.gid = entry.pw_uid, entry.pw_gid

    def prepare(self, folder):
        return None

    def place(self, folder):
        """The folder as the host's sshd and its sessions name it."""
        return folder

    def launch(self, folder, real):
        return []


class PrivateAccount(Account):
    """Private passwd, shadow and group, bound over /etc's in the mount namespace of the host's sshd; /etc itself stays as it is."""

    private = True

    def __init__(self):
        used = {entry.pw_uid for entry in pwd.getpwall()}
        self.user = USER
        self.uid = self.gid = next(uid for uid in range(UID, UID + 500) if uid not in used)
        self.view = self._free_folder()
        # One for all hosts of a lab: to hash it costs a process, and hosts that share a password are what one meets.
        self.password = secrets.token_urlsafe(12)
        self.hash = keys.hash_password(self.password)

    @staticmethod
    def _free_folder():
        """Where the host's folder is seen: its real place may be below folders that only root may pass."""
        candidates = [path for path in ("/srv", "/media", "/mnt", "/opt") if os.path.isdir(path)]
        for path in candidates:
            if not os.listdir(path):
                return path
        if candidates:
            return candidates[0]
        raise LabError("none of /srv, /media, /mnt, /opt exists: use --as-user")

    def prepare(self, folder):
        """Writes the host's account files; the path of its password."""
        write_file(os.path.join(folder, "password"), self.password, 0o600)
        home = os.path.join(self.view, "home")
        lines = {
            "passwd": f"{USER}:x:{self.uid}:{self.gid}:lab:{home}:/bin/sh\n",
            "shadow": f"{USER}:{self.hash}:20000:0:99999:7:::\n",
            "group": f"{USER}:x:{self.gid}:\n",
        }
        for name, line in lines.items():
            with open(f"/etc/{name}", encoding="utf-8", errors="surrogateescape") as file:
                others = [text for text in file if not text.startswith(USER + ":")]
            write_file(os.path.join(folder, "etc_" + name), "".join(others) + line, 0o600 if name == "shadow" else 0o644)
        return os.path.join(folder, "password")

    def place(self, folder):
        return self.view

    def launch(self, folder, real):
        """Arguments of `lab-shim launch`: the binds, the one that hides the folder's own path last."""
        words = []
        for name in ("passwd", "shadow", "group"):
            words += ["--bind", os.path.join(folder, "etc_" + name), f"/etc/{name}"]
        words += ["--bind", folder, self.view]
        if real:
            words += ["--bind", os.path.join(folder, "tmp"), "/tmp"]
        return words


def choose(as_user):
    if as_user or os.getuid() != 0:
        return Account()
    return PrivateAccount()
