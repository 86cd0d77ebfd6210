"""What a decoder and its child say survives the way, and no line of a child breaks the decoder."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.codes.wire import Answer, decode_answer, encode_answer, encode_image, read_image
from tui.errors import Code

answers = st.sampled_from(list(Code)) | st.lists(st.text(), max_size=20).map(tuple)
lines = st.binary() | st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
).map(lambda value: json.dumps(value).encode())


@given(st.lists(st.binary(min_size=1)))
def test_images_one_after_the_other(images: list[bytes]) -> None:
    stream = BytesIO(b"".join(map(encode_image, images)))
    assert [read_image(stream) for _ in images] == images
    assert read_image(stream) == b""


@given(answers)
def test_every_answer_is_one_line(answer: Answer) -> None:
    line = encode_answer(answer)
    assert line.count(b"\n") == 1
    assert decode_answer(line) == answer


@given(lines)
def test_any_line_is_an_answer_or_a_value_error(line: bytes) -> None:
    try:
        answer = decode_answer(line)
    except ValueError:
        return
    assert isinstance(answer, Code) or all(isinstance(payload, str) for payload in answer)


@pytest.mark.parametrize(
    "line",
    [b"", b"7\n", b"null\n", b"[]\n", b"{}\n", b'{"codes": 1}\n', b'{"problem": "x"}\n', b"[" * 100_000],
)
def test_a_line_that_is_no_answer(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own kinds are among them
        decode_answer(line)
