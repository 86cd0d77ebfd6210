"""Where pairs of characters are common, longer tokens tell texts apart: the same is found, sooner."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.samples import TODAY, article, fill, titles
from tui.model import ListQuery, Sort
from tui.store import candidates, choosing, samples, search, segments
from tui.store.connection import open_store
from tui.store.indexing import Indexer
from tui.store.search import search_ids
from tui.text import stretches
from tui.text.folding import fold
from tui.text.stretches import MARK
from tui.text.tokens import index_tokens, query_terms


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples of stores of a few articles, and all ways of a search."""
    monkeypatch.setattr(candidates, "FEW", 0)
    monkeypatch.setattr(samples, "FIRST", 4)
    monkeypatch.setattr(samples, "AGAIN", 2)
    monkeypatch.setattr(samples, "SURE", 1)
    monkeypatch.setattr(stretches, "LEAST", 1)
    monkeypatch.setattr(stretches, "FEW_MORE", 0)


PIECES = st.sampled_from(["女装", "货女", "装货", "裝", "女", "货货", "a1", "11a", "。", " "])
TEXTS = st.lists(PIECES, max_size=14).map("".join)
WORDS = st.text("女装裝货a1", min_size=1, max_size=8)


def scanned(texts: list[str], word: str) -> set[str]:
    return {
        f"标题{number}" for number, text in enumerate(texts) if fold(word) in fold(f"标题{number}\n{text}")
    }


def found(db: apsw.Connection, word: str, sort: Sort = Sort.NEWEST) -> set[str]:
    return set(titles(db, search_ids(db, ListQuery(search=word, sort=sort), TODAY)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(TEXTS, min_size=1, max_size=12),
    st.lists(TEXTS, max_size=12),
    st.lists(WORDS, max_size=4),
    st.sampled_from([-1, 0, 1]),
    st.integers(1, 16),
    st.data(),
)
def test_exactly_what_a_scan_finds(
    db: apsw.Connection,
    monkeypatch: pytest.MonkeyPatch,
    first: list[str],
    later: list[str],
    words: list[str],
    few_more: int,
    sampled_at: int,
    data: st.DataObject,
) -> None:
    monkeypatch.setattr(stretches, "FEW_MORE", few_more)
    monkeypatch.setattr(samples, "FIRST", sampled_at)
    monkeypatch.setattr(candidates, "NAMED_AT_ONCE", data.draw(st.sampled_from([1, 2, 5, 250])))
    monkeypatch.setattr(choosing, "READ", data.draw(st.sampled_from([0, 1, 3000])))
    monkeypatch.setattr(candidates, "SAMPLE", data.draw(st.sampled_from([1, 3, 48])))
    monkeypatch.setattr(choosing, "EVERYWHERE", data.draw(st.integers(0, 6)))
    db.execute("DELETE FROM article; DELETE FROM stretch; DELETE FROM sample; DELETE FROM status")
    db.execute("DELETE FROM sqlite_sequence")
    texts = first + later
    pieces = st.sampled_from([text for text in texts if text.strip()] or ["女"])
    drawn = data.draw(st.lists(pieces.flatmap(_piece), min_size=2, max_size=8))
    tried = [word for word in words + drawn if word.strip()]
    indexer = Indexer(db)

    def check(known: int) -> None:
        for word in tried:
            for sort in (Sort.NEWEST, Sort.OLDEST):
                assert found(db, f'"{word}"', sort) == scanned(texts[:known], word)

    fill(db, [article(str(number), text) for number, text in enumerate(first)])
    for _ in range(data.draw(st.integers(0, 4))):
        indexer.step(3)
        check(len(first))
    fill(db, [article(str(len(first) + number), text) for number, text in enumerate(later)])
    while indexer.step(data.draw(st.integers(1, 5))):
        check(len(texts))
    check(len(texts))
    while indexer.renew(data.draw(st.integers(1, 5))):
        check(len(texts))
    check(len(texts))


def _piece(text: str) -> st.SearchStrategy[str]:
    text = " ".join(text.split())
    starts = st.integers(0, len(text) - 1)
    return st.builds(lambda at, length: text[at : at + length].strip(), starts, st.integers(3, 8))


COMMON = ["女装货女装", "女装 装货", "装货 女装", "货女 女装 装货"] * 3


def asked(db: apsw.Connection, word: str) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(part.least, part.last, part.tokens[0]) for part in choosing.ranges(db, query_terms(word))]


