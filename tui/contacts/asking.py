"""Tells what may stand between a label and its value, what asks for a value, and what answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tui.contacts import phrases
from tui.contacts.fit import is_word
from tui.contacts.labels import Role
from tui.contacts.notes import BEHIND_NOTE, has_note
from tui.contacts.persons import is_common, is_state
from tui.contacts.runs import Run
from tui.contacts.shapes import Shape, Value
from tui.contacts.words import PINYIN

PERSONAL = frozenset({Role.WECHAT, Role.QQ})
_OR = frozenset({"或", "或者"})
# a call to come in names no group of another app
_OF_APP = re.compile(
    r"(?:微信?|(?<![a-z])(?:[vw]x|tg)|wechat|钉钉|飞书|telegram|电报|discord|企微)[^\n。!?]{0,8}\Z"
)
_NOTE_WITHIN = 64  # letters behind a label in which it may say what to write as a note


def gaps(text: str, run: Run) -> Iterator[re.Match[str] | None]:
    """Give what may stand between a run and its value, the usual first."""
    yield phrases.GAP.match(text, run.end)
    yield phrases.REQUEST.match(text, run.end)
    if run.roles <= PERSONAL:
        yield phrases.MOVED.match(text, run.end)
        if has_note(text, run.end, run.end + _NOTE_WITHIN):
            yield BEHIND_NOTE.match(text, run.end)
    if Role.OFFICIAL in run.roles:
        yield phrases.NAMED_ACCOUNT.match(text, run.end)
    if Role.GROUP in run.roles:
        yield phrases.TOLD_OF_GROUP.match(text, run.end)
        if not _OF_APP.search(text, max(0, run.start - 12), run.start):
            yield phrases.CALLED_IN.match(text, run.end)
    elif _is_asked(text, run):
        yield phrases.TOLD.match(text, run.end)


def is_behind_note(text: str, run: Run) -> bool:
    """Tell whether a value follows what is to be written as a note, labels within it or not."""
    return has_note(text, run.end, run.end + _NOTE_WITHIN) and BEHIND_NOTE.match(text, run.end) is not None


def _is_asked(text: str, run: Run) -> bool:
    """Tell whether a run stands in a request: 加我微信, 能留个QQ吗."""
    in_group = Role.GROUP in run.roles
    asked, asks = (phrases.GROUP_ASKED, phrases.GROUP_ASKS) if in_group else (phrases.ASKED, phrases.ASKS)
    before = asked.search(text, max(0, run.start - 8), run.start)
    return (
        run.added
        or before is not None
        or asks.match(text, run.end) is not None
        or (
            text[run.start - 5 : run.start] == "your "
            and phrases.ASKS_IN_ENGLISH.match(text, run.end) is not None
        )
    )


def may_be_answered(text: str, run: Run) -> bool:
    """Tell whether the line below may answer: a request, or a wish (求微信, 能发下微信吗)."""
    start = max(0, run.start - 8)
    return _is_asked(text, run) or (
        run.roles <= PERSONAL and phrases.ASKED_BELOW.search(text, start, run.start) is not None
    )


def is_announced(text: str, run: Run, at: int) -> bool:
    """Tell whether letters at a place are a label of their own, and no id that begins like one."""
    if phrases.ANNOUNCES.match(text, at):
        return True
    return phrases.CHINESE.search(text, run.end, at) is not None


def are_akin(text: str, value: Value, further: Value) -> bool:
    """Tell whether two ids are of one person's making: lanqi2088 lanqi2099."""
    return text[value.start : value.start + 4] == text[further.start : further.start + 4]


def continues(text: str, value: Value, further: Value, parting: str) -> bool:
    """Tell whether an id continues a list: letters do so behind 或 alone, others where a sign parts them."""
    if is_word(text, further):
        alone = phrases.ENDS_ITEM.match(text, further.end) is not None
        listed = parting.strip() in _OR or (bool(parting.strip()) and are_akin(text, value, further))
        return listed and alone and not is_common(text, further)
    return bool(parting.strip()) or are_akin(text, value, further)


def is_answer(text: str, value: Value, *, mine: bool) -> bool:
    """Tell whether an answer is an id: with a digit or line, a name, or said to be `mine` and no state."""
    if not is_word(text, value):
        return True
    if mine and not (is_common(text, value) or is_state(text, value)):
        return True
    named = PINYIN.fullmatch(text, value.start, value.end) is not None
    return named and phrases.SAYS_NO_MORE.match(text, value.end) is not None


def answers(text: str, value: Value) -> bool:
    """Tell whether a value that begins a line is all that the line says, or all but some words."""
    length = value.end - value.start
    if value.shape is Shape.DIGITS and length > 10:
        return False
    if phrases.ENDS_ANSWER.match(text, value.end):
        return True
    numbered = value.shape is Shape.MOBILE or (value.shape is Shape.DIGITS and length >= 7)
    return numbered and phrases.NUMBER_ANSWERS.match(text, value.end) is not None


def without_group(text: str, run: Run) -> Run:
    """Take a WeChat group that somebody lets people into for his WeChat: 微信群请加abc123拉你."""
    if run.hits[-1].label.word not in _WECHAT_GROUPS:
        return run
    invited = phrases.INVITES.match(text, run.end)
    if invited is None and phrases.BEGS.search(text, max(0, run.start - 8), run.start):
        invited = phrases.BEGGED.match(text, run.end)
    if invited is None and run.colon and phrases.LETS_IN.match(text, run.end):
        return replace(run, roles=frozenset({Role.WECHAT}))
    return run if invited is None else replace(run, end=invited.end(), roles=frozenset({Role.WECHAT}))


_WECHAT_GROUPS = frozenset({"微信群", "wx群", "vx群", "微群", "wechat group"})
