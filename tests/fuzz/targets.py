"""What is fuzzed: each target takes bytes, and raises only where a promise of the program is broken."""

from __future__ import annotations

import contextlib
import os
import tempfile
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.feeds.safety import assert_sound, is_safe
from tests.fuzz import corpus
from tests.fuzz.mutate import mutated
from tui.codes.wire import decode_answer
from tui.config import load
from tui.contacts import find
from tui.contacts.qr import read_code
from tui.errors import HuoyuanError
from tui.feeds import opml
from tui.feeds.parse import parse
from tui.frame import Frames
from tui.kept import kept
from tui.model import Body, Contact
from tui.pages import extract
from tui.prepare import prepare
from tui.protocol import decode_event, decode_request, encode_event, encode_request
from tui.store import body_codec
from tui.text import dates
from tui.text.clean import clean_text
from tui.text.decode import declared_encoding, decode
from tui.text.html import to_body, to_line
from tui.text.wrap import wrap

NOW = 1_795_300_000
_BASE = "https://a.example/b/c.html"
_CHARSETS = ("", "", "gbk", "utf-8", "big5", "utf-16", "punycode", "no-such-charset")
_MOST_PREPARED = 20
_PATTERN = b"0123456789;"


@dataclass(frozen=True, slots=True)
class Target:
    """One way into the program; `share` is how many of 2,000 inputs it gets."""

    name: str
    seeds: Callable[[], tuple[bytes, ...]]
    run: Callable[[bytes], None]
    share: int

    def input(self, seed: int, index: int) -> bytes:
        """The input of that number; the same whenever it is asked for."""
        random = Random(f"{self.name} {seed} {index}")
        return mutated(self.seeds(), random)


def _charset(data: bytes) -> str:
    """A charset that a server might name, by the data alone."""
    return _CHARSETS[zlib.crc32(data) % len(_CHARSETS)]


def _feeds(data: bytes) -> None:
    with contextlib.suppress(HuoyuanError):
        feed = parse(data, charset=_charset(data), now=NOW)
        assert_sound(feed)
        for entry in feed.entries[:_MOST_PREPARED]:
            article = prepare(entry, "", _BASE)
            _check_body(article.body)
            _check_contacts(article.contacts, article.body.text)


def _opml(data: bytes) -> None:
    with contextlib.suppress(HuoyuanError):
        outlines = opml.read(data).found
        assert all(is_safe(one.title) and is_safe(one.category) for one in outlines)
        assert all(0 < len(one.url) <= opml.URL_LIMIT + 1 for one in outlines)
        again = opml.read(opml.write("货", outlines).encode())
        assert (len(again.found), again.is_cut) == (len(outlines), False)


def _html(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape" if len(data) % 2 else "replace")
    _check_body(to_body(text, _BASE))
    assert is_safe(to_line(text))


def _pages(data: bytes) -> None:
    with contextlib.suppress(HuoyuanError):
        page = extract(data, charset=_charset(data), url=_BASE)
        assert is_safe(page.title)
        _check_body(page.body)


def _dates(data: bytes) -> None:
    for text in (data.decode("utf-8", "surrogateescape"), data.decode("utf-16-le", "replace")):
        found = dates.parse(text, now=NOW)
        assert found is None or 0 < found <= NOW


def _contacts(data: bytes) -> None:
    text = clean_text(data.decode("utf-8", "surrogateescape"))
    _check_contacts(find(text), text)
    code = read_code(text)
    assert code is None or code.value.startswith(("http://", "https://"))


def _config(data: bytes) -> None:
    with contextlib.suppress(HuoyuanError):
        load(Path("feeds.toml"), data.decode("utf-8", "replace"))


def _lines(data: bytes) -> None:
    line = data.decode("utf-8", "replace")
    with contextlib.suppress(ValueError):
        event = decode_event(line)
        assert decode_event(encode_event(event)) == event
    with contextlib.suppress(ValueError):
        request = decode_request(line)
        assert decode_request(encode_request(request)) == request
    with contextlib.suppress(ValueError):
        decode_answer(data)


def _frames(data: bytes) -> None:
    """A frame whose checksum holds, so that only what is in it can tell."""
    with tempfile.TemporaryDirectory() as folder:
        frames = Frames(os.path.join(folder, "frame"), ("key",))
        whole = frames._head(80, 24, data) + b"\n" + data
        for saved in (whole, whole[: len(whole) // 2] + whole[len(whole) // 2 + 1 :], data):
            Path(frames.path).write_bytes(saved)
            _check_frame(frames.load(80, 24))


def _kept(data: bytes) -> None:
    """A cache that was damaged: what it was made from counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "kept")
        value = ["货源", 1, None, [True, "x"]]
        assert kept(path, "origin", lambda: value) == value
        random = Random(data)
        for damaged in (data, mutated((path.read_bytes(),), random), path.read_bytes() + data):
            path.write_bytes(damaged)
            assert kept(path, "origin", lambda: value) == value


def _decode(data: bytes) -> None:
    text = decode(data, declared=declared_encoding(data), header=_charset(data))
    text.encode()


def _check_body(body: Body) -> None:
    for block in body.blocks:
        assert not any(
            unicodedata.category(letter) in {"Cc", "Cs"} for letter in set(block.text) - {"\n", "\t"}
        )
        assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)
        assert all(-1 <= span.target < len(body.links) for span in block.spans)
        assert -1 <= block.target < len(body.images)
    assert all(is_safe(address) for address in (*body.links, *body.images))
    assert body_codec.decode(body_codec.encode(body)) == body
    text = body.text[:5_000]
    for start, end in wrap(text, 40):
        assert 0 <= start <= end <= len(text)


def _check_contacts(found: Iterable[Contact], text: str) -> None:
    for contact in found:
        assert contact.value
        assert is_safe(contact.value), contact
        assert is_safe(" ".join(contact.label.split())), contact
        assert 0 <= contact.start <= contact.end <= len(text)


def _check_frame(frame: bytes) -> None:
    """Only text, colours and cursor positions reach the terminal."""
    before, *sequences = frame.split(b"\x1b")
    for part in (before, *(sequence.lstrip(b"[" + _PATTERN) for sequence in sequences)):
        assert not any(byte < 32 or byte == 127 for byte in part), frame
    for sequence in sequences:
        assert sequence[:1] == b"["
        assert sequence[1:].lstrip(_PATTERN)[:1] in (b"m", b"H"), frame
    assert not any(0x80 <= ord(letter) < 0xA0 for letter in frame.decode("utf-8", "replace"))


TARGETS = (
    Target("feeds", corpus.feeds, _feeds, 410),
    Target("html", corpus.pages, _html, 250),
    Target("pages", corpus.pages, _pages, 200),
    Target("dates", corpus.dates, _dates, 300),
    Target("contacts", corpus.contacts, _contacts, 300),
    Target("config", corpus.configs, _config, 100),
    Target("lines", corpus.lines, _lines, 200),
    Target("frames", corpus.frames, _frames, 80),
    Target("kept", corpus.configs, _kept, 60),
    Target("decode", corpus.feeds, _decode, 40),
    Target("opml", corpus.lists, _opml, 60),
)
