# SPDX-License-Identifier: GPL-3.0-or-later
"""One request, one answer over a socket in the lab's folder. Its path may be longer than a socket's may be: /proc shortens it."""
import json
import os
import socket

from .common import LabError

NAME = "control"


class _Place:
    def __init__(self, folder):
        self.descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def __enter__(self):
        return f"/proc/self/fd/{self.descriptor}/{NAME}"

    def __exit__(self, *_):
        os.close(self.descriptor)


def listen(folder):
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    path = os.path.join(folder, NAME)
    if os.path.exists(path):
        os.unlink(path)
    with _Place(folder) as place:
        server.bind(place)
    os.chmod(path, 0o600)
    server.listen(16)
    return server


def ask(folder, request, seconds=30.0):
    """None when nobody listens."""
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(seconds)
    try:
        with _Place(folder) as place:
            client.connect(place)
    except OSError:
        client.close()
        return None
    try:
        client.sendall(json.dumps(request).encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            part = client.recv(65536)
            if not part:
                break
            answer += part
    except OSError as error:
        raise LabError(f"the lab's supervisor does not answer: {error}")
    finally:
        client.close()
    return json.loads(answer) if answer else None


def serve(client, handle):
    """Reads one request from an accepted socket, and answers it."""
    client.settimeout(5.0)
    try:
        data = b""
        while not data.endswith(b"\n"):
            part = client.recv(65536)
            if not part:
                return
            data += part
        answer = handle(json.loads(data))
        client.sendall(json.dumps(answer).encode() + b"\n")
    except (OSError, ValueError):
        pass
    finally:
        client.close()
