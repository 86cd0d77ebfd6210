"""Opening links: what is refused, and what the browser's program is really started with."""

from __future__ import annotations

import os
import select
import shlex
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import Code, HuoyuanError
from tui.opener import TEXT_BROWSERS, aim_of, host_of, leads_to, safe_url, visit
from tui.visits import Started

LINK = "https://a.example/货源?q=1&p=2#三"
SAFE_LINK = "https://a.example/%E8%B4%A7%E6%BA%90?q=1&p=2#%E4%B8%89"

REFUSED = [
    "",
    " ",
    "a.example",
    "/a b;touch x",
    "//a.example/x",
    "--renderer-cmd-prefix=x",
    "%action",
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "view-source://a.example/",
    "wechat://x",
    "vscode://x",
    "ftp://a.example/",
    "http:a.example",
    "http://",
    "http:///x",
    "http://?x",
    "http://a.example\n/x",
    "http://a.example/\r\nHost: b",
    "http://a/\x1b\\\x1b]52;c;eA==\x07",
    "http://a.example/\x9b2J",
    "http://a.example/\x7f",
    "http://a.example/\0",
    "https://bank.example@evil.example/",
    "https://bank.example:443@evil.example/",
    "https://@evil.example/",
    "https://a.example\\@evil.example/",
    "https://evil.example\\.a.example/",
    "http://a b.example/",
    "http://a$(touch x).example/",
    "http://a`id`/",
    "http://a;b/",
    "http://a|b/",
    "http://a%2eexample/",
    "http://a..example/",
    "http://" + "a" * 64 + ".example/",
    "http://a.example:port/",
    "http://a.example:99999/",
    "http://[::1/",
    "http://[fe80::1%25eth0]/",
    "http://[v1.x]/",
    "http://a.℀.example/",
    "http://a.example/" + "a" * 8_000,
    "http://a.example/\ud800",
]


@pytest.mark.parametrize("url", REFUSED)
def test_links_that_are_refused(url: str) -> None:
    for ask in (safe_url, host_of):
        with pytest.raises(HuoyuanError) as caught:
            ask(url)
        assert caught.value.problem.code is Code.LINK_REFUSED
        shown = caught.value.problem.details["url"]
        assert isinstance(shown, str)
        assert shown.isprintable()
        assert len(shown) <= 80


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("http://a.example", "http://a.example"),
        ("HTTPS://A.Example:8443/X?Y=%e4%B8#Z", "https://a.example:8443/X?Y=%e4%B8#Z"),
        (LINK, SAFE_LINK),
        ("https://货源.中国/a", "https://xn--b9wn66d.xn--fiqs8s/a"),
        ("http://货源。中国/", "http://xn--b9wn66d.xn--fiqs8s/"),
        ("http://[0:0::1]:80/", "http://[::1]:80/"),
        ("http://under_score.example./", "http://under_score.example./"),
        ("http://a.example/a b\\c", "http://a.example/a%20b%5Cc"),
        ("http://a.example/%zz%4", "http://a.example/%25zz%254"),
        ("http://a.example/;jsessionid=1?a[]=b+c", "http://a.example/;jsessionid=1?a%5B%5D=b+c"),
        ("http://a/$(touch x)", "http://a/%24%28touch%20x%29"),
        ("http://a/`id`'\"|<>^{}", "http://a/%60id%60%27%22%7C%3C%3E%5E%7B%7D"),
        ("http://a.example/\u202egnp.exe", "http://a.example/%E2%80%AEgnp.exe"),
        ("http://a.example/@bank.example", "http://a.example/@bank.example"),
    ],
)
def test_links_are_put_together_anew(url: str, safe: str) -> None:
    assert safe_url(url) == safe
    assert safe_url(safe) == safe


def test_a_link_may_be_just_so_long() -> None:
    longest = "http://a.example/".ljust(8_000, "a")
    assert safe_url(longest) == longest
    with pytest.raises(HuoyuanError):
        safe_url(longest + "a")


def check_safe(url: str, safe: str) -> None:
    assert safe.isascii()
    assert safe.isprintable()
    assert not set(safe) & set(" $'()\"`|<>\\^{}")
    assert safe.startswith(("http://", "https://"))
    assert safe_url(safe) == safe
    assert host_of(url) == urlsplit(safe).hostname != ""


@given(st.tuples(st.text(), st.sampled_from(["", "http://", "https://", "http://a.example/"])))
def test_any_text_is_refused_or_made_safe(parts: tuple[str, str]) -> None:
    url = parts[1] + parts[0]
    with suppress(HuoyuanError):
        check_safe(url, safe_url(url))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_a_path_keeps_its_meaning(text: str) -> None:
    path = text.translate(str.maketrans("", "", "%?#"))
    assert unquote(urlsplit(safe_url(f"http://a.example/x{path}")).path) == f"/x{path}"


