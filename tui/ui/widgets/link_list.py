"""The links of an article: number, host, words."""

from __future__ import annotations

from rich.segment import Segment

from tui.text.width import cells, cut, fit
from tui.ui.article_links import ArticleLinks
from tui.ui.ink import PANEL
from tui.ui.widgets.rows import Rows

WIDEST_HOST = 30
LOOKED_AT = 40
"""So many links tell how wide the hosts are: more than fit on most screens."""


class LinkList(Rows):
    """Shows the links; the cursor marks one. A host that seems another one stands behind a mark."""

    def __init__(self, links: ArticleLinks, *, id: str | None = None) -> None:
        super().__init__(id=id, beneath=PANEL)
        self._links = links
        hosts = (_host(links, place) for place in range(min(len(links), LOOKED_AT)))
        self._host_width = min(WIDEST_HOST, max(map(cells, hosts), default=0))
        self._number_width = len(str(len(links)))

    @property
    def count(self) -> int:
        return len(self._links)

    def row(self, index: int, width: int) -> list[Segment]:
        link = self._links[index]
        number = f" {link.number:>{self._number_width}} "
        host = _fit_end(_host(self._links, index), min(self._host_width, width // 2))
        room = width - cells(number) - cells(host) - 2
        return [
            Segment(number, self.style_of("accent")),
            Segment(f" {host}  ", self.style_of("bad" if link.is_disguised else "strong")),
            Segment(cut(link.text, max(0, room - 1)), self.style_of("dim")),
        ]


def _fit_end(host: str, width: int) -> str:
    """A host in just so many cells: of a long one its end, which tells whose it is."""
    while cells(host) > width:
        host = f"…{host[max(2, len(host) - width) :]}"
    return fit(host, width)


def _host(links: ArticleLinks, place: int) -> str:
    link = links[place]
    return f"! {link.host}" if link.is_disguised else link.host
