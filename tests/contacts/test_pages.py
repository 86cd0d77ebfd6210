"""What a reader would write down from each page text of the shared material."""

from __future__ import annotations

import pytest

from tests.contacts.shared import shared_path
from tui.contacts import find
from tui.contacts.block import read_block
from tui.model import Merchant

# file name: contacts in order of position, merchant block
_PAGES: dict[str, tuple[str, Merchant | None]] = {
    "01_88huoyuan_empty_block.txt": ("", Merchant(category="微商怎么做", views=535)),
    "02_88huoyuan_filled_block.txt": (
        "person=陈小姐 wechat=nzhuo_8862 qq=2840517396 mobile=13864027195",
        Merchant("女装货源", "陈小姐", "nzhuo_8862", "2840517396", "13864027195", 535),
    ),
    "03_mymps_classified.txt": (
        "qq=2139858804 mobile=15660233211 person=金女士 mobile=15606812490 qq=2274930165",
        Merchant(person="金女士", qq="2274930165", mobile="15606812490", views=1288),
    ),
    "04_destoon_supply.txt": ("person=沈女士", Merchant(category="儿童羽绒服", person="沈女士", views=326)),
    "05_destoon_contact_page.txt": (
        "landline=02036517742 email=sales@example.cn person=林先生 mobile=13922480517",
        Merchant(person="林先生", mobile="13922480517"),
    ),
    "06_logistics_news.txt": ("landline=075523626887 wechat=18042702457 mobile=18042702457", None),
    "07_softguide_article.txt": ("landline=4006808581", None),
    "08_wechat_article_footer.txt": ("wechat=guhuo91e wechat=18137468808", None),
    "09_game_agent_notice.txt": ("wechat=DZBQ98 wechat=FQLS48 wechat=qayvup16 mobile=18248673304", None),
    "10_kol_bios.txt": (
        "wechat=cmvb861495 wechat=bvnplj79 wechat=rpebo8915 wechat=vopr_13-34 "
        "qq_group=526848344 qq=2900480799",
        None,
    ),
    "11_invoice_mail.txt": (
        "mobile=13627976848 landline=05510038006 qq=467382556 landline=02081722367 mobile=13569765802 "
        "landline=02010443131 mobile=13342858987",
        None,
    ),
    "12_taobao_item_json.txt": ("wechat=dgn561139", None),
}


@pytest.mark.parametrize("name", _PAGES)
def test_a_page(name: str) -> None:
    text = shared_path("contacts", "pages", name).read_text(encoding="utf-8")
    expected, merchant = _PAGES[name]
    assert [f"{contact.kind}={contact.value}" for contact in find(text)] == expected.split()
    assert read_block(text) == merchant


def test_every_page_has_its_row() -> None:
    pages = shared_path("contacts", "pages")
    assert {path.name for path in pages.glob("*.txt")} == set(_PAGES)


def test_nothing_false_is_offered_for_the_seed_article() -> None:
    text = shared_path("seed", "article.txt").read_text(encoding="utf-8")
    assert find(text) == ()
    assert read_block(text) == Merchant(category="微商怎么做", views=535)
