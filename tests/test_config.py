"""feeds.toml: what it gives, and that every mistake in it is named with its line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.commands import COMMANDS, PRESETS
from tui.config import Config, ReaderOptions, data_folder, default_source, load, user_path
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec
from tui.i18n import explain, load_words

FILE = Path("feeds.toml")


def read(source: str) -> Config:
    return load(FILE, source)


def refused(source: str) -> tuple[Code, dict[str, str | int]]:
    with pytest.raises(HuoyuanError) as caught:
        read(source)
    problem = caught.value.problem
    assert problem.details.pop("file") == str(FILE)
    return problem.code, problem.details


def test_an_empty_file_means_the_defaults() -> None:
    config = read("")
    assert config.reader == ReaderOptions(
        language="auto",
        refresh_minutes=60,
        refresh_on_start=True,
        theme="dark",
        keys="huoyuan",
        mark_read="open",
    )
    assert config.feeds == ()
    assert config.keys == {command.id: command.keys for command in COMMANDS}
    assert config.path == FILE


def test_everything_that_can_be_said_is_read() -> None:
    config = read("""
        [reader]
        language = "en"
        refresh_minutes = 0
        refresh_on_start = false
        theme = "light"
        keys = "newsboat"
        mark_read = "preview"
        [keys]
        go_top = ["g  g", "Home"]
        theme = "T"
        random_article = []
        [[feed]]
        url = "https://user:pw@货源.example:8443/订阅.xml"
        title = "一手\\u001b[31m女装  货源\\n"
        category = " 女装货源 "
        refresh_minutes = 15
        [[feed]]
        url = "sample:huoyuan.xml"
    """)
    assert config.reader == ReaderOptions("en", 0, False, "light", "newsboat", "preview")
    assert config.keys["go_top"] == ("g g", "home")
    assert config.keys["theme"] == ("T",)
    assert config.keys["random_article"] == ()
    assert config.keys["toggle_read"] == PRESETS["newsboat"]["toggle_read"]
    assert config.feeds == (
        FeedSpec("https://user:pw@货源.example:8443/订阅.xml", "一手女装 货源", "女装货源", 15),
        FeedSpec("sample:huoyuan.xml"),
    )


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_clashes_in_itself(preset: str) -> None:
    keys = read(f'reader.keys = "{preset}"').keys
    assert keys == {command.id: command.keys for command in COMMANDS} | PRESETS[preset]


@pytest.mark.parametrize(
    "url", ["http://a.example/f", "HTTPS://[::1]/f", "file:a b.xml", "sample:market.atom"]
)
def test_urls_that_a_refresh_can_read(url: str) -> None:
    assert read(f'[[feed]]\nurl = "{url}"').feeds[0].url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example/feed",
        "ftp://a.example/f",
        "javascript:alert(1)",
        "exec:rm",
        "|sh",
        "http:///f",
        "https://a.example/a b",
        "https://a.example:port/",
        "https://a.example:0/",
        "http://[::1/",
        "file:",
        "sample:",
        "sample:../secret.xml",
        "https://a.example/\\u001b",
        "https://a.example/\\nb",
    ],
)
def test_urls_that_it_cannot(url: str) -> None:
    code, details = refused(f'[[feed]]\ntitle = "x"\nurl = "{url}"')
    assert code is Code.CONFIG_BAD_VALUE
    assert (details["line"], details["key"]) == (3, "url")
    assert "sample:" in str(details["allowed"])
    assert str(details["value"]).isprintable()


@pytest.mark.parametrize(
    ("source", "code", "details"),
    [
        ("[reader]\nlanguage = zh", Code.CONFIG_SYNTAX, {"line": 2, "column": 12}),
        ('[reader]\nlanguage = """zh', Code.CONFIG_SYNTAX, {"line": 2, "column": 17}),
        ("[keys]\n\n[keys]\n", Code.CONFIG_SYNTAX, {"line": 3, "column": 6}),
        ("\n[feeds]", Code.CONFIG_UNKNOWN_KEY, {"line": 2, "key": "feeds", "nearest": "feed"}),
        (
            '[reader]\ntheme = "dark"\nrefresh_minute = 5',
            Code.CONFIG_UNKNOWN_KEY,
            {"line": 3, "key": "refresh_minute", "nearest": "refresh_minutes"},
        ),
        (
            '[keys]\ncopy_weixin = "y"',
            Code.CONFIG_UNKNOWN_KEY,
            {"line": 2, "key": "copy_weixin", "nearest": "copy_wechat"},
        ),
        ("[keys]\n复制 = 'y'", Code.CONFIG_SYNTAX, {"line": 2, "column": 1}),
        ("[keys]\n'复制' = 'y'", Code.CONFIG_UNKNOWN_KEY, {"line": 2, "key": "复制", "nearest": ""}),
        (
            '[[feed]]\nurl = "sample:a"\n[[feed]]\nlink = "sample:b"',
            Code.CONFIG_UNKNOWN_KEY,
            {"line": 4, "key": "link", "nearest": ""},
        ),
        (
            '[reader]\nrefresh_minutes = "60"',
            Code.CONFIG_WRONG_TYPE,
            {"line": 2, "key": "refresh_minutes", "expected": "integer", "found": "string"},
        ),
        (
            "[reader]\nrefresh_minutes = true",
            Code.CONFIG_WRONG_TYPE,
            {"line": 2, "key": "refresh_minutes", "expected": "integer", "found": "boolean"},
        ),
        (
            "[reader]\nrefresh_on_start = 1",
            Code.CONFIG_WRONG_TYPE,
            {"line": 2, "key": "refresh_on_start", "expected": "boolean", "found": "integer"},
        ),
        (
            "[reader]\ntheme = 2021-05-07",
            Code.CONFIG_WRONG_TYPE,
            {"line": 2, "key": "theme", "expected": "string", "found": "date"},
        ),
        (
            "\nkeys = 'newsboat'",
            Code.CONFIG_WRONG_TYPE,
            {"line": 2, "key": "keys", "expected": "table", "found": "string"},
        ),
        (
            '\n[feed]\nurl = "sample:a"',
            Code.CONFIG_WRONG_TYPE,
            {"line": 2, "key": "feed", "expected": "array", "found": "table"},
        ),
        (
            "feed = ['sample:a']",
            Code.CONFIG_WRONG_TYPE,
            {"line": 1, "key": "feed", "expected": "table", "found": "string"},
        ),
        (
            "[keys]\nopen = ['l', 1]",
            Code.CONFIG_WRONG_TYPE,
            {"line": 2, "key": "open", "expected": "string, array of strings", "found": "array"},
        ),
        (
            '[reader]\nlanguage = "fr"',
            Code.CONFIG_BAD_VALUE,
            {"line": 2, "key": "language", "value": "fr", "allowed": "auto, zh, en"},
        ),
        (
            "[reader]\nrefresh_minutes = -1",
            Code.CONFIG_BAD_VALUE,
            {"line": 2, "key": "refresh_minutes", "value": "-1", "allowed": "0–525600"},
        ),
        (
            f'[[feed]]\nurl = "sample:a"\nrefresh_minutes = {2**63}',
            Code.CONFIG_BAD_VALUE,
            {"line": 3, "key": "refresh_minutes", "value": str(2**63), "allowed": "0–525600"},
        ),
        ('[[feed]]\nurl = "sample:a"\n\n[[feed]]', Code.CONFIG_MISSING_KEY, {"line": 4, "key": "url"}),
        (
            '[[feed]]\nurl = "sample:a"\n[[feed]]\nurl = "sample:b"\n[[feed]]\nurl = "sample:a"',
            Code.CONFIG_DUPLICATE_FEED,
            {"line": 6, "first_line": 2, "url": "sample:a"},
        ),
    ],
)
def test_every_mistake_is_named(source: str, code: Code, details: dict[str, str | int]) -> None:
    assert refused(source) == (code, details)


