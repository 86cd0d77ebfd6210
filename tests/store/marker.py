"""A reader's process that marks every other article as they come, and waits to see the other's marks."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from pathlib import Path

from tui.config import load
from tui.reader import Reader

PATIENCE = 60.0


def main(config: str, database: str, own: str, articles: str) -> None:
    """Print the id of each mark once it was acknowledged; fail when the others do not come."""
    end = time.monotonic() + PATIENCE
    unseen = set(range(1, int(articles) + 1))
    with closing(Reader(Path(database), load(Path(config)), {})) as reader:
        while unseen:
            assert time.monotonic() < end, sorted(unseen)
            rows = reader.rows(sorted(unseen))
            for row in rows.values():
                if not row.read and row.id % 2 == int(own) and reader.mark_read([row.id], True).result():
                    print(row.id, flush=True)  # noqa: T201
            unseen -= {row.id for row in rows.values() if row.read}
            time.sleep(0.002)


if __name__ == "__main__":
    main(*sys.argv[1:])
