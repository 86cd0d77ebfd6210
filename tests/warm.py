"""Processes of ours that need not import anything: forks of one that has, as the tests start hundreds.

Run with the path of a socket it serves; run with that path, a module and arguments it stands for
`python -m module arguments`. How the program and its worker start by themselves is shown by the tests of
the terminal, of the worker and of its sudden end, and by one of each kind of command.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys

DEAD = 70
PID_BYTES = 4


def stand_for(path: str, module: str, *arguments: str) -> int:
    """Have a fork made that takes over the streams of this process; gives its exit code when it is gone."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        request = json.dumps([module, arguments, dict(os.environ), os.getcwd()]).encode()
        socket.send_fds(line, [len(request).to_bytes(4, "big")], [0, 1, 2])
        line.sendall(request)
        pid = int.from_bytes(line.recv(PID_BYTES, socket.MSG_WAITALL), "big")
        signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))
        for stream in range(3):
            os.close(stream)
        code = line.recv(1)
        while line.recv(1):
            pass
        return code[0] if code else DEAD


def serve(path: str) -> int:
    """Fork for everyone who asks, until the standard input ends."""
    import gc  # noqa: PLC0415 - who stands for another is to start at once
    import select  # noqa: PLC0415

    _import_all()
    # what is never looked through is never copied into a fork either
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        os.write(1, b"ready\n")
        while 0 not in select.select([0, listener.fileno()], [], [])[0]:
            line, _ = listener.accept()
            code = _fork(line, listener)
            if code is not None:
                return code
            line.close()
            _bury()
    _bury(wait=True)
    return 0


def _import_all() -> None:
    """Import what a worker or a command imports on its first need."""
    from importlib import import_module  # noqa: PLC0415

    for name in (
        "_strptime",
        "anyio._backends._asyncio",
        "httpcore",
        "tui.__main__",
        "tui.arguments",
        "tui.cli",
        "tui.codes.find",
        "tui.doctor.surroundings",
        "tui.enrich",
        "tui.feeds.parse",
        "tui.headless",
        "tui.refresh_command",
        "tui.keeping",
        "tui.load",
        "tui.pages",
        "tui.prepare",
        "tui.store.backup",
        "tui.store.salvage",
        "tui.worker",
    ):
        import_module(name)


def _fork(line: socket.socket, listener: socket.socket) -> int | None:
    """In the fork do what was asked and give the exit code, elsewhere nothing."""
    size, streams, _, _ = socket.recv_fds(line, 4, 3)
    request = line.makefile("rb").read(int.from_bytes(size, "big"))
    if os.fork():
        for stream in streams:
            os.close(stream)
        return None
    os.setsid()
    # by the fork itself: its end must not be told before its number
    line.send(os.getpid().to_bytes(PID_BYTES, "big"))
    listener.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    code = DEAD
    try:
        code = _work(*json.loads(request))
    finally:
        # it stays open till this process is gone, and then tells so
        os.write(line.detach(), bytes([code]))
    return code


def _work(module: str, arguments: list[str], environ: dict[str, str], folder: str) -> int:
    """Run a module of ours as a new process would."""
    import io  # noqa: PLC0415
    import time  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from tui import __main__, worker  # noqa: PLC0415

    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    os.chdir(folder)
    sys.argv = [module, *arguments]
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)), "utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), "utf-8")
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w")), "utf-8", "backslashreplace", line_buffering=True
    )
    try:
        return worker.main(Path(arguments[0])) if module == "tui.worker" else __main__.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()


def _bury(*, wait: bool = False) -> None:
    try:
        while os.waitpid(-1, 0 if wait else os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    sys.exit(serve(sys.argv[1]) if len(sys.argv) == 2 else stand_for(*sys.argv[1:]))
