"""The labelled texts of the shared material, scored as score.py does, must stay above floors."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from typing import Any

import pytest

from tests.contacts.shared import shared_path
from tui.contacts import find
from tui.model import Kind

_FLOORS = {
    Kind.WECHAT: 0.98,
    Kind.QQ: 0.98,
    Kind.MOBILE: 0.99,
    Kind.LANDLINE: 0.99,
    Kind.EMAIL: 0.99,
    Kind.QQ_GROUP: 0.95,
    Kind.OFFICIAL_ACCOUNT: 0.85,
}


def _same(kind: str, value: str) -> tuple[str, str]:
    plain = unicodedata.normalize("NFKC", value).strip().lower()
    return kind, plain if kind in {"wechat", "official_account", "email"} else re.sub(r"\D", "", plain)


def _score(rows: list[dict[str, Any]]) -> tuple[dict[str, float], int]:
    """F1 by kind, and the number of texts without contact that gave a false alarm."""
    hits, misses, alarms = Counter[str](), Counter[str](), Counter[str]()
    wrong_texts = 0
    for row in rows:
        gold = {_same(c["kind"], c["value"]) for c in row["contacts"]}
        ignored = {
            value
            for known in row.get("ignore", [])
            for _, value in (_same("wechat", known), _same("qq", known))
        }
        found = {_same(c.kind, c.value) for c in find(row["text"]) if c.kind is not Kind.PERSON}
        false = {pair for pair in found - gold if pair[1] not in ignored}
        hits.update(kind for kind, _ in found & gold)
        misses.update(kind for kind, _ in gold - found)
        alarms.update(kind for kind, _ in false)
        wrong_texts += bool(false) and not gold
    scores = {kind: 2 * hits[kind] / (2 * hits[kind] + misses[kind] + alarms[kind]) for kind in hits}
    return scores, wrong_texts


def _rows(name: str) -> list[dict[str, Any]]:
    lines = shared_path("contacts", name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


@pytest.mark.parametrize("name", ["dev.jsonl", "synth_dev.jsonl"])
def test_floors(name: str) -> None:
    rows = _rows(name)
    scores, wrong_texts = _score(rows)
    assert scores
    assert {kind: score for kind, score in scores.items() if score < _FLOORS[Kind(kind)]} == {}
    assert wrong_texts <= 0.01 * sum(not row["contacts"] for row in rows)
