"""All faults, by their names."""

from __future__ import annotations

from tests.faults.charsets import CHARSETS
from tests.faults.connections import CONNECTIONS
from tests.faults.content import CONTENT
from tests.faults.fault import Fault
from tests.faults.framing import FRAMING
from tests.faults.redirects import REDIRECTS
from tests.faults.sizes import SIZES
from tests.faults.slow import SLOW
from tests.faults.statuses import STATUSES

GROUPS: dict[str, tuple[Fault, ...]] = {
    "time": SLOW,
    "size": SIZES,
    "framing": FRAMING,
    "charset": CHARSETS,
    "content": CONTENT,
    "status": STATUSES,
    "redirect": REDIRECTS,
    "connect": CONNECTIONS,
}

ALL: tuple[Fault, ...] = tuple(fault for group in GROUPS.values() for fault in group)
