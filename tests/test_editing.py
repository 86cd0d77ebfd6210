"""Edits of feeds.toml: one feed comes or goes, every other line stays, and undo gives the file back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.config import default_source, load
from tui.config.editing import Edit, put_back, put_in, take_out, undo_put_in
from tui.config.feed_urls import known_feed, new_url, shown_url
from tui.config.file import check_source, read_source, write_source
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec

FILE = Path("feeds.toml")
NEW = FeedSpec("https://new.example/feed?a=1&b=\"'", '甲"乙\\丙', "女装货源")


def urls(source: str) -> list[str]:
    return [feed.url for feed in load(FILE, source).feeds]


def ended(source: str) -> str:
    """A text whose last line is ended: an edit adds that where it is missing."""
    end = "\r\n" if "\r\n" in source else "\n"
    return source if source.endswith("\n") or not source else source + end


def comments(source: str) -> list[str]:
    return [line.rstrip() for line in source.split("\n") if line.lstrip().startswith("#")]


def test_the_shipped_file() -> None:
    source = default_source()
    for url in urls(source):
        edit = take_out(source, url)
        assert edit is not None
        assert urls(edit.source) == [other for other in urls(source) if other != url]
        assert comments(edit.source) == comments(source)
        assert "\n\n\n" not in edit.source
        assert put_back(edit.source, edit).source == source
    edit = put_in(source, NEW)
    assert load(FILE, edit.source).feeds == (*load(FILE, source).feeds, NEW)
    assert comments(edit.source) == comments(source)
    # in front of the commented examples, where the user's feeds end
    assert edit.source.index(NEW.category) < edit.source.index("更多")
    back = undo_put_in(edit.source, [NEW.url], edit)
    assert back is not None
    assert back[0].source == source


FILES = {
    "nothing": "",
    "no feed": '[reader]\ntheme = "dark"\n',
    "no line end": '[[feed]]\nurl = "https://a.example/"',
    "two": '[[feed]]\nurl = "https://a.example/"\n\n[[feed]] # b\nurl = "https://b.example/"\n# the end\n',
    "tight": '[[feed]]\nurl="https://a.example/"\n[[feed]]\nurl="https://b.example/"\n[keys]\nquit = "q"\n',
    "odd": '[[ "feed" ]]\n# in\n"url" = \'https://a.example/\'\n\ntitle = """\na\n[[feed]]\nb"""\n[keys]\n',
    "windows": '[reader]\r\ntheme = "dark"\r\n\r\n# a\r\n[[feed]]\r\nurl = "https://a.example/"\r\n',
    "nested": '[keys]\nopen = [\n  "l", # [[feed]]\n  "enter",\n]\n[[feed]]\nurl = "https://a.example/"\n',
}


@pytest.mark.parametrize("source", FILES.values(), ids=FILES.keys())
def test_files_of_every_form(source: str) -> None:
    before = load(FILE, source)
    for feed in before.feeds:
        edit = take_out(source, feed.url)
        assert edit is not None
        after = load(FILE, edit.source)
        assert after.feeds == tuple(other for other in before.feeds if other != feed)
        assert (after.reader, after.keys) == (before.reader, before.keys)
        assert put_back(edit.source, edit).source == ended(source)
    edit = put_in(source, NEW)
    assert load(FILE, edit.source).feeds == (*before.feeds, NEW)
    assert edit.source.count("\r\n") == edit.source.count("\n") or "\r" not in source
    back = undo_put_in(edit.source, [NEW.url], edit)
    assert back is not None
    assert back[0].source == ended(source)


_LINES = st.sampled_from(
    ["", "# 注", "  # x", "full_text = true", 'title = "甲"', "refresh_minutes = 5 # minutes", "\t"]
)


@st.composite
def _files(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.sampled_from(["", "# a head"]), max_size=3))
    for number in range(draw(st.integers(0, 4))):
        block = ["[[feed]]", f'url = "https://{number}.example/"']
        more = draw(st.lists(_LINES, max_size=4, unique=True))
        at = draw(st.integers(1, 2))
        lines += [*block[:at], *more, *block[at:]]
        lines += draw(st.lists(st.sampled_from(["", "", "# between"]), max_size=3))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@settings(max_examples=25)
@given(_files(), st.integers(0, 9))
def test_any_sequence_of_edits_can_be_taken_back(source: str, chance: int) -> None:
    done: list[tuple[list[str], str, Edit]] = []
    now = source
    for step in range(4):
        known = urls(now)
        new = [f"https://{step}.new.example/{number}" for number in range(1 + chance % 3)]
        if known and step % 2:
            edit = take_out(now, known[chance % len(known)])
            assert edit is not None
            new = []
        else:
            edit = put_in(now, *map(FeedSpec, new))
        done.append((new, now, edit))
        assert comments(edit.source) == comments(now)
        now = edit.source
    for new, before, edit in reversed(done):
        now = taken_back(now, new, edit) if new else put_back(now, edit).source
        assert load(FILE, now).feeds == load(FILE, before).feeds
    assert now == ended(source)


def taken_back(source: str, new: list[str], edit: Edit) -> str:
    """The text without what was put in, all of which must still be there."""
    back = undo_put_in(source, new, edit)
    assert back is not None
    assert back[1] == set(new)
    return back[0].source


def test_in_a_file_that_was_changed_since_a_feed_comes_back_to_its_neighbour() -> None:
    source = "".join(f'# {n}\n[[feed]]\nurl = "https://{n}.example/"\ntitle = "{n}"\n\n' for n in "abc")
    for gone, order in (("a", "abc"), ("b", "abc"), ("c", "abc")):
        edit = take_out(source, f"https://{gone}.example/")
        assert edit is not None
        changed = "# mine\n" + edit.source.replace("[[feed]]", "[[feed]]\nfull_text = false", 1)
        back = put_back(changed, edit).source
        assert [feed.title for feed in load(FILE, back).feeds] == list(order), back
        assert sorted(comments(back)) == ["# a", "# b", "# c", "# mine"]
    edit = take_out(source, "https://b.example/")
    assert edit is not None
    left = '[reader]\ntheme = "light"\n'
    assert urls(put_back(left, edit).source) == ["https://b.example/"]
    assert load(FILE, put_back(left, edit).source).reader.theme == "light"


def test_what_was_added_and_then_written_on_is_the_users() -> None:
    url = "https://a.example/"
    edit = put_in("", FeedSpec(url))
    assert undo_put_in(edit.source + "# mine\n", [url], edit) is not None
    assert undo_put_in(edit.source + "full_text = true\n", [url], edit) is None
    assert undo_put_in("", [url], edit) is None


def test_of_many_that_were_added_those_go_that_nobody_has_written_on() -> None:
    before = '# mine\n[[feed]]\nurl = "https://z.example/"\n\n# the end\n'
    new = [f"https://{name}.example/" for name in "abcdef"]
    edit = put_in(before, *(FeedSpec(url, url[8].upper()) for url in new))
    assert urls(edit.source) == ["https://z.example/", *new]
    changed = edit.source.replace('url = "https://c.example/"', 'url = "https://c.example/"\nqr = true')
    changed = changed.replace('[[feed]]\ntitle = "E"', '# of E\n[[feed]]\ntitle = "E"')
    back = undo_put_in(changed, new, edit)
    assert back is not None
    left = '[[feed]]\ntitle = "C"\nurl = "https://c.example/"\nqr = true\n\n# of E\n'
    assert back[0].source == before.replace("# the end", left + "\n# the end")
    assert back[1] == {*new} - {"https://c.example/"}


def test_a_file_of_another_form_is_refused_and_left() -> None:
    source = 'feed = [{ url = "https://a.example/" }]\n'
    assert take_out(source, "https://a.example/") is None
    edit = put_in(source, NEW)
    with pytest.raises(HuoyuanError) as caught:
        check_source(FILE, edit.source, [*load(FILE, source).feeds, NEW])
    assert caught.value.problem.code is Code.CONFIG_UNEDITABLE


def test_addresses() -> None:
    feeds = (FeedSpec("https://a.example/feed"), FeedSpec("sample:gbk.xml"), FeedSpec("http://b.example"))
    assert new_url(" https://a.example/feed2 ", feeds) == "https://a.example/feed2"
    for known in (
        "HTTPS://A.example:443/feed#top",
        "https://a.example/feed",
        "http://b.example/",
        "sample:gbk.xml",
    ):
        with pytest.raises(HuoyuanError) as caught:
            new_url(known, feeds)
        assert caught.value.problem.code is Code.FEED_KNOWN
    for bad in (
        "",
        "a.example/feed",
        "ftp://a.example/",
        "https://",
        "https://a b/",
        "https://a:x/",
        "x\x1b[0m",
    ):
        with pytest.raises(HuoyuanError) as caught:
            new_url(bad, feeds)
        assert caught.value.problem.code is Code.BAD_FEED_URL
        assert "\x1b" not in str(caught.value.problem.details)
    assert known_feed("https://A.example/feed", feeds) == feeds[0]
    with pytest.raises(HuoyuanError) as caught:
        known_feed("https://a.example/fed", feeds)
    assert caught.value.problem.details == {
        "url": "https://a.example/fed", "nearest": "https://a.example/feed"
    }  # fmt: skip


def test_no_message_tells_a_password() -> None:
    assert shown_url("https://me:secret@a.example/x?y=@") == "https://a.example/x?y=@"
    assert shown_url("https://a.example") == "https://a.example"


def test_the_file_is_changed_at_one_stroke(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "feeds.toml"
    real.parent.mkdir()
    real.write_bytes(b"\xef\xbb\xbf# a\r\n")
    real.chmod(0o640)
    link = tmp_path / "feeds.toml"
    link.symlink_to(real)
    assert read_source(link) == "# a\r\n"
    write_source(link, "# b\r\n")
    assert link.is_symlink()
    assert real.read_bytes() == b"\xef\xbb\xbf# b\r\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in real.parent.iterdir()] == ["feeds.toml"]
    assert read_source(tmp_path / "none.toml") == default_source()
    write_source(tmp_path / "new" / "feeds.toml", "")
    assert (tmp_path / "new" / "feeds.toml").read_bytes() == b""


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes("# 货源".encode("gbk"))
    for path, code in ((tmp_path, Code.CONFIG_UNREADABLE), (tmp_path / "gbk.toml", Code.CONFIG_NOT_UTF8)):
        with pytest.raises(HuoyuanError) as caught:
            read_source(path)
        assert caught.value.problem.code is code
    (tmp_path / "file").touch()
    with pytest.raises(HuoyuanError) as caught:
        write_source(tmp_path / "file" / "feeds.toml", "")
    assert caught.value.problem.code is Code.FILE_UNWRITABLE
