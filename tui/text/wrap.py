"""Lines of a given width out of text, by the rules of Chinese typesetting (kinsoku)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from tui.text.width import advances

_NEVER_FIRST = frozenset(
    "!%),.:;?]}¢°·’”‥…‰′″›℃∶、。〃々〉》」』】〕〗〙〛〜〞〟ぁぃぅぇぉっゃゅょゎゝゞァィゥェォッャュョヮヵヶ・ーヽヾ"
    "﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！％），．：；？］｀｜｝～｠｡｣､･￠"
)
_NEVER_LAST = frozenset("$([{£¥‘“‹€〈《「『【〔〖〘〚〝﹙﹛﹝＄（［｛｟｢￡￥")


_WINDOW = 2048
"""Characters measured at once: the first lines of a long text cost no more than those of a short one."""


def wrap(text: str, width: int) -> Iterator[tuple[int, int]]:
    r"""Yield the slices (start, end) of text that are its lines of at most `width` cells.

    A line ends at "\n", else where Chinese typesetting allows it; words, numbers and addresses stay
    whole unless they are longer than a line. Spaces around a break belong to no slice. A tab counts as
    one cell. A width below 2, in which no Chinese character has room, is taken for 2.
    """
    start = 0
    for paragraph in text.replace("\t", " ").split("\n"):
        for first, last in _lines(paragraph, max(width, 2)):
            yield start + first, start + last
        start += len(paragraph) + 1


def _lines(paragraph: str, width: int) -> Iterator[tuple[int, int]]:
    size = len(paragraph.rstrip())
    if 2 * size <= width:
        yield 0, size
        return
    window, begin = max(_WINDOW, 8 * width), 0
    while size - begin > window:
        stop = begin + window
        while paragraph[stop - 1].isspace():
            stop += 1
        laid = list(_window(paragraph[begin:stop], width))
        # the last lines of a window are not sure: what follows decides where they break
        sure = stop - begin - 3 * width - 16
        laid = [line for line in laid if line[1] < sure] or laid[:1]
        for first, last in laid:
            yield begin + first, begin + last
        begin += laid[-1][1]
        if begin >= size:
            return
        begin = _skip_spaces(paragraph, begin)
    for first, last in _window(paragraph[begin:size], width):
        yield begin + first, begin + last


def _window(paragraph: str, width: int) -> Iterator[tuple[int, int]]:
    """Lines of a text that does not end in a space."""
    size = len(paragraph)
    steps = advances(paragraph)
    reach = [0, *accumulate(steps)]
    begin = 0
    while reach[size] - reach[begin] > width:
        limit = bisect_right(reach, reach[begin] + width, begin + 1, size) - 1
        cut = _break(paragraph, steps, begin, limit)
        yield begin, _skip_spaces_back(paragraph, begin, cut)
        begin = _skip_spaces(paragraph, cut)
    yield begin, size


def _break(paragraph: str, steps: list[int], begin: int, limit: int) -> int:
    """Return the last place up to `limit` where a line may end; `limit` when there is none."""
    following = paragraph[_skip_spaces(paragraph, limit)]
    for cut in range(limit, begin, -1):
        after = paragraph[cut]
        if not after.isspace():
            following = after
        before = paragraph[cut - 1]
        if before.isspace() or before in _NEVER_LAST or following in _NEVER_FIRST:
            continue
        if after.isspace() or (steps[cut] and 2 in (steps[cut - 1], steps[cut])):
            return cut
    return limit


def _skip_spaces(paragraph: str, index: int) -> int:
    while paragraph[index].isspace():
        index += 1
    return index


def _skip_spaces_back(paragraph: str, begin: int, index: int) -> int:
    while index > begin and paragraph[index - 1].isspace():
        index -= 1
    return index
