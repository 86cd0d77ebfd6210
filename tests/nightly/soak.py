"""Hours of use: feeds with faults refreshed again and again, random keys and sizes, and nothing that grows.

`python -m tests.nightly.soak [--minutes N] [--every SECONDS] [--seed S]`
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from tests.e2e.pty_program import Program, changed_modes
from tests.nightly.soak_feeds import served

EVERY = 30.0
WARM_UP = 1 / 3
LONG_ENOUGH = 5
"""Minutes; of a shorter run the warm-up is the whole, and what grew is only told."""

MOST_GROWTH = 0.10
MOST_DESCRIPTORS = 5
GRACE = 10.0

_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")

KEYS = (
    *(
        "j",
        "k",
        "j",
        "k",
        "G",
        "gg",
        "\x04",
        "\x15",
        " ",
        "n",
        "p",
        "m",
        "f",
        "u",
        "l",
        "h",
        "\t",
        "1",
        "2",
        "3",
    ),
    *(
        "]",
        "[",
        "X",
        "U",
        "U",
        "F",
        "F",
        "s\x1b",
        "z",
        "z",
        "t",
        "?\x1b",
        "C\x1b",
        "c",
        "c",
        "5j",
        "x",
        "w",
        "\x1b",
    ),
    *(
        "/货源\r",
        "/shop_9\r",
        "/\x1b",
        "A\x1b",
        "Y\x1b",
        ":\x1b\x1b",
        "r",
        "\x1b[A",
        "\x1b[6~",
        "\x1b[<0;30;9M",
    ),
)
"""All that one presses but what leaves the reader: no editor, no browser, no shell, no quit.

An Esc that is read along with the next letter is Alt and that letter; in the palette, where a click might
quit, there are two.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the reader and its worker hold at one time; bytes and descriptors."""

    reader: int
    worker: int
    descriptors: int
    worker_descriptors: int


def main(minutes: int, seed: int, every: float = EVERY) -> str:
    """Use the reader for so long; tells the figures, raises AssertionError where something grew or broke."""
    with tempfile.TemporaryDirectory() as folder, served(seed) as urls:
        feeds = "".join(f'[[feed]]\nurl = "{url}"\n' for url in urls)
        config = Path(folder, "feeds.toml")
        config.write_text(f"[reader]\nrefresh_minutes = 0\n{feeds}", "utf-8")
        with Program("--config", str(config), "--data", folder) as program:
            samples, presses = _use(program, Random(seed), 60 * minutes, every)
            family = [program.pid, *_family(program.pid)]
            code = _leave(program)
            modes, settings = changed_modes(program.written[-500:]), program.settings() == program.before
    orphans = _left(family)
    figures = f"{presses} keys and sizes, {len(samples)} refreshes; {_growth(samples)}"
    assert (code, orphans, settings) == (0, [], True), (figures, code, orphans, modes)
    assert minutes < LONG_ENOUGH or _is_steady(samples), figures
    return figures


def _use(program: Program, random: Random, seconds: float, every: float) -> tuple[list[Sample], int]:
    program.wait_for(b"\x1b[?2004h")
    began = due = time.monotonic()
    samples: list[Sample] = []
    presses = 0
    while (now := time.monotonic()) - began < seconds:
        if now >= due:
            if now > began:
                samples.append(_sample(program.pid))
            program.type(b"\x1b\x1bR")
            due += every
        if random.random() < 0.03:
            program.resize(random.choice((20, 50, 80, 100, 120, 200)), random.choice((5, 24, 40, 60)))
        else:
            program.type(random.choice(KEYS).encode())
        presses += 1
        program.glance(random.random() / 4)
        program.glance()
        code = program.code()
        if b"Traceback" in program.written or code is not None:
            program.rest(1.0)
            ended = f"ended with {code} after {presses} keys and sizes"
            raise AssertionError(f"{ended}:\n{_plain(program.written)}")
        program.written = program.written[-5_000:]
    program.resize(120, 40)
    return samples, presses


def _leave(program: Program) -> int | None:
    """Quit, out of whatever dialog stands there."""
    for _ in range(20):
        for key in (b"\x1b", b"q"):
            program.type(key)
            program.rest(0.5)
            code = program.code()
            if code is not None:
                return code
    return None


def _plain(written: bytes) -> str:
    return _SEQUENCE.sub(b"", written).decode("utf-8", "replace")[-20_000:]


def _sample(pid: int) -> Sample:
    others = _family(pid)
    return Sample(
        _memory(pid), max(map(_memory, others), default=0), _open(pid), max(map(_open, others), default=0)
    )


def _family(pid: int) -> list[int]:
    """The children of a process, and theirs."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text("ascii").split()):
                found += [child, *_family(child)]
    return found


def _memory(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _open(pid: int) -> int:
    with suppress(OSError):
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return 0


def _left(family: list[int]) -> list[int]:
    """The processes that are still there when those that were busy have had their time to end."""
    end = time.monotonic() + GRACE
    while (left := [pid for pid in family if _state(pid) != "Z"]) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def _state(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    return "Z"


def _ends(samples: list[Sample], name: str) -> tuple[float, float]:
    """The median after the warm-up, and that at the end, of a third of the time each."""
    after = samples[int(len(samples) * WARM_UP) :]
    values = [getattr(sample, name) for sample in after]
    half = max(1, len(values) // 2)
    return median(values[:half]), median(values[-half:])


def _growth(samples: list[Sample]) -> str:
    parts = []
    for name in Sample.__slots__:
        first, last = _ends(samples, name)
        unit = 2**20 if name in ("reader", "worker") else 1
        parts.append(f"{name} {first / unit:.1f} → {last / unit:.1f}")
    return ", ".join(parts)


def _is_steady(samples: list[Sample]) -> bool:
    memory = (_ends(samples, name) for name in ("reader", "worker"))
    descriptors = (_ends(samples, name) for name in ("descriptors", "worker_descriptors"))
    return all(last <= first * (1 + MOST_GROWTH) for first, last in memory) and all(
        abs(last - first) <= MOST_DESCRIPTORS for first, last in descriptors
    )


def command(minutes: int) -> None:
    """Take the options from the command line, so many minutes when it names none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=minutes)
    parser.add_argument("--every", type=float, default=EVERY, help="seconds between two refreshes")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    print(main(given.minutes, given.seed, given.every))  # noqa: T201


if __name__ == "__main__":
    command(480)
