"""What the worker and its processes say to each other arrives as it was, and noise is told from it."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import article, wechat
from tui.errors import Code, HuoyuanError, Problem
from tui.feed_values import Schedule
from tui.making.steps import Facts, Slice, Task
from tui.making.wire import (
    LONGEST,
    decode_part,
    encode_part,
    encode_problem,
    encode_task,
    framed,
    is_end,
    read_frame,
    read_task,
)
from tui.model import Comments, Mask, Merchant
from tui.store.drafts import keys, make_draft

TEXT = st.text(st.characters(codec="utf-8") | st.characters(categories=["Cs"]), max_size=20)
NUMBER = st.integers(-(2**63), 2**63 - 1)


def heard(frame: bytes) -> object:
    return read_frame(io.BytesIO(frame))


@given(st.builds(Task, NUMBER, TEXT, TEXT, st.binary(max_size=99), TEXT, NUMBER))
def test_a_task_arrives(task: Task) -> None:
    stream = io.BytesIO(encode_task(task) * 2)
    assert [read_task(stream), read_task(stream), read_task(stream)] == [task, task, None]


HOURS = st.frozensets(st.integers(0, 23))


@given(st.builds(Facts, TEXT, st.builds(Schedule, st.none() | NUMBER, HOURS, HOURS), NUMBER, NUMBER))
def test_facts_arrive(facts: Facts) -> None:
    said = heard(encode_part(facts))
    assert (decode_part(said), is_end(said)) == (facts, False)


@given(TEXT, st.text(max_size=20), st.none() | NUMBER, st.booleans())
def test_articles_arrive(uid: str, text: str, date: int | None, last: bool) -> None:
    masked = replace(wechat(), mask=Mask.ALIKE)
    full = article(
        uid,
        text,
        published=date,
        contacts=(wechat("wx_12345"), masked),
        merchant=Merchant(person=text, views=3),
        comments=Comments(1, "p", "f"),
        origin=7,
    )
    make = partial(make_draft, 1, keys("https://a.example/"))
    part = Slice([make(full), make(article("2"))], last)
    said = heard(encode_part(part))
    assert (decode_part(said), is_end(said)) == (part, last)


def test_a_problem_arrives_in_place_of_a_part() -> None:
    problem = Problem(Code.TOO_LARGE, {"limit": 5})
    said = heard(encode_problem(problem))
    assert is_end(said)
    with pytest.raises(HuoyuanError) as caught:
        decode_part(said)
    assert caught.value.problem == problem


@pytest.mark.parametrize("said", [None, 3, "x", (), (1, 2), [1], {"a": 1}])
def test_noise_is_no_part(said: object) -> None:
    assert not is_end(said)
    with pytest.raises(ValueError, match=type(said).__name__):
        decode_part(said)


@pytest.mark.parametrize(
    "noise", [b"\xff" * 8, (LONGEST + 1).to_bytes(4), framed("whole")[:-2], b"\x00\x00\x00\x01?"]
)
def test_a_broken_frame_is_noise(noise: bytes) -> None:
    with pytest.raises((EOFError, ValueError, TypeError)):
        heard(noise)
