"""Finds the official accounts that a list names under a heading: 推荐公众号：⏎- 岚起说货 (lanqishuo)."""

from __future__ import annotations

import re

from tui.contacts.words import ORDINARY, TECHNICAL


def find_listed(text: str) -> list[tuple[int, int]]:
    """Give the spans of the ids in a folded text, from lists of two items at least."""
    # one letter is found ten times as fast as two
    if "众" not in text or "公众" not in text:
        return []
    items = [item for item in _ITEM.finditer(text) if not _is_word(item["id"])]
    if len(items) < _FEWEST:
        return []
    spans: list[tuple[int, int]] = []
    headed = 0  # the end of the last item under such a heading
    for item in items:
        start = max(headed, item.start() - _ABOVE)
        if _is_headed(text[start : item.start()].split("\n"), continued=0 < headed == start):
            headed = item.end()
            spans.append(item.span("id"))
    return spans if len(spans) >= _FEWEST else []


def _is_word(found: str) -> bool:
    return TECHNICAL.fullmatch(found) is not None or ORDINARY.fullmatch(found) is not None


def _is_headed(above: list[str], *, continued: bool) -> bool:
    """Tell whether the lines above an item lead to the heading, or, `continued`, to an item that it has."""
    said = ""
    for line in reversed(above[continued:]):
        bare = line.strip()
        said += bare
        if "公众" in bare:
            called = _HEADING.search(bare) is not None and _CALLS.search(said) is not None
            return called and _MAKES.search(said) is None
        if bare and (bare[0] == "#" or not (_LISTED.match(bare) or bare[-1] == ":" or bare[:3] == "```")):
            return False
    return continued


_FEWEST = 2
_ABOVE = 400  # letters between a heading and the first item, at most
_ITEM = re.compile(
    r"\n {0,12}(?:[\-*+•·]|[0-9]{1,2}[.、)]) {0,3}(?=[^\n()]{0,24}[\u4e00-\u9fff])[^\n()]{2,24}"
    r"\((?P<id>[a-z][a-z0-9_\-]{5,19})\)(?=[\n :,。;\-—]|\Z)"
)
_LISTED = re.compile(r"(?:[\-*+•·]|[0-9]{1,2}[.、)])")
_HEADING = re.compile(r"公众(?:号|账号)[^\n:]{0,16}:?\Z")
_CALLS = re.compile("推荐|关注|搜索|订阅|收藏|优质|值得|列表|大全|汇总")
_MAKES = re.compile(
    "开发|接口|功能|源码|代码|教程|文档|平台|配置|管理|回复|目录|获取|领取|文章|项目|技术|来自|转自|我的|我们"
)
