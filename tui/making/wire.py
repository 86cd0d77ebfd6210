"""What the worker and a process that makes drafts say to each other, in frames of `marshal`.

It knows plain values, makes no objects of ours and calls nothing, as pickle would; both ends are one Python,
which its format asks for.
"""

from __future__ import annotations

import marshal
from operator import attrgetter
from typing import IO, Any

from tui.errors import Code, HuoyuanError, Problem
from tui.feed_values import Schedule
from tui.making.steps import Facts, Part, Slice, Task
from tui.model import Contact, Kind, Mask, Source
from tui.store.drafts import Draft

LONGEST = 1 << 28
"""Bytes of one frame; what claims more is not speaking to us."""

READY = b"r"

_HEAD = 4
_TASK = attrgetter("feed_id", "url", "category", "body", "charset", "now")
_DRAFT = attrgetter(
    *("feed_id", "key", "content_hash", "facts_hash", "text_hash", "origin", "published", "columns")
)
_CONTACT = attrgetter("value", "start", "end", "label", "confidence")
# Python 3.11 takes ten times as long to find a member of an enumeration by calling its class
_KINDS = {kind.value: kind for kind in Kind}
_SOURCES = {source.value: source for source in Source}
_MASKS = {mask.value: mask for mask in Mask}


def framed(value: Any) -> bytes:
    """A plain value with its length before it."""
    data = marshal.dumps(value)
    return len(data).to_bytes(_HEAD) + data


def encode_task(task: Task) -> bytes:
    """A task as a frame."""
    return framed(_TASK(task))


def read_frame(stream: IO[bytes]) -> Any:
    """The next value of a stream, None at its end; raises EOFError, TypeError or ValueError for noise."""
    size = int.from_bytes(stream.read(_HEAD))
    if size > LONGEST:
        raise ValueError(size)
    return marshal.loads(stream.read(size)) if size else None  # noqa: S302 - plain values, whoever sent them


def read_task(stream: IO[bytes]) -> Task | None:
    """The next task of a stream; None at its end."""
    said = read_frame(stream)
    return Task(*said) if said else None


def encode_part(part: Part) -> bytes:
    """A part of what a task became as a frame."""
    if isinstance(part, Slice):
        return framed((part.last, [(*_DRAFT(draft), _contacts(draft)) for draft in part.drafts]))
    asked = part.schedule
    return framed((part.title, asked.ttl, asked.skip_hours, asked.skip_days, part.kept, part.left_out))


def encode_problem(problem: Problem) -> bytes:
    """What a task came to as a frame."""
    return framed((str(problem.code), dict(problem.details), None))


def decode_part(said: Any) -> Part:
    """A part from its value; raises the problem that came in its place, ValueError or the like for noise."""
    match said:
        case (bool(last), list(drafts)):
            return Slice([_draft(*fields) for fields in drafts], last)
        case (str(code), dict(details), None):
            raise HuoyuanError(Code(code), **details)
        case (title, ttl, hours, days, kept, left_out):
            return Facts(title, Schedule(ttl, hours, days), kept, left_out)
    raise ValueError(type(said).__name__)


def _contacts(draft: Draft) -> list[tuple[object, ...]]:
    return [
        (contact.kind.value, contact.source.value, contact.mask.value, *_CONTACT(contact))
        for contact in draft.contacts
    ]


def _draft(*fields: Any) -> Draft:
    *others, contacts = fields
    return Draft(*[*others, tuple([_contact(*contact) for contact in contacts])])


def _contact(  # noqa: PLR0917
    kind: str, source: str, mask: str, value: str, start: int, end: int, label: str, confidence: float
) -> Contact:
    return Contact(_KINDS[kind], value, start, end, label, _SOURCES[source], confidence, _MASKS[mask])


def is_end(said: Any) -> bool:
    """Whether nothing more comes of a task: its last slice, or a problem."""
    return isinstance(said, tuple) and (len(said) == 3 or (len(said) == 2 and said[0] is True))
