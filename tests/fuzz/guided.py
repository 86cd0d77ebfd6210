"""The same targets under atheris, where it is installed: it keeps what reaches new code and damages that.

`python -m tests.fuzz.guided TARGET [libFuzzer's options]`; it starts from the same samples.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tui"]):
    from tests.fuzz.targets import TARGETS


def main(name: str, *options: str) -> None:
    """Fuzz until the options' end; a target that raises ends it with the input written to a file."""
    target = next(target for target in TARGETS if target.name == name)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(target.seeds()):
            Path(folder, str(number)).write_bytes(seed)
        found = os.fsencode(f"-artifact_prefix={tempfile.gettempdir()}/").decode()
        atheris.Setup(["guided", found, "-timeout=2", "-rss_limit_mb=2048", *options, folder], target.run)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
