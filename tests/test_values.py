"""Frozen values and kept values: as dataclasses are, as long as what they come from is the same."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest

from tui.kept import kept
from tui.values import frozen


@frozen
class Ours:
    """A value."""

    number: int
    text: str = "a"


@dataclass(frozen=True, slots=True)
class Theirs:
    """The same as dataclasses make it."""

    number: int
    text: str = "a"


def test_it_is_what_dataclasses_make() -> None:
    ours, theirs = Ours(1, text="b"), Theirs(1, text="b")
    assert asdict(ours) == asdict(theirs)
    assert astuple(ours) == astuple(theirs)
    assert [f.name for f in fields(Ours)] == [f.name for f in fields(Theirs)]
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours, hash(ours)) == (Ours(1, "b"), hash(Ours(1, "b")))
    assert (ours == theirs) is False  # type: ignore[comparison-overlap]
    assert replace(ours, number=2) == Ours(2, "b")
    assert Ours(1) == Ours(1, "a")
    assert copy.deepcopy(ours) == pickle.loads(pickle.dumps(ours)) == ours
    match ours:
        case Ours(number, text):
            assert (number, text) == (1, "b")


@pytest.mark.parametrize("arguments", [(), (1, "a", 2)])
def test_wrong_arguments_are_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        Ours(*arguments)


def test_it_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Ours(1).number = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        object.__setattr__(Ours(1), "other", 2)


def test_a_kept_value_is_made_again_only_for_another_origin(tmp_path: Path) -> None:
    made: list[str] = []

    def make(value: str) -> str:
        made.append(value)
        return value

    path = tmp_path / "x.kept"
    assert [kept(path, origin, lambda: make("v")) for origin in ("a", "a", "b", "b")] == ["v"] * 4
    assert made == ["v", "v"]
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert kept(path, "b", lambda: make("w")) == "w"
    assert kept(tmp_path / "no" / "folder", "a", lambda: make("x")) == "x"
