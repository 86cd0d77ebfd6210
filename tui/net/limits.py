"""What a fetch may cost; a file of its own, so that to name limits needs no httpx."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: seconds to connect, between two reads and in total; bytes; redirects.

    `size` holds for the body both as sent and as inflated. `concurrent` fetches run at once, `per_host`
    of them to the same host; `total` counts from when a fetch's turn comes.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 45.0
    size: int = 16 * 1024 * 1024
    hops: int = 5
    concurrent: int = 32
    per_host: int = 2