def index_all(db: apsw.Connection) -> None:
    indexer = Indexer(db)
    while indexer.step():
        pass


def test_a_rare_stretch_of_common_parts_is_asked_for_itself(db: apsw.Connection) -> None:
    fill(db, [article(str(number), text) for number, text in enumerate(COMMON)])
    index_all(db)
    (part,) = asked(db, "女装货")
    assert part[2] == (f"{MARK}女装货",)
    assert (
        len(db.execute("SELECT rowid FROM search WHERE search MATCH ?", (f'"{MARK}女装货"',)).fetchall()) == 3
    )
    assert found(db, "女装货") == {"标题0", "标题4", "标题8"}


def test_what_was_indexed_before_is_searched_by_its_pairs_until_it_is_renewed(
    db: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "FIRST", 1000)
    fill(db, [article(str(number), text) for number, text in enumerate(COMMON)])
    index_all(db)
    assert asked(db, "女装货")[0][2] == ("女装", "装货")
    monkeypatch.setattr(samples, "FIRST", 4)
    indexer = Indexer(db)
    indexer.step()
    whole, pairs = asked(db, "女装货")
    assert (whole[0], whole[2]) == (13, (f"{MARK}女装货",))
    assert pairs == (1, 12, ("装货", "女装"))
    assert indexer.renew(5)
    assert [part[:2] for part in asked(db, "女装货")][1] == (1, 7)
    assert found(db, "女装货") == {"标题0", "标题4", "标题8"}
    assert indexer.renew(5)
    assert not indexer.renew(5)
    assert len(asked(db, "女装货")) == 1
    assert not indexer.renew(5)
    db.execute("INSERT INTO search (search) VALUES ('integrity-check')")


def test_common_tokens_are_not_asked_for_beside_rare_ones(db: apsw.Connection) -> None:
    fill(db, [article(str(number), text) for number, text in enumerate([*COMMON * 8, "女装鸬鹚鼋鼍"])])
    index_all(db)
    assert set(asked(db, "女装鸬鹚鼋鼍")[0][2]) == {"装鸬", "鸬鹚", "鹚鼋", "鼋鼍"}
    assert found(db, "女装鸬鹚鼋鼍") == {"标题96"}


@pytest.mark.parametrize(
    ("read", "fair", "at_once", "asked_for"),
    [
        (choosing.READ, 1.0, 9, ["rare", "whole"]),
        # one of three is a hit
        (choosing.READ, 0.3, 9, ["rare"]),
        (choosing.READ, 0.4, 9, ["rare", "whole"]),
        (0, 1.0, 9, ["rare"]),
        (0, 1.0, 3, ["rare", "rare"]),
        (0, 1.0, 2, ["rare", "rare"]),
        (choosing.READ, 0.4, 2, ["rare", "rare", "whole"]),
    ],
)
def test_what_is_nearly_everywhere_is_asked_for_only_where_that_pays(
    db: apsw.Connection,
    monkeypatch: pytest.MonkeyPatch,
    read: int,
    fair: float,
    at_once: int,
    asked_for: list[str],
) -> None:
    monkeypatch.setattr(candidates, "FAIR_NAMED", fair)
    monkeypatch.setattr(candidates, "NAMED_AT_ONCE", at_once)
    monkeypatch.setattr(candidates, "SAMPLE", 3)
    texts = ["女装鸬鹚", "装鸬鹚", "装鸬 鸬鹚", "女装鸬", "女装"]
    monkeypatch.setattr(samples, "FIRST", 1000)
    fill(db, [article(str(number), text) for number, text in enumerate(texts)])
    index_all(db)
    db.execute("INSERT INTO sample VALUES (1, 1000, 0); INSERT INTO stretch VALUES ('女装', 1, 0, 0)")
    matched: list[str] = []

    def note(cursor: apsw.Cursor, statement: str, bindings: apsw.Bindings | None) -> bool:
        if "MATCH" in statement:
            values = bindings.values() if isinstance(bindings, dict) else bindings or ()
            matched.append(next(value for value in values if isinstance(value, str)))
        return True

    (part,) = choosing.ranges(db, query_terms("女装鸬鹚"))
    assert part.rare != part.tokens
    monkeypatch.setattr(choosing, "READ", read)
    # what is asked for is the same whatever reading costs
    monkeypatch.setattr(choosing, "ranges", lambda *_: [part])
    db.set_exec_trace(note)
    assert found(db, "女装鸬鹚") == {"标题0"}
    tokens = {"rare": '"装鸬" AND "鸬鹚"', "whole": '"装鸬" AND "鸬鹚" AND "女装"'}
    assert matched == [tokens[name] for name in asked_for]


