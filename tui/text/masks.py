"""Words that were masked: by something unseen inside, or by letters that look like Latin ones."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from tui.model import Mask
from tui.text.clean import INVISIBLE, SEQUENCE, is_common
from tui.text.markup import is_bare
from tui.text.pattern import pattern

_LONGEST = 200
_ALIKE = r"\u0370-\u052f"
_JOINING = "\u200d\ufe0e\ufe0f"
_HIDING = f"{INVISIBLE}{_JOINING}"

_SUSPECT = pattern(f"[{INVISIBLE}{_ALIKE}]")
# Emoji are joined, and quotes are written as references, in texts that mask nothing.
_RARE = ("&#", "&shy", "&zw", *_JOINING)
_RARELY_SUSPECT = pattern(rf"[A-Za-z0-9_>](?:[{_JOINING}]|&(?:#|shy|zw))")
_REFERENCE = pattern(r"&(?:#[xX]([0-9A-Fa-f]{1,8})|#([0-9]{1,8})|shy|zwn?j);?")
_TAG = pattern(r"<[^<>]{0,2000}>")
_RUN = pattern(rf"[A-Za-z0-9_.@+\-{_ALIKE}{_HIDING}]{{2,}}")
_HIDDEN = pattern(f"[{_HIDING}]+")
_EDGES = pattern(rf"\A[{_HIDING}]+|[{_HIDING}]+\Z")
_LATIN = pattern("[A-Za-z0-9]")
_LOOKS_LATIN = pattern(f"[{_ALIKE}]")


def masked_words(html: str, *, common: bool | None = None) -> tuple[str, ...]:
    """The masked words of a text or of HTML, without what was not seen in them; look-alikes stay.

    `common` is what `is_common` says of it, where that is known.
    """
    if not _is_suspect(html, common=is_common(html) if common is None else common):
        return ()
    text = _REFERENCE.sub(_resolve, _TAG.sub("", SEQUENCE.sub("\u200b", html)))
    return tuple(dict.fromkeys(_masked(SEQUENCE.sub("\u200b", text))))


def _is_suspect(html: str, *, common: bool) -> bool:
    """Whether a closer look may find anything, which for most texts is told fast."""
    if common and is_bare(html):
        return False
    return (not common and _SUSPECT.search(html) is not None) or (
        any(sign in html for sign in _RARE) and _RARELY_SUSPECT.search(html) is not None
    )


def _resolve(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2] or 0xAD)
    return chr(number) if number <= sys.maxunicode else ""


def mask_of(word: str) -> Mask:
    """What a word of `masked_words` was masked with."""
    return Mask.ALIKE if _LOOKS_LATIN.search(word) else Mask.UNSEEN


def _masked(text: str) -> Iterator[str]:
    for found in _RUN.finditer(text):
        run = found[0]
        word = _HIDDEN.sub("", run)
        is_masked = word != _EDGES.sub("", run) or _LOOKS_LATIN.search(word) is not None
        if is_masked and len(word) <= _LONGEST and _LATIN.search(word):
            yield word
