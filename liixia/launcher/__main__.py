"""`script/server`: everything on one machine, from nothing to a page, and back to nothing."""

import argparse
import errno
import os
import sys

from liixia.launcher.refused import Refused
from liixia.launcher.run import run

PORTS = range(1, 32768)  # above them the system hands out numbers of its own


def main() -> None:
    words = argparse.ArgumentParser(prog="script/server", description="Runs the whole district on this machine.")
    words.add_argument("--port", default=os.environ.get("PORT", "8000"), help="8000 unless told; below 32768")
    port = words.parse_args().port
    try:
        if not port.isdigit() or int(port) not in PORTS:
            raise Refused(f"`{port}` is no port: choose a number from 1 to 32767, as in --port 8001.")
        run(os.environ.get("HOST", "127.0.0.1"), int(port))
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(sentence(error))


def sentence(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "The disk is full: free at least 200 MB and start again."
    return f"{error.filename or 'Something'} cannot be used: {error.strerror}."


if __name__ == "__main__":
    main()
