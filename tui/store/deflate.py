"""What packs and unpacks many bodies: Intel's ISA-L where there is a wheel of it, zlib elsewhere.

Both write and read the same streams, so that a store made by one is read by the other.
"""

from __future__ import annotations

try:
    from isal import isal_zlib as fast
except ImportError:
    import zlib as fast  # type: ignore[no-redef]

__all__ = ["fast"]