def test_the_first_mistake_of_several_is_named() -> None:
    source = '[[feed]]\nurl = 1\n[keys]\nnone = "x"\n[reader]\ntheme = "pink"'
    assert refused(source)[1]["line"] == 2


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("y", "y"),
        ("G", "G"),
        ("shift+g", "G"),
        ("Ctrl+D", "ctrl+d"),
        ("shift+ctrl+Left", "ctrl+shift+left"),
        ("ctrl+alt+x", "alt+ctrl+x"),
        ("+", "+"),
        ("ctrl++", "ctrl++"),
        ("?", "?"),
        ("，", "，"),
        ("F12", "f12"),
        ("Shift+Ctrl+Alt+Delete backspace", "alt+ctrl+shift+delete backspace"),
        ("  z   z ", "z z"),
        ("z ctrl+w SPACE", "z ctrl+w space"),
    ],
)
def test_keys_have_one_form(written: str, key: str) -> None:
    free = "".join(f"{command.id} = []\n" for command in COMMANDS if command.id != "zen")
    assert read(f'[keys]\n{free}zen = "{written}"').keys["zen"] == (key,)


@pytest.mark.parametrize(
    "written", ["", " ", "yy", "esc", "hyper+x", "+x", "ctrl+", "shift+1", "g g esc", "\\u001b", "f13"]
)
def test_what_is_no_key_is_refused(written: str) -> None:
    code, details = refused(f'[keys]\nzen = ["z",\n  "{written}"]')
    assert code is Code.CONFIG_BAD_VALUE
    assert (details["line"], details["key"]) == (2, "zen")
    assert "pageup" in str(details["allowed"])


