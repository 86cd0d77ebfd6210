"""Merchants of a seed, and the lines by which their articles say whom to message."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tui.model import Contact, Kind, Merchant, Source

_SYLLABLES = ("lan", "qi", "mei", "yi", "fei", "bao", "lady", "shop", "wen", "hao", "nz", "gz", "xiao", "da")
_SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪"
_STEP, _FIRST = 7_919, 27_168_835


@dataclass(frozen=True, slots=True)
class Seller:
    """A merchant as its articles name it."""

    person: str
    wechat: str
    qq: str
    mobile: str


def seller(number: int, seed: int) -> Seller:
    """The merchant of a number: the same for the same seed, another for any other number."""
    one, other = _SYLLABLES[number % len(_SYLLABLES)], _SYLLABLES[number // 14 % len(_SYLLABLES)]
    return Seller(
        person=f"{_SURNAMES[number % len(_SURNAMES)]}{'小姐' if number % 3 else '先生'}",
        wechat=f"{one}{other}_{1000 + number + seed % 1000}",
        qq=str(1_000_000_000 + (number * _STEP + seed * 101 + _FIRST) % 2_000_000_000),
        mobile=f"138{(number * _STEP + seed * 31 + _FIRST) % 100_000_000:08d}",
    )


@dataclass(frozen=True, slots=True)
class Said:
    """Lines of a body that name a merchant, and their contacts, whose spans count from the first line."""

    lines: tuple[str, ...]
    contacts: tuple[Contact, ...]
    merchant: Merchant


def block(of: Seller, category: str) -> Said:
    """A merchant block with its labelled fields, as sites write it."""
    values = (
        ("类目", None, category),
        ("联系人", Kind.PERSON, of.person),
        ("微信号", Kind.WECHAT, of.wechat),
        ("QQ号", Kind.QQ, of.qq),
        ("手机号", Kind.MOBILE, of.mobile),
    )
    lines, contacts, start = [], [], 0
    for label, kind, value in values:
        line = f"{label}：{value}"
        if kind is not None:
            end = start + len(line)
            contacts.append(Contact(kind, value, end - len(value), end, label, Source.BLOCK, 0.96))
        lines.append(line)
        start += len(line) + 1
    merchant = Merchant(category, of.person, of.wechat, of.qq, of.mobile)
    return Said(tuple(lines), tuple(contacts), merchant)


def running(of: Seller, chance: random.Random) -> Said:
    """One line of running text with a WeChat ID, a phone that is one too, or a QQ."""
    form = chance.randrange(4)
    if form == 0:
        return _line("联系电话", of.mobile, "（微信同号），看货请提前约", (Kind.WECHAT, Kind.MOBILE), "电话")
    if form == 1:
        return _line("也可以加QQ：", of.qq, " 看相册", (Kind.QQ,), "QQ")
    return _line("一手货源，支持一件代发，加微信：", of.wechat, " 看款", (Kind.WECHAT,), "微信")


def _line(before: str, value: str, after: str, kinds: tuple[Kind, ...], label: str) -> Said:
    start, end = len(before), len(before) + len(value)
    confidence = 0.85 if len(kinds) > 1 else 0.9
    contacts = (Contact(kind, value, start, end, label, Source.BODY, confidence) for kind in kinds)
    return Said((before + value + after,), tuple(contacts), Merchant())
