"""Makes sense of the values of a damaged store's rows, or finds that there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import apsw

from tui.errors import Code
from tui.merchants import Standing
from tui.model import Comments, Hidden, Kind, Mask, Merchant, Source
from tui.store import body_codec

Fields = dict[str, Any]

SENSELESS = (apsw.CorruptError, ValueError, TypeError, AttributeError, LookupError)


def mended(table: str, names: Sequence[str], kinds: Mapping[str, str], row: Sequence[Any]) -> Fields | None:
    """A row that was read as bytes, as its table wants it; None where what is left of it is of no use."""
    fields = {
        name: value.decode("utf-8", "replace")
        if isinstance(value, bytes) and kinds[name] == "TEXT"
        else value
        for name, value in zip(names, row, strict=True)
    }
    try:
        if table in _CHECKS:
            _CHECKS[table](fields)
    except SENSELESS:
        return None
    return fields


def _article(fields: Fields) -> None:
    known = [kind for kind in str(fields["kinds"]).split() if kind in set(Kind)]
    fields["kinds"] = " ".join(known)


def _text(fields: Fields) -> None:
    """What is packed has a checksum of its own."""
    body_codec.inflate(fields["body"])
    Merchant(**json.loads(fields["merchant"]))
    Comments(**json.loads(fields["comments"]))
    for hidden in json.loads(fields["hidden"]):
        Hidden(hidden)


def _feed(fields: Fields) -> None:
    said, fields["problem"] = fields["problem"], None
    with suppress(*SENSELESS):
        problem = json.loads(said)
        Code(problem["code"])
        problem["details"].items()
        fields["problem"] = said
    # what was lost is not to be taken for known
    fields.update(etag="", last_modified="", body_hash="")


def _contact(fields: Fields) -> None:
    Kind(fields["kind"])


def _of_article(fields: Fields) -> None:
    Source(fields["source"])
    Mask(fields.get("mask", ""))


def _merchant(fields: Fields) -> None:
    if fields["standing"] not in set(Standing):
        fields["standing"] = Standing.NEW


_CHECKS: Mapping[str, Callable[[Fields], None]] = MappingProxyType(
    {
        "article": _article,
        "article_text": _text,
        "feed": _feed,
        "contact": _contact,
        "article_contact": _of_article,
        "merchant": _merchant,
    }
)
