"""What is judged by learned weights: what the terms may tell, how sure it is, how many are weighed."""

from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from tui import processes
from tui.contacts import find, trust
from tui.contacts.features import features
from tui.contacts.judge import candidates, judge
from tui.contacts.normalise import fold
from tui.contacts.shapes import Shape, Value
from tui.contacts.weights import TABLE, read_weights
from tui.model import Kind, Source

_ASKED = "想请教一个部署的问题，能加个微信吗，方便的话我发截图给您看，{}"


def _terms(name: str) -> set[str]:
    folded = fold(_ASKED.format(name))
    start = folded.text.index(name.lower())
    return set(features(folded.text, folded.cased, Value(start, start + len(name), Shape.ID)))


@given(st.text("bcdfghjk", min_size=6, max_size=12), st.randoms(use_true_random=False))
def test_no_term_tells_which_letters_an_id_has(name: str, source: object) -> None:
    other = "".join(reversed(name.translate(str.maketrans("bcdfghjk", "fghjkbcd"))))
    assert _terms(f"{name}_7") == _terms(f"{other}_4")


def test_no_weight_is_that_of_a_value() -> None:
    said = {
        "wechat",
        "length",
        "pinyin",
        "digits",
        "number",
        "letters",
        "joined",
        "broken",
        "begins",
        "nothing",
    }
    words = set(re.findall(r"[a-z0-9_\-]{6,}", TABLE.replace("link", " ").replace("_", " ")))
    assert words <= said


def test_each_term_has_one_weight() -> None:
    assert len(read_weights()) == TABLE.count("\n") - 1
    assert read_weights("\n+1.50 label w 0\n-2.00 <:_\n") == {"label w 0": 1.5, "<:_": -2.0}


def test_what_is_judged_is_never_copied_unasked() -> None:
    (contact,) = find(_ASKED.format("miaoyang_7712"))
    assert (contact.kind, contact.value, contact.confidence) == (Kind.WECHAT, "miaoyang_7712", trust.JUDGED)
    assert contact.confidence < 0.8


def test_a_merchant_block_makes_it_no_surer() -> None:
    block = "【商户信息】\n类目：女装\n" + _ASKED.format("miaoyang_7712")
    (contact,) = (contact for contact in find(block) if contact.kind is Kind.WECHAT)
    assert (contact.source, contact.confidence) == (Source.BODY, trust.JUDGED)


def test_what_a_rule_took_is_not_judged_again() -> None:
    text = fold(_ASKED.format("miaoyang_7712")).text
    start = text.index("miaoyang")
    stretch = [(0, len(text))]
    assert [value.start for value in candidates(text, stretch, [])] == [start]
    assert not list(candidates(text, stretch, [(start, len(text))]))


def test_of_a_text_full_of_candidates_only_the_first_are_weighed() -> None:
    asked = [_ASKED.format(f"miaoyang_{number}") for number in range(1_000, 1_100)]
    text = fold("\n".join(asked)).text
    judged = list(judge(text, text, [(0, len(text))], []))
    assert 0 < len(judged) <= 32
    assert judged[-1].end < len(text) // 2


def test_what_is_weighed_does_not_hang_on_the_order_of_a_set() -> None:
    text = "管理员扫码q裙扫码ẞwechat groupimei🐧wechat official搜索"
    program = f"from tui.contacts import find; print([*find({text!r})])"
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**processes.environment(), "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(said) == 1
