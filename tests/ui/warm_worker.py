"""Worker processes that need not import anything: forks of one that has, as the journeys start a hundred.

Run with the path of a socket it serves; run with that path and a database it stands for a worker.
How a worker starts by itself is shown by the tests of the worker, of the terminal and of its sudden end.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys

DEAD = 70


def stand_for_worker(path: str, database: str) -> int:
    """Have a fork made that takes over this process's input and output; gives its exit code."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        socket.send_fds(line, [database.encode()], [0, 1])
        pid = int(line.recv(16))
        signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))
        os.close(0)
        os.close(1)
        code = line.recv(1)
        return code[0] if code else DEAD


def serve(path: str) -> None:
    """Fork for everyone who asks, until the standard input ends."""
    import select  # noqa: PLC0415 - who stands for a worker is to start at once

    _import_all()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        os.write(1, b"ready\n")
        while 0 not in select.select([0, listener.fileno()], [], [])[0]:
            line, _ = listener.accept()
            with line:
                _fork(line, listener)
            _bury()
    _bury(wait=True)


def _import_all() -> None:
    """Import what a worker imports on its first need."""
    import tui.codes.find  # noqa: PLC0415
    import tui.enrich  # noqa: PLC0415
    import tui.load  # noqa: PLC0415
    import tui.pages  # noqa: PLC0415
    import tui.prepare  # noqa: PLC0415
    import tui.store.backup  # noqa: PLC0415
    import tui.worker  # noqa: F401, PLC0415


def _fork(line: socket.socket, listener: socket.socket) -> None:
    database, (stdin, stdout), _, _ = socket.recv_fds(line, 4096, 2)
    if pid := os.fork():
        line.send(str(pid).encode())
        os.close(stdin)
        os.close(stdout)
        return
    code = DEAD
    try:
        os.setsid()
        listener.close()
        os.dup2(stdin, 0)
        os.dup2(stdout, 1)
        os.close(stdin)
        os.close(stdout)
        code = _work(database.decode())
    finally:
        with contextlib.suppress(OSError):
            line.send(bytes([code]))
        os._exit(code)


def _work(database: str) -> int:
    from pathlib import Path  # noqa: PLC0415

    from tui.worker import main  # noqa: PLC0415

    with open(0, encoding="utf-8") as sys.stdin, open(1, "w", encoding="utf-8") as sys.stdout:
        return main(Path(database))


def _bury(*, wait: bool = False) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, 0 if wait else os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.exit(stand_for_worker(*sys.argv[1:]))
    serve(sys.argv[1])
