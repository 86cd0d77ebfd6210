"""Each page text of the shared material as an article of a feed, and as the HTML of its kind of site."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

import pytest

from tests.contacts.shared import shared_path
from tui.feed_values import Entry
from tui.model import Contact, Hidden, Source
from tui.pages import extract
from tui.prepare import contacts_in, prepare

# file name: what a reader would write down from it, and what the site keeps back
WRITTEN_DOWN: dict[str, tuple[str, tuple[Hidden, ...]]] = {
    "01_88huoyuan_empty_block.txt": ("", ()),
    "02_88huoyuan_filled_block.txt": (
        "person=陈小姐 wechat=nzhuo_8862 qq=2840517396 mobile=13864027195",
        (),
    ),
    "03_mymps_classified.txt": (
        "qq=2139858804 mobile=15660233211 person=金女士 mobile=15606812490 qq=2274930165",
        (),
    ),
    "04_destoon_supply.txt": ("person=沈女士", (Hidden.IMAGE,)),
    "05_destoon_contact_page.txt": (
        "landline=02036517742 email=sales@example.cn person=林先生 mobile=13922480517",
        (),
    ),
    "06_logistics_news.txt": ("landline=075523626887 wechat=18042702457 mobile=18042702457", ()),
    "07_softguide_article.txt": ("landline=4006808581", ()),
    "08_wechat_article_footer.txt": ("wechat=guhuo91e wechat=18137468808", ()),
    "09_game_agent_notice.txt": (
        "wechat=DZBQ98 wechat=FQLS48 wechat=qayvup16 mobile=18248673304",
        (),
    ),
    "10_kol_bios.txt": (
        "wechat=cmvb861495 wechat=bvnplj79 wechat=rpebo8915 wechat=vopr_13-34 "
        "qq_group=526848344 qq=2900480799",
        (),
    ),
    "11_invoice_mail.txt": (
        "mobile=13627976848 landline=05510038006 qq=467382556 landline=02081722367 mobile=13569765802 "
        "landline=02010443131 mobile=13342858987",
        (),
    ),
    "12_taobao_item_json.txt": ("wechat=dgn561139", ()),
}

_IMAGE = re.compile(r"\[image\.php[^\]]*\]")
_AFTER_LABEL = re.compile(r"[：:]|(?<=邮件|电话|手机|地区|地址) ")

Layout = Callable[[Sequence[str]], str]


def _lines(name: str) -> list[str]:
    """The lines of a page text, without the notes at its head."""
    text = shared_path("contacts", "pages", name).read_text(encoding="utf-8").split("\n\n", 1)[1]
    return [line.strip(" •\t") for line in text.split("\n") if line.strip()]


def _html(line: str) -> str:
    return _IMAGE.sub("<img src='/image.php?auth=x'>", escape(line))


def paragraphs(lines: Sequence[str]) -> str:
    """A news site."""
    return "".join(f"<p>{_html(line)}</p>" for line in lines)


def items(lines: Sequence[str]) -> str:
    """A site of classified advertisements, the seed's among them."""
    return f"<ul>{''.join(f'<li>{_html(line)}</li>' for line in lines)}</ul>"


def table(lines: Sequence[str]) -> str:
    """A B2B site: label and value in cells of their own."""
    rows = (_AFTER_LABEL.split(line, maxsplit=1) for line in lines)
    cells = ("".join(f"<td>{_html(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


_SITES: dict[str, tuple[Layout, ...]] = {
    **dict.fromkeys(WRITTEN_DOWN, (paragraphs, items)),
    **dict.fromkeys(sorted(WRITTEN_DOWN)[:5], (paragraphs, items, table)),
}


def said(contacts: Sequence[Contact]) -> list[str]:
    return [f"{contact.kind}={contact.value}" for contact in contacts]


@pytest.mark.parametrize("name", WRITTEN_DOWN)
def test_as_an_article_of_a_feed(name: str) -> None:
    html = "".join(f"<p>{escape(line)}</p>" for line in _lines(name))
    article = prepare(Entry(uid="1", title="", html=html), "", "")
    expected, hidden = WRITTEN_DOWN[name]
    assert said(article.contacts) == expected.split()
    assert article.hidden == hidden
    assert all(article.body.text[c.start : c.end].strip() for c in article.contacts), "a place to highlight"


@pytest.mark.parametrize(
    ("name", "layout"), [(name, layout) for name, layouts in _SITES.items() for layout in layouts]
)
def test_as_the_page_of_a_site(name: str, layout: Layout) -> None:
    title, *lines = _lines(name)
    head = f"<meta charset=utf-8><title>{escape(title)}</title>"
    content = f"<h1>{_html(title)}</h1><div class=content>{layout(lines)}</div>"
    body = f"<div class=nav><a href=/>首页</a></div>{content}"
    page = extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url="http://a.example/1")
    expected, hidden = WRITTEN_DOWN[name]
    found = contacts_in(title, page.body.text, None, Source.PAGE)
    assert set(said(found)) == set(expected.split())
    assert page.hidden == hidden


def test_every_text_has_its_row() -> None:
    pages = shared_path("contacts", "pages")
    assert {path.name for path in pages.glob("*.txt")} == set(WRITTEN_DOWN)
