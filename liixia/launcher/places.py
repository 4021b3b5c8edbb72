"""Where this checkout keeps its embedded database, its files, its logs and its secrets."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOCKET_LIMIT = 100  # a socket's path may have 107 bytes on Linux, 103 on macOS
SOCKET = ".s.PGSQL.5432"


def state_folder() -> Path:
    return Path(os.environ.get("LIIXIA_STATE") or CHECKOUT / "var").absolute()


def mark_of(folder: Path) -> str:
    return hashlib.sha256(str(folder).encode()).hexdigest()[:10]


def database_folder() -> Path:
    """PostgreSQL refuses to run as root, and nobody cannot enter root's folders: so root's database lives apart."""
    if os.geteuid() == 0:
        return Path("/var/tmp") / f"liixia-{mark_of(state_folder())}"
    return state_folder() / "postgres"


def socket_folder() -> Path:
    run = database_folder() / "run"
    if len(str(run / SOCKET)) <= SOCKET_LIMIT:
        return run
    return Path(tempfile.gettempdir()) / f"liixia-{os.geteuid()}-{mark_of(state_folder())}"


def queue_socket() -> Path:
    near = state_folder() / "valkey.sock"
    return near if len(str(near)) <= SOCKET_LIMIT else socket_folder() / "valkey.sock"


def kept_secret(name: str) -> str:
    """A random secret that is made once and stays in the state folder, readable by its owner only."""
    path = state_folder() / "secrets" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        _keep_the_first(Path(made), path)
    return path.read_text()


def _keep_the_first(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
