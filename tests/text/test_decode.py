"""The decode ladder: what real servers send, and bytes that mean nothing."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.decode import declared_encoding, decode, is_lossless

TEXT = "女装货源，广州十三行档口直批。微信：nzhuo_8862"
BEYOND_GB2312 = "镕堃犇喆"
TRADITIONAL = "廣州女裝貨源，檔口直批，歡迎諮詢，一件代發，支持退換"


@pytest.mark.parametrize(
    ("data", "declared", "header"),
    [
        (TEXT.encode(), "", ""),
        (TEXT.encode(), "gb2312", "latin-1"),
        (TEXT.encode("utf-8-sig"), "gbk", "gbk"),
        (TEXT.encode("gbk"), "gbk", ""),
        (TEXT.encode("gbk"), "", "GBK"),
        (TEXT.encode("gbk"), "", ""),
        (TEXT.encode("gbk"), "utf-8", "utf-8"),
        (TEXT.encode("gbk"), "no-such-charset", "x" * 100_000),
        (TEXT.encode("gbk"), '"x-gbk"', ""),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-8", ""),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "", ""),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "", ""),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "", ""),
    ],
)
def test_finds_the_encoding(data: bytes, declared: str, header: str) -> None:
    assert decode(data, declared=declared, header=header) == TEXT


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_knows_wide_encodings_without_a_mark_by_the_first_bracket(charset: str) -> None:
    assert decode(f"<rss>{TEXT}".encode(charset), declared="utf-8") == f"<rss>{TEXT}"


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "x-gbk", "gb18030", "cp936", ""])
def test_reads_what_gb2312_lacks(declared: str) -> None:
    assert decode(BEYOND_GB2312.encode("gb18030"), declared=declared) == BEYOND_GB2312


def test_reads_big5_with_its_hong_kong_part() -> None:
    text = TRADITIONAL + "啲嘢喺度"
    assert decode(text.encode("big5hkscs"), declared="big5") == text
    assert decode(text.encode("big5hkscs"), header="Big5") == text
    assert decode(text.encode("big5hkscs"), header="csBig5") == text


def test_the_document_goes_before_the_header() -> None:
    assert decode("Привет".encode("koi8-r"), declared="koi8-r", header="gbk") == "Привет"


@pytest.mark.parametrize("declared", ["", "gbk", "latin-1"])
def test_a_few_bad_bytes_do_not_turn_utf8_into_something_else(declared: str) -> None:
    data = TEXT.encode()
    damaged = data[:9] + b"\xff" + data[9:40] + data[41:]
    decoded = decode(damaged, declared=declared)
    assert decoded.startswith("女装货\ufffd源")
    assert decoded.endswith("微信：nzhuo_8862")


def test_one_western_byte_is_no_chinese_character() -> None:
    assert decode(b"it\x92s a sale") == "it\ufffds a sale"
    assert decode(b"it\x92s a sale", header="windows-1252") == "it’s a sale"


def test_what_no_encoding_fits_loses_as_little_as_possible() -> None:
    data = TEXT.encode("gbk") * 20 + b"\xff"
    decoded = decode(data, declared="utf-8")
    assert decoded.startswith(TEXT)
    assert decoded.count("\ufffd") == 1


@pytest.mark.parametrize(
    "name",
    ["punycode", "idna", "unicode_escape", "rot13", "zlib", "utf-7", "utf-16", "a\0b", "..", "gbk " * 50],
)
def test_codecs_that_are_no_document_charsets_are_not_used(name: str) -> None:
    assert decode(b"\\u4e2d-\xd6\xd0\xb9\xfa", declared=name, header=name) == "\\u4e2d-中国"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b"<?xml version='1.0' encoding='gb2312'?>", "gb2312"),
        (b'\r\n <?xml version="1.0" encoding = "GBK" standalone="yes"?>', "GBK"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=big5" />', "big5"),
        (b"<html><head><META CHARSET=utf-8>", "utf-8"),
        (b"<p>charset=gbk</p>", ""),
        (b" " * 2048 + b"<?xml version='1.0' encoding='gb2312'?>", ""),
        (b"", ""),
    ],
)
def test_declared_encoding(data: bytes, charset: str) -> None:
    assert declared_encoding(data) == charset


def test_is_lossless() -> None:
    assert is_lossless(TEXT)
    assert not is_lossless(decode(b"\xff"))


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
        lambda text: text[0] not in "<\0\ufeff"
    )
)
def test_utf8_always_comes_back(text: str) -> None:
    assert decode(text.encode(), declared="gbk", header="latin-1") == text


@given(
    st.binary(max_size=300), st.text(max_size=12), st.sampled_from(["", "gbk", "big5", "utf-8", "shift_jis"])
)
def test_never_raises(data: bytes, declared: str, header: str) -> None:
    decode(data, declared=declared, header=header).encode()
    assert isinstance(declared_encoding(data), str)


def test_takes_linear_time() -> None:
    assert len(decode(b"\x80" * 2_000_000, declared="punycode")) == 2_000_000
    assert declared_encoding(b"<meta " * 400_000) == ""
