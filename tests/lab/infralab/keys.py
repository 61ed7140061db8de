# SPDX-License-Identifier: GPL-3.0-or-later
"""Key pairs, fingerprints and passwords of a lab. All are made new for it."""
import base64
import hashlib
import os
import secrets
import subprocess

from . import ed25519
from .common import LabError, write_file


def make_key(path, comment):
    """A new Ed25519 key pair without a passphrase: PATH and PATH.pub."""
    private, public = ed25519.make(comment)
    write_file(path, private, 0o600)
    write_file(path + ".pub", public)


def encrypt_key(keygen, path, passphrase):
    # 4 rounds: the tests want an encrypted key, not a slow one.
    done = subprocess.run([keygen, "-q", "-p", "-a", "4", "-P", "", "-N", passphrase, "-f", path], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise LabError(f"ssh-keygen: {done.stderr.strip() or done.stdout.strip()}")


def public_key(path):
    with open(path + ".pub", encoding="utf-8") as file:
        words = file.read().split()
    return words[0], words[1]


def fingerprint(path):
    digest = hashlib.sha256(base64.b64decode(public_key(path)[1])).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def known_hosts_line(address, port, path):
    kind, blob = public_key(path)
    return f"[{address}]:{port} {kind} {blob}\n"


def make_client_keys(keygen, folder):
    make_key(os.path.join(folder, "id"), "lab")
    passphrase = secrets.token_urlsafe(18)
    write_file(os.path.join(folder, "pass"), passphrase, 0o600)
    make_key(os.path.join(folder, "id_enc"), "lab encrypted")
    encrypt_key(keygen, os.path.join(folder, "id_enc"), passphrase)


def hash_password(password):
    done = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=password + "\n", capture_output=True, text=True)
    if done.returncode == 0:
        return done.stdout.strip()
    try:
        import crypt  # gone from newer Pythons, which is why openssl is asked first
        return crypt.crypt(password, crypt.mksalt(crypt.METHOD_SHA512))
    except ImportError:
        raise LabError("a password cannot be hashed: openssl is not installed")
