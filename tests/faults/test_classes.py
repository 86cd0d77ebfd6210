"""Every fault alone: it ends as it should, its neighbours' articles stay, and nothing gets in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.faults.fault import Fault
from tests.faults.redirects import SECRET
from tests.faults.running import End, refreshed, unclean
from tests.faults.server import FaultServer
from tests.faults.table import ALL, GROUPS
from tui.i18n import Words, explain, load_words
from tui.net.limits import Limits

PATIENT = Limits(connect=30, read=30, total=60)
"""For what ends by itself: a busy machine must not fail it."""

SHORT = Limits(connect=1.5, read=1.5, total=1.5)
"""For what nothing but the deadline ends."""

WORDS = [load_words(language) for language in ("zh", "en")]
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("group", GROUPS)
def test_every_fault_that_ends_by_itself(group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = [fault for fault in GROUPS[group] if not fault.hangs]
    assert wrongs(faults, tmp_path, monkeypatch, PATIENT) == {}


def test_every_fault_that_would_last_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = [fault for fault in ALL if fault.hangs]
    assert len(faults) == 8
    assert wrongs(faults, tmp_path, monkeypatch, SHORT) == {}


def test_the_table_is_as_long_as_we_promise_and_names_nothing_twice() -> None:
    assert len({fault.name for fault in ALL}) == len(ALL) >= 110
    assert all(fault.titles is None or bool(fault.titles) is fault.ends_well for fault in ALL)


def wrongs(
    faults: Sequence[Fault], folder: Path, monkeypatch: pytest.MonkeyPatch, limits: Limits
) -> dict[str, list[str]]:
    """What is wrong with the end of each fault, by its name; nothing when all is well."""
    found: dict[str, list[str]] = {}
    with FaultServer(faults, folder) as server:
        if server.certificates:
            monkeypatch.setenv("SSL_CERT_FILE", str(server.certificates.authority))
        for rounds in sorted({fault.rounds for fault in faults}):
            some = [fault for fault in faults if fault.rounds == rounds]
            urls = {fault.name: server.urls[fault.name] for fault in some}
            inside = folder / f"{rounds}"
            inside.mkdir()
            ends = asyncio.run(refreshed(urls, inside, limits, rounds=rounds))
            found |= {fault.name: bad for fault in some if (bad := [*judged(fault, ends[fault.name])])}
            if bad := leaks(server, inside):
                found["all"] = bad
    return found


def judged(fault: Fault, end: End) -> list[str]:
    bad = []
    if end.outcome not in fault.outcomes:
        bad.append(f"{end.outcome} instead of {fault.ends}")
    if fault.titles is not None and end.titles != tuple(sorted(fault.titles)):
        bad.append(f"titles: {end.titles}"[:200])
    texts = stored_texts(end)
    bad += [f"not clean: {text!r}"[:200] for text in unclean(texts)]
    bad += ["a file of this machine" for text in texts if "root:x:" in text]
    return bad + [sentence for words in WORDS for sentence in unsaid(end, words)]


def stored_texts(end: End) -> list[str]:
    articles = [stored.article for stored in end.articles]
    texts = [(article.title, article.link, article.author, article.body.text) for article in articles]
    return [text for four in texts for text in four]


def unsaid(end: End, words: Words) -> list[str]:
    """The sentence of a problem if it says less than it should, or more: a gap, an escape, a secret."""
    if end.problem is None:
        return []
    sentence = explain(words, end.problem)
    complete = sentence.isprintable() and "?" not in sentence and not sentence.startswith("error.")
    place = str(end.problem.details.get("host", "")) or str(end.problem.details.get("url", ""))
    told = complete and bool(place) and SECRET not in sentence and "token" not in sentence
    return [] if told else [sentence]


def leaks(server: FaultServer, folder: Path) -> list[str]:
    """What reached a place where it has no business."""
    bad = ["canary" for _ in server.seen["canary"]]
    for name, requests in server.seen.items():
        for asked in requests:
            if asked.headers.keys() & {"cookie", "referer"} or (
                name.endswith("+") and "authorization" in asked.headers
            ):
                bad.append(f"{name}: {sorted(asked.headers)}")
    kept = b"".join(path.read_bytes() for path in folder.glob("huoyuan.db*"))
    return bad + [secret for secret in ("root:x:", "CANARY", f"%s@{SECRET}") if secret.encode() in kept]


def test_what_is_wrong_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge itself: a fault with the wrong expectations is told in each way."""
    sound = next(fault for fault in ALL if fault.name == "s404")
    twisted: Mapping[str, Fault] = {
        "outcome": Fault("outcome", "ok", sound.answer, None),
        "titles": Fault("titles", "http_4xx", sound.answer, ("货",)),
    }
    found = wrongs([*twisted.values()], tmp_path, monkeypatch, PATIENT)
    assert {name: len(bad) for name, bad in found.items()} == {"outcome": 1, "titles": 1}
