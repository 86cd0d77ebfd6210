"""Sample pages with damage: only HuoyuanError comes out, and all text is clean."""

from __future__ import annotations

import contextlib
import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.samples import read, sample, sample_names
from tui.errors import HuoyuanError

_MARKUP = b"<div> </div> <table> </td> <p> <li> <h1> <script> <head> </body> <!-- --> <a < > &"
_OTHER = (b"\x00", b"\x1b[2J", b"\xff", b"\xe2\x80\xae", b"&#27;", b"&#xD800;", b'"', b"'")
_WORDS = "联系人： 电话 登录后可见 【随机新闻】 评论区 版权所有"
_FRAGMENTS = (*_MARKUP.split(), *_OTHER, *(word.encode() for word in _WORDS.split()))


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a sample page with parts cut, doubled or put in."""
    data = sample(draw(st.sampled_from(sample_names())))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 400)))
        put = draw(st.sampled_from((b"", data[start:end] * 2, *_FRAGMENTS)))
        data = data[:start] + put + data[end:]
    return data


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damage_is_borne(data: bytes) -> None:
    with contextlib.suppress(HuoyuanError):
        found = read(data)
        for text in (found.title, *found.body.text.split("\n")):
            assert {unicodedata.category(letter) for letter in text if letter != "\t"}.isdisjoint(
                {"Cc", "Cs"}
            )
        assert all(link.startswith(("http:", "https:", "mailto:", "tel:")) for link in found.body.links)
        assert all(image.startswith(("http:", "https:")) for image in found.body.images)