def test_parts_must_have_been_common_themselves(db: apsw.Connection) -> None:
    rarity = {"女装": 12, "装货": 12, "货源": 0, "女装货": 2, "装货源": 2}
    db.execute("INSERT INTO sample VALUES (1, 1, 0)")
    db.executemany("INSERT INTO stretch VALUES (?, 1, ?, 0)", rarity.items())
    history = samples.History(db, [*rarity, "女装货源"])
    reached = {text for text in ("女装货", "装货源", "女装货源") if history.since(text) is not None}
    longer = {
        token[1:]
        for token in index_tokens(["女装货源"], samples.known(db).lookup)[0].split()
        if token[0] == MARK
    }
    assert reached == longer == {"装货源"}


@pytest.mark.parametrize("word", ["女装货", "女装 货女", "货"])
@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_none_of_many_that_wait_is_lost_behind_the_first_page(
    db: apsw.Connection, monkeypatch: pytest.MonkeyPatch, word: str, sort: Sort
) -> None:
    monkeypatch.setattr(candidates, "MANY_UNINDEXED", 5)
    monkeypatch.setattr(search, "FIRST", 2)
    texts = COMMON * 4
    fill(db, [article(str(number), text) for number, text in enumerate(texts[:30])])
    Indexer(db).step()
    Indexer(db).step()
    fill(db, [article("3", "改了女装货 货女"), *(article(str(at), texts[at]) for at in range(30, 48))])
    texts[3] = "改了女装货 货女"
    *_, complete = search.search_steps(db, ListQuery(search=word, sort=sort), TODAY)
    expected = [text for text in texts if all(part in text for part in word.split())]
    assert len(complete.ids) == len(set(complete.ids)) == len(expected)


def test_tokens_of_an_older_sample_are_not_stored(path: Path, db: apsw.Connection) -> None:
    fill(db, [article(str(number), text) for number, text in enumerate(COMMON)])
    late = Indexer(db)
    late.step(2)
    fill(db, [article(str(100 + number), text) for number, text in enumerate(COMMON * 3)])
    other = open_store(path)

    def overtake(cursor: apsw.Cursor, statement: str, bindings: apsw.Bindings | None) -> bool:
        if statement == "BEGIN IMMEDIATE":
            db.set_exec_trace(None)
            samples.take(other)
        return True

    before = samples.latest(db)
    db.execute("UPDATE sample SET articles = 1000")
    db.set_exec_trace(overtake)
    waiting = db.execute("SELECT count(*) FROM unindexed").get
    assert late.step(2) == waiting, "made by what the other has overtaken"
    assert samples.latest(db) == before + 1
    assert late.step(2) == waiting - 2
    other.close()


def test_what_every_text_has_makes_no_tokens(db: apsw.Connection) -> None:
    footer = "本站所有信息均由会员发布请注意核实"
    common = stretches.measured([((f"{number}号 {footer}", 2), ("", 3)) for number in range(300)])
    assert index_tokens([footer], stretches.Lookup(common)) == index_tokens([footer])


def test_two_processes_measure_at_once(path: Path, db: apsw.Connection) -> None:
    fill(db, [article(str(number), "女装货源" * 3) for number in range(8)])

    def overtake(cursor: apsw.Cursor, statement: str, bindings: apsw.Bindings | None) -> bool:
        if statement == "BEGIN IMMEDIATE":
            db.set_exec_trace(None)
            with closing(open_store(path)) as other:
                samples.take(other)
        return True

    db.set_exec_trace(overtake)
    samples.take(db)
    assert samples.latest(db) == 1


def test_an_index_whose_merges_do_not_keep_up(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "MERGES", 1)
    monkeypatch.setattr(segments, "MERGE_PAGES", 1)
    texts = [f"女装货源{number}" for number in range(40)]
    fill(db, [article(str(number), text) for number, text in enumerate(texts)])
    indexer = Indexer(db)
    while indexer.step(2):
        pass
    assert found(db, "女装货源") == scanned(texts, "女装货源")
    assert db.pragma("integrity_check") == "ok"


def test_a_list_so_long_that_its_ends_are_not_looked_up(
    db: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "NEAR", 0)
    texts = [f"女装货源{number}" for number in range(20)]
    fill(db, [article(str(number), text) for number, text in enumerate(texts)])
    assert found(db, "货源1") == scanned(texts, "货源1")
