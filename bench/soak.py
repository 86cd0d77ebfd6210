"""Ten minutes of use with faulty feeds, random keys and sizes: what grew (see `tests/nightly/soak.py`)."""

from __future__ import annotations

from tests.nightly.soak import command

if __name__ == "__main__":
    command(10)
