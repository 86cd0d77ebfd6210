"""Everything that opens a socket."""

from __future__ import annotations

import sys

# httpx brings its command line where click is installed: half of what httpx costs to import, for nothing.
# A name that is None cannot be imported, and httpx goes without, as it does where click is missing.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
