"""What every result of find keeps: order, one of each, spans into the original, sources, confidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.contacts import HOSTILE
from tui.contacts import find, trust
from tui.contacts.block import find_block
from tui.contacts.find import find_in
from tui.contacts.labels import read_labels
from tui.contacts.normalise import fold, is_silent
from tui.contacts.shapes import clean
from tui.contacts.stretches import find_stretches, first_letter
from tui.model import Contact, Kind, Source

_PIECES = st.sampled_from(
    [
        *(label.word for label in read_labels()),
        *"：:，,（）()/|、 \n@.-_+①⑤➊８ａ\u200b\ufe0f\u20e3Ааβ一三八❤【】“”ﬁ½㎏",
        *("lanqi2088", "468203915", "13802214579", "138 0221 4579", "020-38810246", "4008205566"),
        *(
            "lanqi@bagmail.cn",
            "https://a.cn/b1",
            "QianYu",
            "l a n q i 2 0",
            "已满",
            "关注",
            "是",
            "联系人：周姐",
        ),
    ]
)
_TEXTS = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=14).map("".join))


@settings(max_examples=600, deadline=None)
@given(_TEXTS)
def test_spans_lie_inside_the_text_and_give_the_value(text: str) -> None:
    for contact in find(text):
        assert 0 <= contact.start < contact.end <= len(text)
        assert clean(contact.kind, fold(text[contact.start : contact.end]).cased) == contact.value
        assert 0 < contact.confidence <= 1


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_results_are_ordered_and_each_is_given_once(text: str) -> None:
    contacts = find(text)
    assert list(contacts) == sorted(contacts, key=lambda contact: (contact.start, contact.end))
    keys = [(contact.kind, contact.value.lower()) for contact in contacts]
    assert len(keys) == len(set(keys))


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_what_is_not_looked_at_has_nothing(text: str) -> None:
    folded = fold(text)
    if is_silent(text):
        assert find_in(text, folded, find_block(folded.cased)) == ()
    assert find_stretches(folded.text, first_letter(folded)) == find_stretches(folded.text, 0)


@pytest.mark.parametrize("sign", "-*•·")
def test_a_list_goes_on_with_each_sign_of_an_item(sign: str) -> None:
    text = f"微信：lanqi2088\n{sign} hfxb7731\n"
    assert [contact.value for contact in find(text)] == ["lanqi2088", "hfxb7731"]


def _only(text: str) -> Contact:
    (contact,) = find(text)
    return contact


def test_a_span_refers_to_the_original_text() -> None:
    text = "微\u200b信\u200b号：1️⃣3️⃣8️⃣02214579 周姐"
    contact = _only(text)
    assert contact.value == "13802214579"
    assert (contact.start, contact.end) == (text.index("1"), text.index(" "))
    assert contact.label == "微\u200b信\u200b号"


def test_an_id_keeps_its_capitals() -> None:
    assert _only("微信：LanQi_2088").value == "LanQi_2088"


def test_the_better_of_two_findings_stays() -> None:
    contact = _only("13802214579 周姐\n联系电话：13802214579")
    assert contact.confidence == trust.PLAIN
    assert contact.label == "联系电话"[2:]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("微信：lanqi2088", trust.PLAIN),
        ("V：lanqi2088", trust.HIDDEN),
        ("微信：QianYuXia", trust.WORD),
        ("lanqi2088微信", trust.BEFORE),
        ("周姐 13802214579", trust.BARE),
        ("邮箱 lanqi@bagmail.cn", trust.PLAIN),
    ],
)
def test_confidence_tells_how_a_contact_was_found(text: str, confidence: float) -> None:
    assert _only(text).confidence == confidence


def test_same_number_and_list_have_their_own_confidence() -> None:
    assert {c.kind: c.confidence for c in find("13802214579 微信同号")} == {
        Kind.WECHAT: trust.SAME,
        Kind.MOBILE: trust.SAME,
    }
    assert [c.confidence for c in find("微信：lanqi2088 或 hfxb7731")] == [trust.PLAIN, trust.LISTED]


def test_contacts_of_the_block_and_of_the_body_are_told_apart() -> None:
    text = "【商户信息】\n联系人：周姐\n微信号：lanqi2088\n【货源详情】\n厂家直销，加微信 hfxb7731"
    assert [(c.kind, c.value, c.source) for c in find(text)] == [
        (Kind.PERSON, "周姐", Source.BLOCK),
        (Kind.WECHAT, "lanqi2088", Source.BLOCK),
        (Kind.WECHAT, "hfxb7731", Source.BODY),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        *HOSTILE,
        "加v",
        "：",
        "(",
        "138 ",
        "0755-",
        "同号13802214579",
        "①一",
        "(1111111111111111111111111111111111111111 微信：lanqi2088 1微1 ",
    ],
)
def test_hostile_repetition_gives_an_answer(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    assert all(0 <= contact.start < contact.end <= len(text) for contact in find(text))
