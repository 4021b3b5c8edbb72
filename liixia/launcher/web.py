"""How the web server is run: few processes, threads enough that slow senders cannot take them all."""

import sys

WORKERS = 2
THREADS = 12
SLOTS = THREADS - 4  # bodies being read at once in a worker; the other threads serve those who send nothing


def command(host: str, port: int) -> list[str]:
    words = f"--interface wsgi --host {host} --port {port} --http 1 --no-ws --workers {WORKERS}"
    words += f" --blocking-threads {THREADS} --blocking-threads-idle-timeout 600 --backpressure 256"
    words += " --respawn-failed-workers --respawn-interval 1 --workers-kill-timeout 2 --log-level warning"
    return [sys.executable, "-m", "granian", *words.split(), "liixia.served:application"]
