"""The merchant block in its layouts: filled, empty, values on the next line, other systems' boxes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.contacts.block import read_block
from tui.model import Merchant

_FILLED = """【商户信息】

  • 类目：童装货源
  • 联系人：周姐
  • 微信号：lanqi2088
  • Q Q 号：468203915
  • 手机号：13802214579
  • 浏览量：

    1,024

【货源详情】
手机号：13902214580
"""


def test_a_filled_block() -> None:
    assert read_block(_FILLED) == Merchant("童装货源", "周姐", "lanqi2088", "468203915", "13802214579", 1024)


def test_an_empty_label_swallows_neither_the_next_label_nor_the_next_section() -> None:
    text = (
        "【商户信息】\n类目：\n联系人：\n\n微信号：\n\nQ Q 号：\n手机号：\n\n【货源详情】\n\nlanqi2088 新款"
    )
    assert read_block(text) == Merchant()


def test_values_on_the_next_line() -> None:
    text = "联系人：\n\n周姐\n微信号：\n\nlanqi2088\n\nQ Q 号：\n\n手机号：\n\n13802214579"
    assert read_block(text) == Merchant(person="周姐", wechat="lanqi2088", mobile="13802214579")


def test_a_name_is_not_taken_from_the_text_below_the_block() -> None:
    merchant = read_block("手机号：13802214579\n微信号：lanqi2088\n联系人：\n新款到货\n欢迎选购")
    assert merchant == Merchant(wechat="lanqi2088", mobile="13802214579")


def test_fields_beside_each_other_in_one_line() -> None:
    merchant = read_block("联系人：周姐    联系电话：13802214579 | QQ：468203915")
    assert merchant == Merchant(person="周姐", qq="468203915", mobile="13802214579")


def test_a_landline_is_no_mobile_number() -> None:
    merchant = read_block("公司电话：020-38810246\n联 系 人：林先生 （先生）\n手机号码：13802214579")
    assert merchant == Merchant(person="林先生", mobile="13802214579")
    assert read_block("公司电话：020-38810246\n联系人：林先生") == Merchant(person="林先生")


def test_labels_without_colons_and_numbers_drawn_as_images() -> None:
    text = "浏览次数：326\n制衣厂\n联系人 沈女士(女士)\n电话 [image.php?auth=1]\n手机 [image.php?auth=2]"
    assert read_block(text) == Merchant(person="沈女士", views=326)


def test_names_with_spaces_in_them() -> None:
    text = "姓 名：周姐\n微 信 号：lanqi2088\n手 机：13802214579"
    assert read_block(text) == Merchant(person="周姐", wechat="lanqi2088", mobile="13802214579")


def test_views_told_in_the_head_of_the_page() -> None:
    merchant = read_block("2015-04-06发布，1288次浏览\n\n联系人：周姐\nQQ号码：468203915")
    assert merchant == Merchant(person="周姐", qq="468203915", views=1288)


def test_full_width_values_are_folded() -> None:
    merchant = read_block("联系人：周姐\n手机号：１３８０２２１４５７９")
    assert merchant == Merchant(person="周姐", mobile="13802214579")


def test_running_text_is_no_block() -> None:
    assert read_block("加微信 lanqi2088 看款，电话13802214579") is None
    assert read_block("微信号：lanqi2088") is None
    assert read_block("") is None


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "【商户信息】",
                "【",
                "联系人",
                "微信号",
                "手机",
                "浏览量",
                "：",
                ":",
                "\n",
                "  ",
                "|",
                "•",
                "1",
                "周姐",
            ]
        )
    )
)
def test_never_raises(pieces: list[str]) -> None:
    merchant = read_block("".join(pieces))
    assert merchant is None or len(merchant.person) <= 24
