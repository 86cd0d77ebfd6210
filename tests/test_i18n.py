"""The screen's words: placeholders, missing texts, hostile values, the choice of language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import Code, Problem
from tui.i18n import Words, choose_language, explain, load_words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zh.toml").write_text(
        'quit = "退出"\n'
        "[error]\n"
        'timeout = "{host} 没有在 {seconds} 秒内回答"\n'
        'config_unknown_key = "第 {line} 行：不认识的键 {key}，{self}"\n'
        '"http.4xx" = "状态 {status}"\n',
        "utf-8",
    )
    return tmp_path


@pytest.fixture
def words(folder: Path) -> Words:
    return load_words("zh", folder)


def test_texts_are_found_by_dotted_key(words: Words) -> None:
    assert words.language == "zh"
    assert words("quit") == "退出"
    assert words("error.timeout", host="货源.example", seconds=20) == "货源.example 没有在 20 秒内回答"
    assert words("error.http.4xx", status=404) == "状态 404"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 article is back"), ("1", "1 article is back"), (0, "0 articles are back")]
)
def test_a_word_follows_its_number(count: object, said: str) -> None:
    words = Words("en", {"back": "{count} {count|article is|articles are} back"})
    assert words("back", count=count) == said
    assert words("back") == "? articles are back"


def test_an_unknown_key_stands_for_itself(words: Words) -> None:
    assert words("error.none", host="x") == "error.none"


def test_a_missing_value_is_a_question_mark(words: Words) -> None:
    assert words("error.timeout", seconds=20, more=1) == "? 没有在 20 秒内回答"


def test_values_may_be_called_key_and_self(words: Words) -> None:
    filled = words("error.config_unknown_key", line=3, key="themes", self="自己")
    assert filled == "第 3 行：不认识的键 themes，自己"


def test_values_are_cleaned_and_never_interpreted(words: Words) -> None:
    hostile = "{seconds}{0.__class__}%s\\1\x1b]52;c;eA==\x07\n[/red]"
    filled = words("error.timeout", host=hostile, seconds=1)
    assert filled.startswith("{seconds}{0.__class__}%s\\1")
    assert "[/red] 没有在 1 秒内回答" in filled
    assert filled.isprintable()


@given(template=st.text(), value=st.text())
def test_no_text_and_no_value_raises(template: str, value: str) -> None:
    assert isinstance(Words("zh", {"key": template})("key", a=value, b=1), str)


@given(st.text().filter(lambda text: "{" not in text))
def test_a_text_without_placeholders_is_given_as_it_is(template: str) -> None:
    assert Words("zh", {"key": template})("key", a="x") == template


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "zh"),
        ({"LANG": ""}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "POSIX"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "ZH_cn.gbk"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "en:zh"}, "en"),
        ({"LANGUAGE": "zh_CN:en"}, "zh"),
    ],
)
def test_the_environment_chooses(environ: dict[str, str], language: str) -> None:
    assert choose_language("auto", environ) == language


def test_the_users_setting_comes_first() -> None:
    assert choose_language("en", {"LANG": "zh_CN.UTF-8"}) == "en"
    assert choose_language("zh", {"LANG": "en_US.UTF-8"}) == "zh"


def test_a_setting_that_is_no_language_leaves_it_to_the_environment() -> None:
    assert choose_language("fr", {"LANG": "en_US.UTF-8"}) == "en"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "“title”应为文字（加英文引号） / 文字列表，写的是整数。"),
        ("en", "must be text in quotes / a list of texts, not"),
    ],
)
def test_a_wrong_type_is_told_in_plain_words(language: str, said: str) -> None:
    wrong: dict[str, str | int] = {
        "file": "f",
        "line": 2,
        "key": "title",
        "expected": "string, array of strings",
        "found": "integer",
    }
    assert said in explain(load_words(language), Problem(Code.CONFIG_WRONG_TYPE, wrong))
