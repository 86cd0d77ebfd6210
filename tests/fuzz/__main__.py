"""`python -m tests.fuzz TARGET SEED INDEX [FILE]`: repeats an input that failed, and writes it to a file."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.fuzz.targets import TARGETS


def main(name: str, seed: str, index: str, file: str = "") -> None:
    """Run one input once more; its traceback is the answer."""
    target = next(target for target in TARGETS if target.name == name)
    data = target.input(int(seed), int(index))
    if file:
        Path(file).write_bytes(data)
    print(f"{len(data)} bytes: {data[:300]!r}", flush=True)  # noqa: T201
    began = time.process_time()
    target.run(data)
    print(f"fine after {time.process_time() - began:.2f} s of CPU")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
