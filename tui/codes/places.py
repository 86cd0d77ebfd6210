"""Where an image is read from: those of the bundled samples are not on the network."""

from __future__ import annotations

_SAMPLES = "https://huoyuan.invalid/"


def place_of(url: str) -> str:
    """Give `sample:NAME` for an image of the bundled samples, every other URL as it is."""
    return f"sample:{url.removeprefix(_SAMPLES)}" if url.startswith(_SAMPLES) else url