@pytest.mark.parametrize(
    ("url", "host", "read_as", "is_disguised"),
    [
        ("http://Shop.Example:80/x", "shop.example", "shop.example", False),
        ("https://货源.中国/a", "xn--b9wn66d.xn--fiqs8s", "货源.中国", False),
        ("https://xn--b9wn66d.xn--fiqs8s/a", "xn--b9wn66d.xn--fiqs8s", "货源.中国", False),
        ("https://taobаo.com/", "xn--taobo-7ve.com", "taobаo.com", True),
        ("https://xn--taobo-7ve.com/", "xn--taobo-7ve.com", "taobаo.com", True),
        ("https://taobaó.com/", "xn--taoba-4ta.com", "taobaó.com", True),
        ("http://xn--a.example/", "xn--a.example", "xn--a.example", True),
        ("http://a\u2066b.example/", "xn--ab-88t.example", "xn--ab-88t.example", True),
        ("http://[::1]/", "::1", "::1", False),
    ],
)
def test_a_host_is_told_as_it_is_and_as_it_reads(
    url: str, host: str, read_as: str, is_disguised: bool
) -> None:
    aim = aim_of(url)
    assert (aim.url, aim.host) == (safe_url(url), host)
    assert (aim.read_as, aim.is_disguised) == (read_as, is_disguised)


@pytest.mark.parametrize(
    ("url", "host", "leads"),
    [
        ("https://a.example/feed", "a.example", True),
        ("https://www.a.example/feed", "a.example", True),
        ("https://a.example/feed", "m.a.example", True),
        ("https://a.example./feed", "a.example", True),
        ("https://A.example:8443/feed", "a.example", True),
        ("https://a.example/feed", "ba.example", False),
        ("https://a.example/feed", "b.example", False),
        ("https://a.example.evil.example/", "a.example", False),
        ("file:///home/feed.xml", "a.example", False),
        ("sample:huoyuan.xml", "", False),
    ],
)
def test_a_site_is_a_host_and_what_lies_under_it(url: str, host: str, leads: bool) -> None:
    assert leads_to(url, host) is leads


def test_the_host_is_the_one_that_is_reached() -> None:
    assert host_of("https://货源.中国:8443/bank.example") == "xn--b9wn66d.xn--fiqs8s"
    assert host_of("http://[::1]/") == "::1"


posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


