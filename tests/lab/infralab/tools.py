# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs a lab needs, and the copies of them that recorded hosts get."""
import glob
import os
import shutil
import subprocess

from .common import LabError

SBIN = "/usr/local/sbin:/usr/sbin:/sbin"


def find(name, package):
    path = shutil.which(name) or shutil.which(name, path=SBIN)
    if not path:
        raise LabError(f"{name} is not installed (package {package})")
    return os.path.realpath(path)


def find_shim(folder):
    """The helper program: named by INFRA_LAB_SHIM, beside the lab, in a build folder, else compiled into the lab's folder."""
    named = os.environ.get("INFRA_LAB_SHIM")
    if named:
        if not os.access(named, os.X_OK):
            raise LabError(f"INFRA_LAB_SHIM: {named} is not a program")
        return named
    here = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    beside = os.path.join(here, "lab-shim")
    if os.access(beside, os.X_OK):
        return beside
    sources = glob.glob(os.path.join(here, "shim", "*.[ch]"))
    newest = max((os.path.getmtime(path) for path in sources), default=0)
    built = [path for path in glob.glob(os.path.join(here, "..", "..", "build", "*", "bin", "lab-shim"))
             if os.path.getmtime(path) >= newest]
    if built:
        return max(built, key=os.path.getmtime)
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler or not sources:
        raise LabError("the helper lab-shim is not built and there is no C compiler: build the project (target lab-shim), "
                       "or install gcc")
    target = os.path.join(folder, "lab-shim")
    command = [compiler, "-std=gnu11", "-O2", "-static", "-o", target] + [path for path in sources if path.endswith(".c")]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise LabError(f"lab-shim could not be compiled: {done.stderr.strip()[:400]}")
    return target


def without_own_applets(data):
    """A BusyBox whose shell finds commands by PATH only.

    Debian's build prefers its own applets to PATH, so that a recorded host's `df` or `id` would never be asked for. In the copy
    that serves as the shell, the table of names (sorted, each ended by NUL) keeps `sh` and `ash` and loses the others by
    their last letter.
    """
    start = data.find(b"\0[\0[[\0")
    if start < 0:
        return data  # built without the table, or without those two: nothing to hide
    out = bytearray(data)
    at = start + 1
    while at < len(data):
        end = data.find(b"\0", at)
        name = data[at:end]
        if not name or len(name) > 24 or not all(33 <= byte < 127 for byte in name):
            break
        if name not in (b"sh", b"ash", b"[", b"[["):
            out[end - 1] = ord("~")
        at = end + 1
    return bytes(out)


def without_own_clock(data):
    """A shell that asks `date` for the time, so that a host's clock can be off: its own variables get names that nobody can write."""
    for name in (b"EPOCHREALTIME", b"EPOCHSECONDS"):
        data = data.replace(name, name[:-1] + b"~")
    return data


def install(folder, shim):
    """D/tools: copies that the lab's account can read, and that hosts link to."""
    busybox = find("busybox", "busybox-static")
    os.makedirs(folder, exist_ok=True)
    with open(busybox, "rb") as file:
        data = file.read()
    copies = {"shim": open(shim, "rb").read(), "busybox": data, "sh": without_own_clock(without_own_applets(data))}
    for name, content in copies.items():
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(content)
        os.chmod(path, 0o755)
    check = subprocess.run([os.path.join(folder, "busybox"), "sh", "-c", "echo yes"], capture_output=True,
                           stdin=subprocess.DEVNULL)
    dynamic = b"/ld-linux" in data[:4096] or b"ld-musl" in data[:4096]
    if check.stdout != b"yes\n" or dynamic:
        raise LabError(f"{busybox} is not a static BusyBox with a shell (package busybox-static)")
    check = subprocess.run(["sh", "-c", "PATH=/nonexistent; uname"], executable=os.path.join(folder, "sh"),
                           capture_output=True, stdin=subprocess.DEVNULL)
    if check.returncode != 127:
        raise LabError(f"the shell of {busybox} does not look commands up in PATH; recorded hosts cannot run with it")


def check_sandbox(bwrap):
    """Whether this machine lets an account make the sandbox that recorded hosts run in."""
    done = subprocess.run([bwrap, "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "/bin/true"], capture_output=True,
                          text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise LabError(f"recorded hosts need bwrap's sandbox, which this machine refuses: {done.stderr.strip()[:300]}")
