"""The links of an article as one chooses among them: number, host, the words that they stand under."""

from __future__ import annotations

from collections.abc import Callable

from tui.errors import HuoyuanError
from tui.model import Article, Mark
from tui.text.clean import clean_line
from tui.values import frozen
from tui.visits import Aim

LONGEST = 200
"""Characters of what is shown of a link."""


@frozen
class ShownLink:
    """A link with its number in the article (0: the article's own), its host as one reads it, its words."""

    number: int
    url: str
    host: str
    text: str
    is_disguised: bool = False


class ArticleLinks:
    """All links of an article, its own first; where one leads is worked out when it is looked at.

    There may be 2,000, of which the screen shows twenty.
    """

    def __init__(self, article: Article, own: str, aim_of: Callable[[str], Aim]) -> None:
        self._urls = [*enumerate(article.body.links, 1)]
        if article.link:
            self._urls.insert(0, (0, article.link))
        self._texts = _texts(article) | {0: own}
        self._aim_of = aim_of
        self._shown: dict[int, ShownLink] = {}

    def __len__(self) -> int:
        return len(self._urls)

    def __getitem__(self, place: int) -> ShownLink:
        """The link of a row."""
        if place not in self._shown:
            self._shown[place] = self._show(place)
        return self._shown[place]

    def place_of(self, number: int) -> int | None:
        """The row of the link with a number, None where there is none."""
        place = number - self._urls[0][0]
        return place if 0 <= place < len(self) else None

    def _show(self, place: int) -> ShownLink:
        number, url = self._urls[place]
        text = clean_line(self._texts.get(number, ""), LONGEST)
        try:
            aim = self._aim_of(url)
        except HuoyuanError:
            # mailto, tel, and what is refused: the scheme tells what it is
            return ShownLink(number, url, clean_line(url.partition(":")[0], LONGEST), text or url[:LONGEST])
        path = aim.url.partition("://")[2].partition("/")[2]
        return ShownLink(number, url, aim.read_as, text or f"/{path}"[:LONGEST], aim.is_disguised)


def _texts(article: Article) -> dict[int, str]:
    """The words of the first span that leads to each link, by the link's number."""
    texts: dict[int, str] = {}
    for block in article.body.blocks:
        for span in block.spans:
            if span.mark is Mark.LINK:
                texts.setdefault(span.target + 1, block.text[span.start : span.end])
    return texts
