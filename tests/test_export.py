"""Exports: what a spreadsheet, a phone and a program read back."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import export
from tui.errors import Code, HuoyuanError
from tui.i18n import load_words
from tui.merchants import BookContact, MerchantEntry, Signal, Standing
from tui.model import Kind

VALUES = (
    (Kind.WECHAT, "nzhuo_8862"), (Kind.QQ, "2840517396"), (Kind.MOBILE, "13864027195"),
    (Kind.MOBILE, "15430012277"), (Kind.LANDLINE, "020-81234567"), (Kind.EMAIL, "a,b@example.com"),
    (Kind.WECHAT_CODE, "https://u.wechat.com/Ab;c 货"),
)  # fmt: skip
CONTACTS = tuple(BookContact(n, kind, value, 1, 0, 0) for n, (kind, value) in enumerate(VALUES, 1))
ENTRY = MerchantEntry(
    7, "陈小姐; 十三行", CONTACTS, 12, 1_620_000_000, 1_630_000_000, ("女装货源", "外套,大衣"),
    Standing.ADDED, "第一行\n=HYPERLINK(1)", frozenset({Signal.SAME_TEXT, Signal.CHANGED_ID}),
)  # fmt: skip


def entry(name: str = "陈", note: str = "", **values: str) -> MerchantEntry:
    contacts = tuple(
        BookContact(n, Kind(kind), value, 1, 0, 0) for n, (kind, value) in enumerate(values.items())
    )
    return MerchantEntry(1, name, contacts, 1, 0, 0, note=note)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def card(text: str) -> list[tuple[str, str]]:
    """The properties of vCards as a reader of RFC 6350 unfolds them."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")
    return [(name, value) for name, _, value in (line.partition(":") for line in lines)]


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def test_a_csv_row_holds_a_merchant() -> None:
    (row,) = rows(export.to_csv([ENTRY]))
    assert row["name"] == ENTRY.name
    assert row["wechat"] == "nzhuo_8862"
    assert row["mobile"] == "13864027195 / 15430012277"
    assert row["categories"] == "女装货源 / 外套,大衣"
    assert (row["articles"], row["standing"]) == ("12", "added")
    assert row["note"] == "第一行\n'=HYPERLINK(1)"
    assert re.fullmatch(r"2021/05/0[23]", row["first_seen"])


def test_the_users_words_stand_over_the_columns() -> None:
    (row,) = rows(export.to_csv([ENTRY], load_words("zh")))
    assert row["微信号"] == "nzhuo_8862"
    assert "已添加" in row.values()


@pytest.mark.parametrize(
    "number",
    ["13864027195", "020-81234567", "400-820-8820", "10086", "0000", "2/3", "1e10", "TRUE", "13864027195 "],
)
def test_a_number_stays_text_in_a_spreadsheet(number: str) -> None:
    (row,) = rows(export.to_csv([entry(mobile=number)]))
    assert row["mobile"] == f"{number}\t"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "%", "|"])
def test_no_cell_is_a_formula(start: str) -> None:
    (row,) = rows(
        export.to_csv([entry(name=f"{start}cmd|' /C calc'!A0", note=f"{start}1", wechat=f"{start}x")])
    )
    assert [row["name"][:2], row["note"][:2], row["wechat"][:2]] == [f"'{start}"] * 3


@pytest.mark.parametrize("start", [" =", "\n=", "\xa0=", "\ufeff=", "\u200b+", '"='])
def test_nor_one_behind_what_a_spreadsheet_passes_over(start: str) -> None:
    (row,) = rows(export.to_csv([entry(name=f"{start}1+1")]))
    assert row["name"].startswith("'")


def test_where_cells_are_divided_by_semicolons_there_is_no_formula_either() -> None:
    text = export.to_csv([entry(name="a;=1+1", note="b;=HYPERLINK(1)\n=c\n- d\n+e")])
    assert "\n- d" in text, "a list in a note stays as it is"
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_a_vcard_holds_a_merchant() -> None:
    properties = card(export.to_vcard([ENTRY], load_words("zh")))
    assert properties[:2] == [("BEGIN", "VCARD"), ("VERSION", "4.0")]
    assert properties[-1] == ("END", "VCARD")
    found = dict(properties)
    assert unescaped(found["FN"]) == ENTRY.name
    assert found["N"] == "陈小姐\\; 十三行;;;;"
    assert [value for name, value in properties if name == "TEL;TYPE=cell"] == [
        "+8613864027195", "+8615430012277"
    ]  # fmt: skip
    assert found["TEL;TYPE=voice"] == "+862081234567"
    assert found["EMAIL"] == "a\\,b@example.com"
    assert (found["X-WECHAT"], found["X-QQ"]) == ("nzhuo_8862", "2840517396")
    assert found["URL"] == "https://u.wechat.com/Ab;c%20%E8%B4%A7"
    assert found["CATEGORIES"] == "女装货源,外套\\,大衣"
    assert unescaped(found["NOTE"]) == "微信号: nzhuo_8862\nQQ号: 2840517396\n第一行\n=HYPERLINK(1)"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found["UID"])


@pytest.mark.parametrize(
    ("written", "dialled"),
    [("8123-4567", "81234567"), ("400-820-8820", "4008208820"), ("0755-23626887", "+8675523626887")],
)
def test_a_number_is_dialled_as_its_kind_wants(written: str, dialled: str) -> None:
    assert dict(card(export.to_vcard([entry(landline=written)])))["TEL;TYPE=voice"] == dialled


def test_a_merchant_keeps_its_uid_and_two_differ() -> None:
    cards = card(export.to_vcard([ENTRY, entry(wechat="a_1"), entry(note="neu", wechat="a_1")]))
    first, second, third = [value for name, value in cards if name == "UID"]
    assert first != second == third


@given(
    st.text(st.characters(codec="utf-8"), max_size=200), st.text(st.characters(codec="utf-8"), max_size=300)
)
def test_any_words_come_back_from_a_vcard(name: str, note: str) -> None:
    text = export.to_vcard([entry(name, note)])
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    found = dict(card(text))
    assert len(card(text)) == 6 + bool(note)
    plain = [part.replace("\r\n", "\n").replace("\r", "\n") for part in (name, note)]
    assert [unescaped(found["FN"]), unescaped(found.get("NOTE", ""))] == plain


def test_json_tells_all() -> None:
    (found,) = json.loads(export.to_json([ENTRY]))
    assert (found["name"], found["standing"], found["signals"]) == (
        ENTRY.name, "added", ["changed_id", "same_text"]
    )  # fmt: skip
    assert found["contacts"][0] == {
        "id": 1, "kind": "wechat", "value": "nzhuo_8862", "articles": 1, "first_seen": 0, "last_seen": 0,
        "copied_at": 0,
    }  # fmt: skip


def test_the_suffix_says_the_format(tmp_path: Path) -> None:
    assert export.write([ENTRY, ENTRY], tmp_path / "a.CSV") == 2
    assert (tmp_path / "a.CSV").read_bytes().startswith(b'\xef\xbb\xbf"name","wechat",')
    export.write([ENTRY], tmp_path / "a.vcf")
    assert (tmp_path / "a.vcf").read_bytes().startswith(b"BEGIN:VCARD\r\nVERSION:4.0\r\n")
    export.write([], tmp_path / "a.json")
    assert (tmp_path / "a.json").read_text("utf-8") == "[]"


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(HuoyuanError) as caught:
        export.write([ENTRY], tmp_path / "no" / "a.csv")
    assert caught.value.problem.code is Code.FILE_UNWRITABLE