@pytest.mark.parametrize(
    ("keys", "details"),
    [
        ('zen = ["z", "z z"]', {"line": 2, "key": "z z", "first": "zen", "second": "zen"}),
        ('zen = "I"\ntheme = "I"', {"line": 3, "key": "I", "first": "zen", "second": "theme"}),
        ('zen = "g"\ngo_top = "g g"', {"line": 3, "key": "g g", "first": "zen", "second": "go_top"}),
    ],
)
def test_keys_of_the_user_that_cannot_live_together(keys: str, details: dict[str, str | int]) -> None:
    assert refused(f"[keys]\n{keys}") == (Code.KEY_CLASH, details)


@pytest.mark.parametrize(
    ("preset", "written", "own", "robbed", "left"),
    [
        ("huoyuan", "a", "a", "add_feed", ()),
        ("huoyuan", "shift+g", "G", "go_bottom", ("end",)),
        ("huoyuan", "g", "g", "go_top", ("home",)),
        ("huoyuan", "j j", "j j", "move_down", ("down",)),
        ("newsboat", "N", "N", "toggle_read", ("m",)),
    ],
)
def test_a_key_of_the_user_is_taken_from_the_command_that_came_with_it(
    preset: str, written: str, own: str, robbed: str, left: tuple[str, ...]
) -> None:
    before = read(f'[reader]\nkeys = "{preset}"').keys
    keys = read(f'[reader]\nkeys = "{preset}"\n[keys]\nzen = "{written}"').keys
    assert (keys["zen"], keys[robbed]) == ((own,), left)
    assert before[robbed] != left
    others = before.keys() - {"zen", robbed}
    assert {name: keys[name] for name in others} == {name: before[name] for name in others}


