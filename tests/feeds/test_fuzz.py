"""Golden documents with damage: whatever happens, only HuoyuanError comes out, and every string is safe."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.feeds.safety import assert_sound
from tests.feeds.test_golden import DOCUMENTS, NOW
from tui.errors import HuoyuanError
from tui.feeds.parse import parse
from tui.feeds.repair import repair
from tui.feeds.tolerant import read_tolerant
from tui.feeds.xml import read_xml

SEEDS = [path.read_bytes() for path in DOCUMENTS]
FRAGMENTS = [
    *(
        b"<",
        b">",
        b"&",
        b'"',
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"<!DOCTYPE rss [",
        b"<?xml ",
        b"</item>",
        b"<item>",
    ),
    *(
        b"&#xD800;",
        b"&#27;",
        b"&nbsp;",
        b"&#99999999;",
        b"\x00",
        b"\x1b[2J",
        b"\xff",
        b"\xc2\x9b",
        b"\xe2\x80\xae",
    ),
    *(
        b"<rss>",
        b"<feed>",
        b"<entry/>",
        b'xml:base="//["',
        b' xmlns="x"',
        b"http://[",
        b'\\ud800"',
        b"{",
        b"[",
    ),
]
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A golden document with a few stretches cut out, doubled, or replaced by something nasty."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        patch = draw(st.sampled_from([*FRAGMENTS, b"", data[start:end] * 2]) | st.binary(max_size=8))
        data = data[:start] + patch + data[end:]
    return data


@SLOW
@given(damaged(), st.sampled_from(["", "gbk", "utf-8", "no-such-charset"]))
def test_damaged_documents(data: bytes, charset: str) -> None:
    with contextlib.suppress(HuoyuanError):
        assert_sound(parse(data, charset=charset, now=NOW))


@SLOW
@given(st.binary(max_size=300))
def test_arbitrary_bytes(data: bytes) -> None:
    for text in (data, b"<rss><channel>" + data, b"<feed>" + data + b"</feed>", b"{" + data):
        with contextlib.suppress(HuoyuanError):
            assert_sound(parse(text, now=NOW))


@SLOW
@given(damaged())
def test_every_tier_bears_every_text(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for read in (read_xml, read_tolerant):
        for draft in (read(text), read(repair(text))):
            assert draft is None or isinstance(draft.title, str)


@SLOW
@given(damaged())
def test_what_is_repaired_needs_no_repair(data: bytes) -> None:
    repaired = repair(data.decode("utf-8", "replace"))
    if read_xml(repaired) is not None:
        assert read_xml(repair(repaired)) == read_xml(repaired)
