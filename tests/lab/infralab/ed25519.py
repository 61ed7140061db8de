# SPDX-License-Identifier: GPL-3.0-or-later
"""New Ed25519 key pairs in OpenSSH's file format (RFC 8032 §5.1.5; openssh/PROTOCOL.key), without a process a key.

For throw-away keys of a lab only: this arithmetic takes no care of timing.
"""
import base64
import hashlib
import os
import struct

P = 2 ** 255 - 19
D = -121665 * pow(121666, P - 2, P) % P
BASE_Y = 4 * pow(5, P - 2, P) % P


def _recover_x(y):
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return P - x if x & 1 else x


BASE_X = _recover_x(BASE_Y)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)
ZERO = (0, 1, 1, 0)


def _add(a, b):
    left = (a[1] - a[0]) * (b[1] - b[0]) % P
    right = (a[1] + a[0]) * (b[1] + b[0]) % P
    t = 2 * a[3] * b[3] * D % P
    z = 2 * a[2] * b[2] % P
    e, f, g, h = right - left, z - t, z + t, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def _powers():
    point, powers = BASE, []
    for _ in range(256):
        powers.append(point)
        point = _add(point, point)
    return powers


POWERS = []


def public_of(seed):
    if not POWERS:
        POWERS.extend(_powers())
    scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    scalar = scalar & (1 << 254) - 8 | 1 << 254
    point = ZERO
    for bit in range(255):
        if scalar >> bit & 1:
            point = _add(point, POWERS[bit])
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _text(data):
    return struct.pack(">I", len(data)) + data


def make(comment):
    """(text of the private key file, text of the public one); no passphrase."""
    seed = os.urandom(32)
    public = public_of(seed)
    blob = _text(b"ssh-ed25519") + _text(public)
    check = os.urandom(4)
    private = check + check + blob + _text(seed + public) + _text(comment.encode())
    private += bytes(range(1, 1 + -len(private) % 8))
    whole = b"openssh-key-v1\0" + _text(b"none") + _text(b"none") + _text(b"") + struct.pack(">I", 1) + _text(blob) + _text(private)
    lines = base64.b64encode(whole).decode()
    folded = "\n".join(lines[at:at + 70] for at in range(0, len(lines), 70))
    return (f"-----BEGIN OPENSSH PRIVATE KEY-----\n{folded}\n-----END OPENSSH PRIVATE KEY-----\n",
            f"ssh-ed25519 {base64.b64encode(blob).decode()} {comment}\n")