def test_a_key_is_free_once_its_command_has_another() -> None:
    config = read('[keys]\nzen = ["y", "y"]\ncopy_wechat = "z"')
    assert (config.keys["zen"], config.keys["copy_wechat"]) == (("y",), ("z",))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ('reader.theme = "pink"', 1),
        ('\nreader = { language = "zh", theme = "pink" }', 2),
        ('["reader"] # [[feed]]\n# theme = "light"\n\n"theme" = "pink"', 4),
        ("[reader]\r\nlanguage = 'zh'\r\ntheme = 'pink'", 3),
        ("[keys]\nopen = [\n  'l', # ]\n  '[reader]'\n]\n[reader]\ntheme = 'pink'", 2),
        (
            "[keys]\nprevious_category = []\nopen = [\n  'l', # ]\n  '['\n]\n[reader]\ntheme = 'pink'",
            8,
        ),
        (
            '[[feed]]\nurl = "sample:a"\ntitle = """\n[reader]\ntheme = "x"\n"""\n[reader]\ntheme = "x"',
            8,
        ),
        ("[[feed]]\nurl = 'sample:a'\n[[ feed ]]\ntitle = 1", 4),
        ("feed = [{ url = 'sample:a' },\n { title = 1 }]", 1),
        ("[[feed]]\nurl = 'sample:a'\n[[feed]]\nurl = 'sample:b'\n[feed.merchant]\nqq = 1", 3),
    ],
)
def test_the_line_is_found_however_it_is_written(source: str, line: int) -> None:
    assert refused(source)[1]["line"] == line


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "[reader]\n",
                "[[feed]]\n",
                "[keys]\n",
                "url=",
                "theme=",
                "open=",
                "'a'",
                '"',
                "[",
                "]",
                "{",
                "}",
                "\n",
                "=",
                "#",
                "1",
                ".",
            ]
        )
    ).map("".join)
)
@example("x = " + "[" * 5_000)
@example("x = " + "9" * 5_000)
@example('"\\u0007" = 1')
def test_no_text_raises_anything_else(source: str) -> None:
    try:
        config = read(source)
    except HuoyuanError as error:
        line = error.problem.details["line"]
        assert isinstance(line, int)
        assert 1 <= line <= source.count("\n") + 1
    else:
        assert config.path == FILE


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text('[reader]\ntheme = "light"', encoding)
        assert load(path).reader.theme == "light"


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none", os.strerror(2)), (tmp_path, os.strerror(21))):
        with pytest.raises(HuoyuanError) as caught:
            load(path)
        assert caught.value.problem.code is Code.CONFIG_UNREADABLE
        assert caught.value.problem.details == {"file": str(path), "why": why}


def test_a_file_that_an_editor_saved_as_gbk_is_said_to_be_no_utf8(tmp_path: Path) -> None:
    gbk = tmp_path / "gbk.toml"
    gbk.write_bytes("# 货源".encode("gbk"))
    with pytest.raises(HuoyuanError) as caught:
        load(gbk)
    assert caught.value.problem.code is Code.CONFIG_NOT_UTF8
    assert "另存为 UTF-8" in explain(load_words("zh"), caught.value.problem)


def test_the_shipped_file_says_the_defaults_and_names_the_samples() -> None:
    config = read(default_source())
    assert config.reader == ReaderOptions()
    assert config.keys == read("").keys
    urls = [feed.url for feed in config.feeds]
    assert urls[:4] == ["sample:huoyuan.xml", "sample:gbk.xml", "sample:market.atom", "sample:merchants.json"]
    assert [feed.category for feed in config.feeds] == [""] * 4 + ["电商资讯"] * 3


def test_every_commented_example_of_the_shipped_file_is_valid() -> None:
    lines = default_source().splitlines()
    settings = (
        "# [[",
        "# url =",
        "# title =",
        "# category =",
        "# refresh_minutes =",
        "# copy_",
        "# go_",
        "# half_",
        "# random_",
    )
    config = read("\n".join(line[2:] if line.startswith(settings) else line for line in lines))
    assert len(config.feeds) == lines.count("[[feed]]") + lines.count("# [[feed]]")
    assert config.keys["random_article"] == ()


def test_the_environment_can_name_both_places() -> None:
    environ = {"HUOYUAN_CONFIG": "a/b.toml", "HUOYUAN_DATA": "c"}
    assert (user_path(environ), data_folder(environ)) == (Path("a/b.toml"), Path("c"))


@pytest.mark.skipif(sys.platform == "win32", reason="platformdirs is asked there")
@pytest.mark.parametrize("folder", ["", "relative", "/x/config"])
def test_else_they_lie_where_platformdirs_has_them(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, folder)
    assert user_path(os.environ) == platformdirs.user_config_path("huoyuan", appauthor=False) / "feeds.toml"
    assert data_folder(os.environ) == platformdirs.user_data_path("huoyuan", appauthor=False)


def test_importing_the_room_does_not_import_platformdirs() -> None:
    code = "import sys, tui.config; sys.exit('platformdirs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
