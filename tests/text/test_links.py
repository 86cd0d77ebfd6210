"""Links: absolute, of four schemes, plain ASCII."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.links import Addresses, absolute

BASE = "https://shop.example/news/1.html"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/x?a=1&b=2#c", "https://shop.example/x?a=1&b=2#c"),
        ("2.html", "https://shop.example/news/2.html"),
        ("//cdn.example/1.jpg", "https://cdn.example/1.jpg"),
        (
            " HTTP://A.example:8080/路径?q=女装 x ",
            "http://a.example:8080/%E8%B7%AF%E5%BE%84?q=%E5%A5%B3%E8%A3%85%20x",
        ),
        ("https://例子.中国/", "https://xn--fsqu00a.xn--fiqs8s/"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("https://a.example/%E5%A5%B3", "https://a.example/%E5%A5%B3"),
        ("https://good.example\\@evil.example/", "https://good.example%5C@evil.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:138 6402 7195", "tel:138%206402%207195"),
        ("https://a.example/\x1b]52;c;eA==\x07\u202e'\"<>", "https://a.example/'%22%3C%3E"),
    ],
)
def test_absolute(link: str, address: str) -> None:
    assert absolute(link, BASE) == address
    assert absolute(address, BASE) == address


@pytest.mark.parametrize(
    "link",
    [
        "",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "wechat://x",
        "vscode://x",
        "mailto:",
        "http://",
        "http:///x",
        "http://[::1",
        "http://a:99999/",
        "http://a b/",
        "http://" + "a" * 64 + "é.example/",
        "https://a.example/" + "x" * 5000,
        "--renderer-cmd-prefix=x:y",
    ],
)
def test_refused(link: str) -> None:
    assert absolute(link) == ""


def test_a_place_in_the_page_is_no_link() -> None:
    assert absolute("#top", BASE) == ""


def test_a_relative_link_needs_a_base() -> None:
    assert absolute("/x") == absolute("/x", "no base") == absolute("/x", "http://[") == ""


@given(
    st.text() | st.text(st.sampled_from("htps:/.@[]:%?#a1例\\ \x1b")), st.sampled_from(["", BASE, "http://["])
)
def test_never_raises_and_is_ascii_of_a_known_scheme(link: str, base: str) -> None:
    address = absolute(link, base)
    assert address == "" or address.startswith(("http://", "https://", "mailto:", "tel:"))
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address


def test_addresses_are_numbered_once_and_limited() -> None:
    addresses = Addresses(BASE, ("http:", "https:"))
    assert [
        addresses.number(link) for link in ("/a", "/b", "/a", "mailto:a@b.example", "https://shop.example/b")
    ] == [
        0,
        1,
        0,
        -1,
        1,
    ]
    assert addresses.all == ("https://shop.example/a", "https://shop.example/b")
    assert max(addresses.number(f"/{number}") for number in range(5000)) < 2000
    assert len(addresses.all) <= 2000
