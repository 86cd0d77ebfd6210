"""The table of labels: every line of it is read, and finds its word."""

from __future__ import annotations

import pytest

from tui.contacts.labelling import find_labels
from tui.contacts.labels import Label, Role, read_labels


def _words(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_labels(text, 0, len(text))]


@pytest.mark.parametrize("label", read_labels(), ids=lambda label: label.word)
def test_every_label_finds_its_word_before_a_colon(label: Label) -> None:
    text = f"货源 {label.word}:"
    assert find_labels(text, 0, len(text))[0].label.roles == label.roles


def test_no_word_stands_twice_in_the_table() -> None:
    words = [label.word for label in read_labels()]
    assert len(words) == len(set(words))


def test_conditions_are_those_that_the_search_knows() -> None:
    assert {word for label in read_labels() for word in label.conditions} == {"colon", "added", "disguised"}


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="wexin"):
        read_labels("微信            wexin")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("微 信：", ["微 信"]),
        ("微❤信：", ["微❤信"]),
        ("v-x：", ["v-x"]),
        ("q q 号:", ["q q 号"]),
        ("客服微信2:", ["微信2"]),
        ("加vxlanqi", ["vx"]),
        ("rwx:", []),
        ("sigsegv信号", []),
        ("lvx:", []),
        ("vpn12345", []),
        ("加vip12345678", []),
        ("很有威信", []),
        ("加威信 lanqi", ["威信"]),
        ("10v信号", []),
    ],
)
def test_where_a_label_counts(text: str, words: list[str]) -> None:
    assert _words(text) == words


def test_a_longer_word_hides_the_label_within() -> None:
    (hit,) = find_labels("群主:", 0, 3)
    assert hit.label.roles == {Role.NONE}