class Browsers:
    """Stand-ins on a PATH of their own that tell, through a pipe, what they were started with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pipe = folder / "pipe"
        os.mkfifo(self.pipe)
        self.reading = os.open(self.pipe, os.O_RDWR | os.O_NONBLOCK)

    def add(self, name: str, first: str = "", then: str = "") -> Path:
        path = self.folder / name
        tell = f'printf "%s\\0" $$ "$0" "$#" "$@" END > "{self.pipe}"'
        path.write_text(f"#!/bin/sh\n{first}\n{tell}\n{then}\n")
        path.chmod(0o755)
        return path

    def started(self) -> list[str]:
        """Process id, program, and arguments of what was started."""
        told = b""
        while not told.endswith(b"END\0"):
            assert select.select([self.reading], [], [], 30)[0], "no browser was started"
            told += os.read(self.reading, 65_536)
        pid, program, count, *arguments = told.decode().split("\0")[:-2]
        assert int(count) == len(arguments)
        return [pid, Path(program).name, *arguments]

    def visit(self, url: str, platform: str = "linux", /, **environ: str) -> str:
        """The name of the browser that was started."""
        started = self.ask(url, platform, **environ)
        assert started.command == ()
        return started.program

    def ask(self, url: str, platform: str = "linux", /, **environ: str) -> Started:
        return visit(url, {"PATH": str(self.folder), **environ}, platform)


@pytest.fixture
def browsers(tmp_path: Path) -> Browsers:
    return Browsers(tmp_path)


@posix
@pytest.mark.parametrize(
    ("setting", "arguments"),
    [
        ("browse", [SAFE_LINK]),
        ("browse --new-tab", ["--new-tab", SAFE_LINK]),
        ("browse '--title=a b' --url=%s -x", ["--title=a b", f"--url={SAFE_LINK}", "-x"]),
        ("browse %s", [SAFE_LINK]),
        ("missing:'unclosed: :browse:w3m", [SAFE_LINK]),
    ],
)
def test_the_users_browser_is_given_the_link(browsers: Browsers, setting: str, arguments: list[str]) -> None:
    for name in ("browse", "w3m", "xdg-open"):
        browsers.add(name)
    assert browsers.visit(LINK, BROWSER=setting, DISPLAY=":0") == "browse"
    assert browsers.started()[1:] == ["browse", *arguments]


@posix
@pytest.mark.parametrize("name", sorted(TEXT_BROWSERS))
def test_a_browser_of_the_terminal_is_left_to_whoever_has_it(browsers: Browsers, name: str) -> None:
    path = browsers.add(name)
    browsers.add("browse")
    for setting, arguments in (
        (name, [SAFE_LINK]),
        (f"missing:{shlex.quote(str(path))} -o x=1 %s:browse", ["-o", "x=1", SAFE_LINK]),
    ):
        started = browsers.ask(LINK, BROWSER=setting, DISPLAY=":0")
        assert started == Started(name, (str(path), *arguments))
    assert select.select([browsers.reading], [], [], 0)[0] == []


@posix
def test_a_browser_with_a_path_is_called_by_its_name(browsers: Browsers) -> None:
    path = browsers.add("browse")
    assert browsers.visit(LINK, BROWSER=shlex.quote(str(path))) == "browse"
    assert browsers.started()[1:] == ["browse", SAFE_LINK]


@posix
@pytest.mark.parametrize(
    "url",
    [
        "http://a/$(touch x)",
        "http://a/`touch x`",
        "http://a/;touch x",
        "http://a/|touch x",
        "http://a/&touch x",
        "http://a/ --renderer-cmd-prefix=x",
        "http://a/?%s%action",
        "http://a/'\"\\",
    ],
)
def test_a_hostile_link_is_one_argument(browsers: Browsers, url: str) -> None:
    browsers.add("browse")
    before = set(browsers.folder.iterdir())
    browsers.visit(url, BROWSER="browse %s")
    _, _, *arguments = browsers.started()
    assert arguments == [safe_url(url)]
    assert set(browsers.folder.iterdir()) == before


@posix
@pytest.mark.parametrize("url", REFUSED)
def test_a_refused_link_starts_nothing(browsers: Browsers, url: str) -> None:
    browsers.add("browse")
    with pytest.raises(HuoyuanError) as caught:
        browsers.visit(url, BROWSER="browse")
    assert caught.value.problem.code is Code.LINK_REFUSED
    assert select.select([browsers.reading], [], [], 0)[0] == []


@posix
@pytest.mark.parametrize(
    ("platform", "environ", "program", "arguments"),
    [
        ("darwin", "", "open", []),
        ("win32", "BROWSER", "rundll32", ["url.dll,FileProtocolHandler"]),
        ("linux", "DISPLAY", "xdg-open", []),
        ("linux", "WAYLAND_DISPLAY", "xdg-open", []),
        ("linux", "DISPLAY SSH_TTY", "xdg-open", []),
        ("linux", "WSL_DISTRO_NAME DISPLAY", "wslview", []),
    ],
)
def test_the_systems_own_way(
    browsers: Browsers, platform: str, environ: str, program: str, arguments: list[str]
) -> None:
    for name in ("open", "rundll32", "rundll32.exe", "xdg-open", "wslview", "set"):
        browsers.add(name)
    assert browsers.visit(LINK, platform, **dict.fromkeys(environ.split(), "set")) == program
    assert browsers.started()[1:] == [program, *arguments, SAFE_LINK]


@posix
def test_wsl_without_wslview_asks_windows(browsers: Browsers) -> None:
    browsers.add("rundll32.exe")
    assert browsers.visit(LINK, WSL_DISTRO_NAME="Debian") == "rundll32.exe"
    assert browsers.started()[1:] == ["rundll32.exe", "url.dll,FileProtocolHandler", SAFE_LINK]


@posix
@pytest.mark.parametrize(
    ("platform", "environ"),
    [
        ("linux", {}),
        ("linux", {"SSH_TTY": "/dev/pts/1"}),
        ("darwin", {"SSH_CONNECTION": "1"}),
        ("darwin", {"SSH_TTY": "/dev/pts/1"}),
        ("linux", {"BROWSER": "lynx"}),
        ("linux", {"BROWSER": "missing:%s:broken", "DISPLAY": ""}),
    ],
)
def test_without_a_browser_the_link_is_handed_back(
    browsers: Browsers, platform: str, environ: dict[str, str]
) -> None:
    for name in ("open", "xdg-open", "w3m"):
        browsers.add(name)
    broken = browsers.add("broken")
    broken.write_bytes(b"\x7fELF")
    with pytest.raises(HuoyuanError) as caught:
        browsers.visit(LINK, platform, **environ)
    assert caught.value.problem.code is Code.NO_BROWSER
    assert caught.value.problem.details == {"url": SAFE_LINK}


@posix
def test_a_browser_that_stays_is_not_waited_for_and_cannot_touch_the_terminal(browsers: Browsers) -> None:
    links = " ".join(f"/proc/$$/fd/{number}" for number in range(3))
    stay = f"exec {shutil.which('sleep')} 600"
    browsers.add("browse", first=f"set -- $({shutil.which('readlink')} {links})", then=stay)
    assert browsers.visit(LINK, BROWSER="browse") == "browse"
    pid, _, *files = browsers.started()
    try:
        assert os.getsid(int(pid)) == int(pid) != os.getsid(0)
        assert files == [os.devnull] * 3 or not Path("/proc/self/fd").exists()
    finally:
        os.kill(int(pid), signal.SIGKILL)
