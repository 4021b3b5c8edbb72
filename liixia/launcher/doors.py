"""What must be free before anything starts: our own lock, the port, the disk."""

import errno
import fcntl
import json
import shutil
import socket
from pathlib import Path
from typing import IO

from liixia.launcher.refused import Refused

ROOM = 200 * 1024 * 1024


def only_one(state: Path, address: str) -> IO[str]:
    """Holds the lock of this state folder as long as the file stays open; a second start is told where the first is."""
    file = open(state / "launcher.lock", "a+")  # noqa: SIM115 - held open while we run
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        told = json.loads(file.read() or "{}")
        raise Refused(f"liixia is already running: {told.get('address', 'starting just now')}") from None
    file.truncate(0)
    file.write(json.dumps({"address": address}))
    file.flush()
    return file


def free_port(host: str, port: int) -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Refused(f"Port {port} needs root's rights: choose one above 1023, as in --port 8001.") from None
            raise Refused(
                f"Port {port} is taken by another program: choose another, as in --port {port + 1}."
            ) from None


def room_in(folder: Path) -> None:
    if shutil.disk_usage(folder).free < ROOM:
        raise Refused(f"The disk of {folder} is full: free at least 200 MB and start again.")
