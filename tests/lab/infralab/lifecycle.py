# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting a lab and ending it."""
import os
import random
import shutil
import signal
import socket
import sys
import time
import traceback

from . import account as accounts
from . import control, keys, procs, tools
from .common import LabError, read_json, write_json
from .hosts import Host
from .plan import plan_hosts
from .supervisor import Supervisor


def claim_folder(folder):
    """A new or empty folder, or one that holds an ended lab, which is cleared."""
    os.makedirs(folder, exist_ok=True)
    entries = os.listdir(folder)
    if not entries:
        return
    if "lab.json" not in entries:
        raise LabError(f"{folder} is not empty and not a lab's")
    if procs.recorded(os.path.join(folder, "pids")):
        raise LabError(f"a lab runs in {folder} already")
    for name in entries:
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)


def port_is_free(addresses, port):
    for address in addresses:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                return False
    return True


def choose_port(addresses, wanted):
    """One port for all hosts. Below the range that the kernel gives to clients, so that no client sits on it later."""
    if wanted:
        if not port_is_free(addresses, wanted):
            raise LabError(f"port {wanted} is taken")
        return wanted
    for _ in range(200):
        port = random.randint(20000, 32000)
        if port_is_free(addresses, port):
            return port
    raise LabError("no free port found")


def start(arguments):
    plan = plan_hosts(arguments.n, arguments.mix, arguments.recorded)
    sshd = tools.find("sshd", "openssh-server")
    keygen = tools.find("ssh-keygen", "openssh-client")
    recorded = any(plan)
    bwrap = tools.find("bwrap", "bubblewrap") if recorded else ""
    folder = os.path.abspath(arguments.dir)
    account = accounts.choose(arguments.as_user)
    os.umask(0o022)
    claim_folder(folder)
    try:
        hosts = build(arguments, folder, plan, account, bwrap, keygen)
    except BaseException:
        clear_failed(folder)
        raise
    supervise(folder, hosts, sshd)
    return read_json(os.path.join(folder, "inventory.json"))


def build(arguments, folder, plan, account, bwrap, keygen):
    def path(name):
        return os.path.join(folder, name)

    write_json(path("lab.json"), {"format": 1, "dir": folder, "client_key": path("id"), "encrypted_key": path("id_enc"),
                                  "passphrase_file": path("pass"), "known_hosts": path("known_hosts")})
    if any(plan):
        tools.check_sandbox(bwrap)
    os.makedirs(path("tools"))
    shim = tools.find_shim(path("tools"))
    if any(plan):
        tools.install(path("tools"), shim)
    else:
        shutil.copyfile(shim, path("tools/shim"))
        os.chmod(path("tools/shim"), 0o755)
    keys.make_client_keys(keygen, folder)
    if os.getuid() == 0:
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # where sshd parks; its own service makes it the same way
    hosts = [Host(folder, number, recording, account) for number, recording in enumerate(plan, 1)]
    seen = {}
    for host in hosts:
        seen[host.hostname] = seen.get(host.hostname, 0) + 1
        if seen[host.hostname] > 1:
            host.title = f"{host.hostname}-{seen[host.hostname]}"
    port = choose_port([host.address for host in hosts], arguments.port)
    options = {"shell": arguments.shell, "home": arguments.home}
    for host in hosts:
        host.build(folder, path("tools"), bwrap, port, options)
    with open(path("known_hosts"), "w", encoding="utf-8") as file:
        for host in hosts:
            file.write(keys.known_hosts_line(host.address, host.port, host.file("host_key")))
    return hosts


def clear_failed(folder):
    """A lab that could not be built leaves an empty folder."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def supervise(folder, hosts, sshd):
    """Runs the supervisor in a process of its own that holds nothing of the caller's; returns when the hosts answer."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        supervisor_main(folder, hosts, sshd, writer)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    if said != "ready":
        stop(folder)
        raise LabError(said or "the lab's supervisor ended while it started; see supervisor.log")


def supervisor_main(folder, hosts, sshd, writer):
    status = 1
    try:
        null = os.open("/dev/null", os.O_RDWR)
        log = os.open(os.path.join(folder, "supervisor.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        report = os.dup2(writer, 3, inheritable=False)
        for number, source in ((0, null), (1, log), (2, log)):
            os.dup2(source, number)
        os.closerange(4, 65536)
        os.chdir("/")
        os.umask(0o022)
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        supervisor = Supervisor(folder, hosts, sshd)
        try:
            supervisor.start()
        except LabError as error:
            os.write(report, str(error).encode())
            supervisor.end_all()
            os._exit(1)
        os.write(report, b"ready")
        os.close(report)
        supervisor.run()
        status = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def find_host(folder, word):
    for entry in read_json(os.path.join(folder, "inventory.json"))["hosts"]:
        if word in (entry["name"], entry["hostname"]):
            return entry
    raise LabError(f"no host {word!r} in this lab", 2)


def asked_to_stop(folder):
    """False when the supervisor is gone, or hangs: its processes are then ended without it."""
    try:
        return control.ask(folder, {"do": "stop"}, 10.0) is not None
    except LabError:
        return False


def stop(folder):
    """Ends what was recorded and what that has started; after a crash of the supervisor too."""
    if not os.path.exists(os.path.join(folder, "lab.json")):
        raise LabError(f"{folder} is not a lab's")
    pids = os.path.join(folder, "pids")
    files = [pids] + [os.path.join(folder, name, "sessions") for name in os.listdir(folder)]
    ended = 0
    supervisors = [pid for pid, _, what in procs.recorded(pids) if what == "supervisor"]
    if supervisors:
        found = {pid: start for pid, start, _ in procs.recorded(pids)}
        found.update(procs.descendants(list(found)))
        ended = len(found)
        if asked_to_stop(folder):
            give_up = time.monotonic() + 60
            while any(procs.is_alive(pid, found[pid]) for pid in supervisors) and time.monotonic() < give_up:
                time.sleep(0.01)
    for _ in range(3):  # a session that starts meanwhile is found the next time
        found = {pid: start for path in files for pid, start, _ in procs.recorded(path)}
        found.update(procs.descendants(list(found)))
        if not found:
            break
        ended = max(ended, len(found))
        if not procs.end(found):
            raise LabError(f"still running: {sorted(found)}")
    for name in ("control", "pids"):
        if os.path.exists(os.path.join(folder, name)):
            os.unlink(os.path.join(folder, name))
    return {"ok": True, "ended": ended}
