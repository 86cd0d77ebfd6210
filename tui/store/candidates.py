"""The candidates of a search, by the cheapest way to them, and which of them are hits.

A term of one character (two of Latin letters or digits) begins many tokens, and FTS5 joins the lists of
all of them before it names the first article. Where such a term is common, most of the newest articles
hold it: reading those is cheaper. So a search begins without the short terms, watches how many of the
candidates are hits, and asks the index for a short term only when that turns out to be rare.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import apsw

from tui.model import ListQuery, ScopeKind, Sort
from tui.store import choosing, paging, selection
from tui.store.indexing import category_token, feed_token
from tui.store.matching import TEXTS, Matcher
from tui.text.stretches import MARK
from tui.text.tokens import Term

SAMPLE = 48
"""After so many candidates it is plain whether going on like that pays."""

EVEN = 5000
"""The root of this number to that of all articles is the share of hits at which reading candidates until a
page is full costs what joining the lists of a short term does."""

FEW = 300
"""In a list of so few articles every one is looked at."""

FAIR_NAMED = 0.2
"""Where so many of some articles are hits, reading more of them fills a page soonest."""

NAMED_AT_ONCE = 500
"""So many articles that have the tokens are asked for at once: a page of hits is mostly found among them."""

MANY_UNINDEXED = 50

NEAR = 5000
"""Of a list of so few articles it pays to ask for their first and last id."""

_NOT_PENDING = "article.id NOT IN (SELECT id FROM unindexed)"


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that holds every term of a search."""

    id: int
    in_title: bool
    published: int
    views: int


def _is_short(term: Term) -> bool:
    return any(token.endswith("*") for token in term.tokens)


