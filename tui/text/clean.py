"""Text from the network made safe for a terminal: no sequences, no controls, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

from tui.text.pattern import pattern

_LINE_ENDS = r"\x0b-\x0d\x85\u2028\u2029"
INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff"
    r"\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    r"\U00013430-\U0001343f\U000e0000-\U000e0fff"
)
"""What nobody sees or a terminal acts on, as the inside of a character class."""

# Wherever Unicode has marks, and the Korean vowels and finals that join the letter before them; whole
# scripts, because a class of a few ranges is searched many times faster than one of hundreds.
_MARKED = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f"
    r"\u3099\u309a\ua66f-\uabff\ud7b0-\ud7ff\ufb1e\ufe0e\ufe0f\ufe20-\ufe2f\U000101fd-\U00016fff\U0001bc00-\U0001e9ff"
)
_EMOJI = r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JAMO = frozenset(map(chr, (*range(0x1160, 0x1200), *range(0xD7B0, 0xD7FC))))
_MARKS_IN_A_ROW = 3

# Nearly every text is made of these alone and needs no more than this one search.
_UNCOMMON = pattern(r"[^\t\n -~\xa0-\xac\xae\xaf\u2010-\u201f\u2026\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]")
# So is most of what is left.
_OUT_OF_THE_ORDINARY = pattern(
    r"[^\t\n -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2100-\u27ff\u2900-\u2bff"
    r"\u3000-\u3029\u3041-\u3098\u309b-\u312f\u3200-\ua4cf\uac00-\ud7a3\uff01-\uff9f"
    r"\U0001f000-\U0001faff\U00020000-\U0003fffd]"
)
_PAIR = pattern(r"[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = pattern(r"[\ud800-\udfff]")
# ECMA-48: control sequences, control strings, other escapes. A string that nothing ends is taken to
# end with its line or after 256 characters, so that one stray byte cannot hide a whole article.
SEQUENCE = pattern(
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])"
    r"(?:[^\x07\x1b\x80-\x9f]*+(?:\x07|\x1b\\|\x9c)|[^\x07\x1b\x80-\x9f\n]{0,256})"
    r"|\x1b[ -/]{0,4}[0-~]?"
)
_LINE_END = pattern(rf"\r\n|[{_LINE_ENDS}]")
_HIDDEN = pattern(f"[{INVISIBLE}]+")
UNSEEN = pattern(rf"[{INVISIBLE}{_LINE_ENDS}\ud800-\udfff]")
"""A character that is a control, cannot be seen, ends a line, or is half of one."""

# A joiner stands between two emoji, a presentation selector behind an emoji or within a keycap (1️⃣).
_LOOSE_JOINER = pattern(
    rf"(?<![{_EMOJI}])(?<![{_EMOJI}]\ufe0f)\u200d|\u200d(?![{_EMOJI}])"
    rf"|(?<![{_EMOJI}])(?:(?<![0-9#*])[\ufe0e\ufe0f]|[\ufe0e\ufe0f](?!\u20e3))"
)
_STACK = pattern(rf"[{_MARKED}]{{{_MARKS_IN_A_ROW + 1},}}")


def clean_line(text: str, limit: int = 500) -> str:
    """Return text as one line: safe, white space folded and stripped, at most `limit` code points."""
    line = " ".join((text if is_ordinary(text) else scrub(text)).split())
    return line if len(line) <= limit else _cut(line, limit)


def clean_text(text: str, limit: int = 2_000_000) -> str:
    r"""Return text safe and stripped, at most `limit` code points; "\n", "\t" and inner spaces stay."""
    return _cut(scrub(text).strip(), limit)


def is_common(text: str) -> bool:
    """Tell whether text is made of Chinese, ASCII and their punctuation alone.

    It is ordinary then, and no character in it is unseen or looks like another one.
    """
    return not _UNCOMMON.search(text)


def is_ordinary(text: str) -> bool:
    """Tell whether text is made of characters that `scrub` leaves alone however they follow each other."""
    return (text.isascii() and text.isprintable()) or not _OUT_OF_THE_ORDINARY.search(text)


def scrub(text: str) -> str:
    r"""Return text without anything a terminal acts on or a reader cannot see; every line end is "\n"."""
    if is_ordinary(text):
        return text
    text = _SURROGATE.sub("\ufffd", _PAIR.sub(_join_pair, text))
    text = SEQUENCE.sub("", text)
    text = _LINE_END.sub("\n", text)
    text = _HIDDEN.sub("", text)
    text = _LOOSE_JOINER.sub("", text)
    return _STACK.sub(_thin, text)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return _LOOSE_JOINER.sub("", text[:limit]).rstrip()


def _join_pair(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _thin(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    # An unassigned one may be a mark of a newer Unicode than Python's.
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cn"} or character in _JAMO
