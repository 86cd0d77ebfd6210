"""Everything in one command: `python -m bench [--quick] [--seed S]` prints each part and the table of bars.

`--quick` takes small stores and few runs: it shows in minutes that all works, and leaves the bars of large
stores open. `--stores DIR` keeps the made stores for another time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bench.bars import table
from bench.stores import store

FULL = {
    "contacts": (),
    "against": ("--stores", "{stores}", "--articles", "1000", "10000", "100000", "1000000"),
    "start": ("--folder", "{store:1000}", "--folder", "{store:1000000}"),
    "keys": ("--data", "{store:1000000}", "--instructions"),
    "store": ("--data", "{store:1000000}"),
    "refresh": (),
    "latency": ("--articles", "100000"),
    "soak": (),
}
QUICK = {
    "contacts": (),
    "against": ("--stores", "{stores}", "--articles", "1000", "10000", "--runs", "2"),
    "start": ("--folder", "{store:1000}", "--folder", "{store:10000}", "--runs", "2"),
    "keys": ("--data", "{store:10000}", "--runs", "1"),
    "store": ("--data", "{store:10000}"),
    "refresh": ("--feeds", "50", "--runs", "1"),
    "latency": ("--articles", "3000", "--feeds", "100"),
    "soak": ("--minutes", "1", "--every", "10"),
}


def exists(part: str) -> bool:
    """Whether there is such a part."""
    return find_spec(f"bench.{part}") is not None


def run(part: str, arguments: Sequence[str]) -> tuple[str, str]:
    """Run a part and show what it prints as it comes; give that, and why it failed (empty if it did not)."""
    print(f"\n== {part} {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", f"bench.{part}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return "".join(lines), f"bench.{part} ended with {process.returncode}" if process.returncode else ""


def filled(argument: str, stores: Path, seed: int) -> str:
    """An argument with the folder of the stores, or with that of one, which is made if it is not there."""
    if argument.startswith("{store:"):
        return str(store(stores, int(argument.strip("{}").partition(":")[2]), seed))
    return argument.replace("{stores}", str(stores))


def main() -> None:
    """Run all parts, then print the table of bars."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stores", type=Path)
    parser.add_argument("--only", nargs="+", choices=sorted(FULL), default=list(FULL))
    given = parser.parse_args()
    printed, failed = {}, dict.fromkeys(FULL, "not run")
    with tempfile.TemporaryDirectory() as temporary:
        for part, arguments in (QUICK if given.quick else FULL).items():
            if part in given.only and exists(part):
                stores = given.stores or Path(temporary)
                made = (filled(argument, stores, given.seed) for argument in arguments)
                printed[part], failed[part] = run(part, (*made, "--seed", str(given.seed)))
            elif part in given.only:
                failed[part] = f"there is no bench.{part}"
    of = " (--quick: of small stores and few runs; the bars are of a million articles)" if given.quick else ""
    print(f"\n== bars{of}", *table(printed, {part: why for part, why in failed.items() if why}), sep="\n")


if __name__ == "__main__":
    main()