class Search:
    """One question to the index and the texts."""

    def __init__(
        self, db: apsw.Connection, query: ListQuery, today_start: int, terms: Sequence[Term]
    ) -> None:
        self._db = db
        self._query = query
        self._terms = terms
        self._matcher = Matcher(terms)
        self._named = selection.parameters(query, today_start)
        self._tokens = [term.tokens for term in terms]
        self._least, self._last = 0, selection.LARGEST_ID
        self.latest_first = query.sort is not Sort.OLDEST
        self._fair = 0.0
        self._articles = 0
        self.few: list[int] | None = None
        """The ids of the list, where it is so short that the index is not worth asking."""
        self._bound(today_start)
        self._whole = self._least, self._last

    @property
    def many_unindexed(self) -> bool:
        """Whether reading the articles that the index does not know would keep a user waiting."""
        waiting: int = self._db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM unindexed LIMIT ?)", (MANY_UNINDEXED,)
        ).get
        return self.few is None and waiting == MANY_UNINDEXED

    def _bound(self, today_start: int) -> None:
        if not self._terms:
            self.few = []
            return
        opened = paging.open_list(self._db, self._query, today_start)
        self._articles = opened.all_count
        self._fair = min(0.5, math.sqrt(EVEN / max(1, opened.all_count)))
        if opened.count <= FEW:
            self.few = [place[-1] for place in paging.places(self._db, opened, limit=FEW)]
        elif opened.count <= NEAR:
            self._least, self._last = self._db.execute(
                f"SELECT min(id), max(id) FROM {selection.source(self._query)}",  # noqa: S608
                self._named,
            ).get

    def among(self, ids: Sequence[int]) -> Iterator[Hit]:
        """The hits among some articles of the list."""
        return self._checked(self._rows_of(ids))

    def unindexed(self) -> Iterator[Hit]:
        """The hits among the articles that the index does not know as they are now."""
        # whatever of the index has been passed already: they are no part of it
        self._least, self._last, reached = *self._whole, (self._least, self._last)
        rows = self._rows("unindexed", "TRUE")
        self._least, self._last = reached
        return self._checked(rows)

    def indexed(self) -> Iterator[Hit]:
        """The hits among the articles that the index knows."""
        asked = {number for number, term in enumerate(self._terms) if not _is_short(term)}
        least, last = self._whole
        ranges = choosing.ranges(self._db, self._terms)
        for part in ranges if self.latest_first else reversed(ranges):
            self._least, self._last = max(least, part.least), min(last, part.last)
            is_done = part.rare != part.tokens and (yield from self._by_rare(part, asked))
            if not is_done:
                self._tokens = [*part.tokens]
                yield from self._within(asked)

    def _by_rare(self, part: choosing.Range, asked: set[int]) -> Generator[Hit, None, bool]:
        """The hits of a range by its rare tokens; ends with False where it pays to ask for all tokens.

        Further ones are asked for where few of the articles that are read turn out to be hits.
        """
        tokens, seen, hits = part.rare, 0, 0
        while tokens != part.tokens and (named := self._named_next(tokens, asked)) is not None:
            is_last = len(named) < NAMED_AT_ONCE
            further = tokens
            for article_id, published, views, *texts in self._rows_of(named, _NOT_PENDING):
                seen += 1
                if self._matcher.missing(*texts) is None:
                    hits += 1
                    yield Hit(article_id, self._matcher.in_title(texts[0]), published, views)
                self._pass(article_id)
                if seen % SAMPLE == 0 and hits < seen * FAIR_NAMED:
                    until_page = selection.PAGE * seen // max(1, hits)
                    to_read = min(len(named), until_page) if is_last else until_page
                    further = part.further(tokens, to_read, self._articles)
                    if further != tokens:
                        break
            else:
                if is_last:
                    return True
                self._pass(named[-1])
            tokens = further
        return False

    def _named_next(self, tokens: choosing.Tokens, asked: set[int]) -> list[int] | None:
        """The articles that come next of those that have the tokens of some terms; None where of no term."""
        sought = self._expression([token for number in sorted(asked) for token in tokens[number]])
        if not sought:
            return None
        found = self._db.execute(
            f"""SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?
            ORDER BY rowid {"DESC" if self.latest_first else "ASC"} LIMIT {NAMED_AT_ONCE}""",  # noqa: S608
            (sought, self._least, self._last),
        )
        return [number for (number,) in found]

    def _within(self, asked: set[int]) -> Iterator[Hit]:
        """The hits of a range; what turns out to be worth asking for is added to what is asked."""
        while self._least <= self._last:
            if all(number in asked and self._is_proven(number) for number in range(len(self._terms))):
                yield from self._proven(asked)
                return
            rare = yield from self._sampled(asked)
            if rare is None:
                return
            asked.add(rare)

    def _is_proven(self, number: int) -> bool:
        """Whether a term's tokens show by themselves that it occurs: of several, each may stand elsewhere."""
        text = self._terms[number].text
        return self._tokens[number] in {(text,), (f"{text}*",), (f"{MARK}{text}",)}

    def _proven(self, asked: set[int]) -> Iterator[Hit]:
        for article_id, published, views, title in self._named_rows(asked, "title"):
            yield Hit(article_id, self._matcher.in_title(title), published, views)

    def _sampled(self, asked: set[int]) -> Generator[Hit, None, int | None]:
        """Check candidates; ends with the number of a term to ask for, or None when there are no more."""
        short = {number for number, term in enumerate(self._terms) if _is_short(term)} - asked
        missing: Counter[int] = Counter()
        hits = 0
        rows = self._named_rows(asked, TEXTS)
        for seen, (article_id, published, views, *texts) in enumerate(rows, 1):
            absent = self._matcher.missing(*texts)
            if absent is None:
                hits += 1
                yield Hit(article_id, self._matcher.in_title(texts[0]), published, views)
            else:
                missing[absent] += 1
            self._pass(article_id)
            if short and seen >= SAMPLE and hits < seen * self._fair:
                return max(short, key=missing.__getitem__)
        return None

    def _pass(self, article_id: int) -> None:
        """Note that all up to an article have been looked at."""
        if self.latest_first:
            self._last = article_id - 1
        else:
            self._least = article_id + 1

    def _named_rows(self, asked: set[int], columns: str) -> apsw.Cursor:
        """The articles that have the tokens of the terms that are asked for."""
        tokens = [token for number in sorted(asked) for token in self._tokens[number]]
        tokens_sought = self._expression(tokens)
        if not tokens_sought:
            return self._rows("article", _NOT_PENDING, columns)
        return self._rows("search", f"search MATCH :tokens AND {_NOT_PENDING}", columns, tokens=tokens_sought)

    def _expression(self, tokens: Sequence[str]) -> str:
        """The tokens as FTS5 reads them; those of category and feed spare it walking through common words."""
        scope = self._query.scope
        named = {ScopeKind.CATEGORY: category_token, ScopeKind.FEED: feed_token}.get(scope.kind)
        wanted = [*tokens, named(scope.id)] if named else tokens
        return " AND ".join(
            f'"{token.removesuffix("*")}"{"*" if token.endswith("*") else ""}' for token in wanted
        )

    def _rows(self, table: str, condition: str, columns: str = TEXTS, **named: str) -> apsw.Cursor:
        """Id, time, views and the columns of a table's articles that are in the list, in order of arrival."""
        article = "" if table == "article" else f"CROSS JOIN article ON article.id = {table}.rowid"
        texts = "CROSS JOIN article_text ON article_text.id = article.id" if columns == TEXTS else ""
        return self._db.execute(
            f"""SELECT article.id, article.published, article.rank, {columns} FROM {table} {article} {texts}
            WHERE {condition} AND {table}.rowid BETWEEN :least AND :last AND {self._condition()}
            ORDER BY {table}.rowid {"DESC" if self.latest_first else "ASC"}""",  # noqa: S608
            {**self._named, "least": self._least, "last": self._last, **named},
        )

    def _rows_of(self, ids: Sequence[int], condition: str = "TRUE") -> apsw.Cursor:
        is_one = "article.id IN (SELECT value FROM json_each(:ids))"
        return self._rows("article", f"{is_one} AND {condition}", ids=json.dumps(ids))

    def _condition(self) -> str:
        # `published` is a column of the text too, but as the feed says it; by `away` the planner would take
        # an index of categories or feeds, and sort all of it
        told = selection.condition(self._query)
        return told.replace("published", "article.published").replace("away", "+article.away")

    def _checked(self, rows: apsw.Cursor) -> Iterator[Hit]:
        for article_id, published, views, *texts in rows:
            if self._matcher.missing(*texts) is None:
                yield Hit(article_id, self._matcher.in_title(texts[0]), published, views)
