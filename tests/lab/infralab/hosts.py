# SPDX-License-Identifier: GPL-3.0-or-later
"""One host of a lab: its folder D/labN and everything in it."""
import os
import shlex
import shutil

from . import keys, state
from .common import read_json, write_file, write_json
from .recorded import PLACE, RecordedRoot, Recording

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

SSHD_CONFIG = """\
# Made by the lab for one host.
ListenAddress {address}:{port}
HostKey "{place}/host_key"
AuthorizedKeysFile "{place}/authorized_keys"
PidFile none
StrictModes no
UsePAM no
PubkeyAuthentication yes
PasswordAuthentication {password}
KbdInteractiveAuthentication no
PermitRootLogin {root_login}
PermitUserRC no
PermitUserEnvironment no
X11Forwarding no
AllowTcpForwarding yes
PrintMotd no
PrintLastLog no
UseDNS no
LogLevel DEBUG1
MaxStartups 200:30:400
MaxSessions {max_sessions}
LoginGraceTime 120
SetEnv HOME={home_env}
Subsystem sftp /usr/lib/openssh/sftp-server
ForceCommand {command}
"""


class Host:
    def __init__(self, lab, number, recording_folder, account):
        self.number = number
        self.name = f"lab{number}"
        self.folder = os.path.join(lab, self.name)
        self.recording = Recording(recording_folder) if recording_folder else None
        self.recording_folder = recording_folder
        self.account = account
        self.address = f"127.1.{number // 250}.{number % 250 + (0 if number < 250 else 1)}"
        self.max_sessions = 10
        self.title = self.hostname  # for people; the second of two recorded twins is told apart in lifecycle.build

    @property
    def real(self):
        return self.recording is None

    @property
    def kind(self):
        return "linux" if self.real else self.recording.kind

    @property
    def hostname(self):
        return self.name if self.real else self.recording.name

    def file(self, *parts):
        return os.path.join(self.folder, *parts)

    @property
    def place(self):
        return self.account.place(self.folder)

    def build(self, lab, tools, bwrap, port, options):
        self.port = port
        os.makedirs(self.folder)
        os.chmod(self.folder, 0o755)
        keys.make_key(self.file("host_key"), self.hostname)
        with open(self.file("authorized_keys"), "w", encoding="utf-8") as out:
            for name in ("id.pub", "id_enc.pub"):
                out.write(open(os.path.join(lab, name), encoding="utf-8").read())
        os.chmod(self.file("authorized_keys"), 0o644)
        self.password_file = self.account.prepare(self.folder)
        os.link(os.path.join(tools, "shim"), self.file("lab-shim"))
        for name in ("log.jsonl", "sessions"):
            open(self.file(name), "wb").close()
        state.create(self.file("state"))
        os.makedirs(self.file("home"))
        if self.real:
            self._build_real(options)
        else:
            self._build_recorded(tools, bwrap)
        for name in ("log.jsonl", "sessions", "state"):
            os.chown(self.file(name), self.account.uid, self.account.gid)
        self.write_config()

    def _build_real(self, options):
        for name in ("tmp", "bin", "root"):
            os.makedirs(self.file(name))
        if options.get("home"):
            shutil.copytree(options["home"], self.file("home"), symlinks=True, dirs_exist_ok=True)
        for folder, _, files in os.walk(self.file("home")):
            for path in [folder] + [os.path.join(folder, name) for name in files]:
                os.chown(path, self.account.uid, self.account.gid, follow_symlinks=False)
        os.chmod(self.file("home"), 0o700)
        os.chown(self.file("root"), self.account.uid, self.account.gid)
        os.chmod(self.file("tmp"), 0o1777)
        shell = options.get("shell") or "/bin/sh"
        home = self.place + "/home"
        lines = [f"E HOME={home}", f"E USER={self.account.user}", f"E LOGNAME={self.account.user}", f"E SHELL={shell}",
                 f"E PATH={self.place}/bin:{SYSTEM_PATH}", "E LANG=C.UTF-8", f"C {home}", f"A {shell}"]
        if not self.account.private:
            lines.append(f"E TMPDIR={self.place}/tmp")
        write_file(self.file("session"), "\n".join(lines) + "\n")

    def _build_recorded(self, tools, bwrap):
        RecordedRoot(self.recording, self.file("root")).build(tools)
        for name in ("truth.json",):
            source = os.path.join(self.recording_folder, name)
            truth = read_json(source) if os.path.exists(source) else {}
            write_json(self.file(name), truth)
        uid = self.recording.host.get("uid")
        user = "root" if uid == 0 else "lab"
        home = "/root" if uid == 0 else "/home/lab"
        words = [bwrap, "--unshare-all", "--die-with-parent", "--clearenv", "--ro-bind", self.place + "/root", "/", "--dev", "/dev",
                 "--ro-bind", self.place + "/state", f"/{PLACE}/state", "--bind", self.place + "/log.jsonl", f"/{PLACE}/log",
                 "--hostname", self.recording.name, "--chdir", home]
        if uid is not None:
            words += ["--uid", str(uid), "--gid", str(uid)]
        for name, value in (("PATH", SYSTEM_PATH), ("HOME", home), ("USER", user), ("LOGNAME", user), ("SHELL", "/bin/sh"),
                            ("LAB_ID", "@ID@")):
            words += ["--setenv", name, value]
        words.append(f"/{PLACE}/sh")
        write_file(self.file("session"), "R \n" + "".join(f"A {word}\n" for word in words))

    def write_config(self):
        home = self.place + "/home" if self.real else self.place
        command = shlex.join([self.place + "/lab-shim", "session", self.place])
        text = SSHD_CONFIG.format(
            address=self.address, port=self.port, place=self.place, max_sessions=self.max_sessions, command=command,
            home_env=f'"{home}"' if " " in home else home, password="yes" if self.password_file else "no",
            root_login="prohibit-password" if self.account.uid == 0 else "no")
        write_file(self.file("sshd_config"), text)

    def entry(self, pid):
        """Its line of the inventory."""
        return {
            "name": self.name, "title": self.title, "kind": self.kind, "recorded": not self.real, "hostname": self.hostname, "address": self.address,
            "port": self.port, "user": self.account.user, "auth": ["key", "password"] if self.password_file else ["key"],
            "password_file": self.password_file, "jump": None, "host_key": keys.fingerprint(self.file("host_key")),
            "root": self.file("root"), "home": self.file("home") if self.real else None, "log": self.file("log.jsonl"),
            "truth": self.file("truth.json"), "source": self.recording_folder, "pid": pid,
        }
