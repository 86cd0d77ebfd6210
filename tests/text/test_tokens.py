"""Search tokens: whatever stands in a text is found, in a real FTS5 table too."""

import re

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text import tokens
from tui.text.folding import fold
from tui.text.tokens import Term, index_tokens, query_terms
from tui.text.traditional import SIMPLIFIED, TRADITIONAL

TEXTS = st.text(
    st.one_of(
        st.characters(), st.sampled_from("女装货源裝貨檔ｌａｄｙ168ＡＢab19_- 　，。❤👨İßΣςéがﬁ\n\"“”*'")
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("女裝貨源，檔口直批", "女装货源,档口直批"),
        ("ＷｅＣｈａｔ：ｎｚｈｕｏ＿８８６２", "wechat:nzhuo_8862"),
        ("女装　LADY", "女装 lady"),
        ("乾隆 後來 髮型", "干隆 后来 发型"),
        ("Straße", "strasse"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS, TEXTS)
def test_fold_is_idempotent_and_blind_to_context(left: str, right: str) -> None:
    assert fold(fold(left)) == fold(left)
    assert fold(left + right) == fold(left) + fold(right)


def test_the_table_is_one_to_one_and_final() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL)) > 2500
    assert not set(TRADITIONAL) & set(SIMPLIFIED)


def tokens_of(text: str) -> list[str]:
    return index_tokens([text])[0].split()


def test_index_tokens() -> None:
    expected = "女装 装批 批发 发 女装 装 lad ady dy1 y16 168 688 88 8"
    assert tokens_of("女裝批發，Lady1688 女裝") == expected.split()
    assert tokens_of("❤ ，。！") == []
    assert index_tokens([]) == []


@given(st.lists(TEXTS, max_size=6))
def test_the_tokens_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert [*map(str.split, index_tokens(texts))] == [*map(tokens_of, texts)]


def test_long_texts_go_by_themselves_and_have_each_token_once() -> None:
    texts = ["女装", "一手货源1688" * tokens.TOGETHER, "", "童装"]
    together = [*map(str.split, index_tokens(texts))]
    assert together == [*map(tokens_of, texts)]
    assert sorted(together[1]) == sorted({*tokens_of("一手货源1688一手货源1688")})


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", ()),
        ("  　 ", ()),
        ("鞋", (Term("鞋", ("鞋*",)),)),
        ("女裝 鞋", (Term("女装", ("女装",)), Term("鞋", ("鞋*",)))),
        ("一件代发", (Term("一件代发", ("一件", "件代", "代发")),)),
        ("1688", (Term("1688", ("168", "688")),)),
        ("VX", (Term("vx", ("vx*",)),)),
        ("加v：nzhuo", (Term("加v:nzhuo", ("nzh", "zhu", "huo")),)),
        ('"女装  批发" x', (Term("女装 批发", ("女装", "批发")), Term("x", ("x*",)))),
        ("“女装 批发", (Term("女装 批发", ("女装", "批发")),)),
        ('""', ()),
        ("女装 女裝", (Term("女装", ("女装",)),)),
        ("！", (Term("!", ()),)),
        ("a*b' OR --", (Term("a*b'", ("a*", "b*")), Term("or", ("or*",)), Term("--", ()))),
    ],
)
def test_query_terms(query: str, terms: tuple[Term, ...]) -> None:
    assert query_terms(query) == terms


@given(st.data())
def test_every_piece_of_a_text_is_found(data: st.DataObject) -> None:
    text = data.draw(TEXTS.filter(str.strip))
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    indexed = tokens_of(text)
    for term in query_terms(re.sub(r'["“”]', " ", piece)):
        assert term.text in fold(text)
        for token in term.tokens:
            whole, begun = token.removesuffix("*"), token.endswith("*")
            assert any(known.startswith(whole) if begun else known == whole for known in indexed)


@given(TEXTS)
def test_tokens_are_letters_and_digits(text: str) -> None:
    assert re.fullmatch(r"[\w ]*", index_tokens([text])[0])
    for term in query_terms(text):
        assert all(re.fullmatch(r"\w+\*?", token) for token in term.tokens)


def test_fts5_keeps_the_tokens_whole() -> None:
    texts = [
        "广州女裝 lady51688 一手貨源",
        "童装 Ｌａｄｙ１６８ 鞋",
        "微信：nzhuo_8862 ❤",
        "naïve Ελλάδα 한국 がく",
    ]
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize='ascii', detail=none)")
    for number, text in enumerate(texts):
        connection.execute("INSERT INTO f(rowid, t) VALUES (?, ?)", (number, index_tokens([text])[0]))
    for number, text in enumerate(texts):
        pieces = (text[a:b] for a in range(len(text)) for b in range(a + 1, len(text) + 1))
        for term in (term for piece in pieces for term in query_terms(piece) if term.tokens):
            match = " AND ".join(
                f'"{token}"' if token[-1] != "*" else f'"{token[:-1]}"*' for token in term.tokens
            )
            found = {row[0] for row in connection.execute("SELECT rowid FROM f WHERE f MATCH ?", (match,))}
            assert number in found
            assert {n for n, other in enumerate(texts) if term.text in fold(other)} <= found


def test_takes_linear_time() -> None:
    assert len(index_tokens(["ab1女" * 100_000])[0]) < 100
    assert query_terms('"' * 1_000_000) == ()
    assert len(query_terms("“" * 300_000)) == 1
