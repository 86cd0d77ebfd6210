"""Pages as sites lay them out, written for these tests with invented values."""

from __future__ import annotations

from pathlib import Path

from tui.contacts import find
from tui.pages import Page, extract

URL = "https://www.example.com/a/1.html"
TEXT = (
    "自家工厂在佛山，主打三到十二岁的卫衣和牛仔裤，面料都是纯棉，"
    "支持一件代发，破损包换，每天下午四点前的单当天发走。"
)
TITLE = "春款童装一手货源直招代理"
BOX = "<ul class=lx><li>联系人：周姐</li><li>微信：zhoujie_tz66</li><li>手机：13759206418</li></ul>"
IN_BOX = "person=周姐 wechat=zhoujie_tz66 mobile=13759206418"

_FOLDER = Path(__file__).parent / "html"


def sample_names() -> list[str]:
    """Give the names of all sample pages."""
    return sorted(path.stem for path in _FOLDER.glob("*.html"))


def sample(name: str) -> bytes:
    """Give a sample page, in the charset that it declares."""
    text = (_FOLDER / f"{name}.html").read_text(encoding="utf-8")
    return text.encode("gbk" if "charset=gb" in text else "utf-8")


def page(body: str, title: str = f"{TITLE} - 八方货源站", head: str = "") -> bytes:
    """Make a page of a body."""
    head = f"<meta charset=utf-8><title>{title}</title>{head}"
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def article(*after: str) -> bytes:
    """Make a page with a headline, a text and what comes after them in the same element."""
    return page(f"<div class=c><h1>{TITLE}</h1><p>{TEXT}</p>{''.join(after)}</div>")


def read(data: bytes) -> Page:
    """Extract a page."""
    return extract(data, url=URL)


def contacts(found: Page) -> str:
    """Give the contacts that are found in a page's text, as "kind=value" in their order."""
    return " ".join(f"{contact.kind}={contact.value}" for contact in find(found.body.text))


def lines(found: Page) -> list[str]:
    """Give the texts of a page's blocks that have any."""
    return [block.text for block in found.body.blocks if block.text]
