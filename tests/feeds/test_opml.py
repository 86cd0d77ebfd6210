"""Lists of feeds as readers export them, and what comes out; there and back; what is made to do harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import hostile
from tests.feeds.safety import is_safe
from tests.fuzz.bounds import BOMB_SECONDS, cpu_of
from tui.errors import Code, HuoyuanError
from tui.feeds import opml as reader
from tui.feeds.opml import SIZE_LIMIT, Outline, Outlines, read, write
from tui.text.clean import clean_line

SAMPLES = sorted((Path(__file__).parent / "opml").glob("*.opml"))
SLOWEST_MACHINE = 3


def refusal(data: bytes) -> Code:
    with pytest.raises(HuoyuanError) as caught:
        read(data)
    return caught.value.problem.code


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_gives_the_expected_feeds(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    found = read(path.read_bytes())
    assert [[one.url, one.title, one.category, one.runs] for one in found.found] == expected["found"]
    assert found.is_cut is expected["is_cut"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"<rss><channel/></rss>",
        b"<html><body>opml</body></html>",
        b"[]",
        b"<!-- <opml> -->",
        b"<opmls/>",
        b"<outline xmlUrl='http://a.example/'/>",
    ],
)
def test_what_is_no_opml(data: bytes) -> None:
    assert refusal(data) is Code.NOT_OPML


def test_what_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(b"<opml>" + b" " * SIZE_LIMIT) is Code.OPML_TOO_LARGE
    monkeypatch.setattr(reader, "OUTLINE_LIMIT", 50)
    one = b'<outline xmlUrl="http://a"/>'
    assert len(read(b"<opml>" + one * 50 + b"</opml>").found) == 50
    assert refusal(b"<opml>" + one * 51 + b"</opml>") is Code.OPML_TOO_LARGE
    assert refusal(b"<opml>&" + one * 51) is Code.OPML_TOO_LARGE
    assert refusal(b"<opml>" + b"<a/>" * 1_000_000 + b"</opml>") is Code.OPML_TOO_LARGE


_LEVELS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
_MANY = " ".join(f'a{number}="1"' for number in range(100_000))
_ONE = '<outline text="{}" xmlUrl="https://a.example/"/>'

WORST = {
    "billion laughs": f'<!DOCTYPE opml [<!ENTITY a0 "货">{_LEVELS}]><opml>{_ONE.format("&a11;")}</opml>',
    "external": f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>{_ONE.format("&x;")}</opml>',
    "attributes": f'<opml><outline {_MANY} xmlUrl="https://a.example/"/></opml>',
    "nested folders": "<opml>" + '<outline text="货">' * 40_000 + _ONE + "</outline>" * 40_000 + "</opml>",
    "never closed": "<opml>" + '<outline text="货">' * 40_000 + _ONE,
    "a long address": f'<opml><outline xmlUrl="https://a.example/{"a" * 4_000_000}"/></opml>',
    "a long name": f"<opml>{_ONE.format('货' * 1_000_000)}</opml>",
    "comments never closed": f"<opml>{_ONE}" + "<!--" * 200_000,
    "faults": f"<opml>{_ONE.format('&;' * 200_000)}</opml>",
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_is_read_within_bounds(name: str) -> None:
    found: list[Outlines] = []
    assert cpu_of(lambda: found.append(read(WORST[name].encode()))) < SLOWEST_MACHINE * BOMB_SECONDS
    (one,) = found[0].found
    assert one.url.startswith("https://a.example/")
    assert (len(one.url) < 5_000, len(one.title) <= 500, "root:" in one.title) == (True, True, False)


_TEXT = st.text(max_size=20).map(clean_line).filter(lambda text: "://" not in text)
_LINES = st.builds(
    Outline,
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30),
    _TEXT,
    _TEXT,
)


@settings(max_examples=25)
@given(st.lists(_LINES, max_size=6))
def test_there_and_back(outlines: list[Outline]) -> None:
    wanted = [
        Outline(one.url, "" if one.title == clean_line(one.url) else one.title, one.category)
        for one in outlines
    ]
    found = read(write("货", outlines).encode())
    assert not found.is_cut
    places = list(dict.fromkeys(one.category for one in wanted))
    assert list(found.found) == sorted(wanted, key=lambda one: places.index(one.category))


@settings(max_examples=60)
@given(st.binary(max_size=200), st.sampled_from([b"<opml>", b"<opml><outline ", b'<opml><outline xmlUrl="']))
def test_nothing_raises(data: bytes, head: bytes) -> None:
    for one in read(head + data).found:
        assert is_safe(one.title + one.category), one


def test_what_is_hostile_comes_out_harmless() -> None:
    for text in map(hostile.sound, hostile.ALL.values()):
        found = read(hostile.opml("https://shop.example", [text])).found
        assert found
        for one in found:
            assert hostile.unsafe(one.title + one.category) == set(), text
