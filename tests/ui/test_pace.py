"""The screen follows a refresh between keys, and never later than it promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.ui.pace import DRAW_SECONDS, FRAME_SECONDS, LONGEST_SECONDS, QUIET_SECONDS, Pace


class Hours:
    """A clock that stands until it is moved, and calls what was to be called by then."""

    def __init__(self) -> None:
        self.now = 100.0
        self._calls: list[tuple[float, Callable[[], object]]] = []

    def later(self, seconds: float, call: Callable[[], object]) -> None:
        self._calls.append((self.now + seconds, call))

    def move(self, seconds: float) -> None:
        end = self.now + seconds
        while due := [entry for entry in self._calls if entry[0] <= end]:
            first = min(due, key=lambda entry: entry[0])
            self._calls.remove(first)
            self.now = first[0]
            first[1]()
        self.now = end


@pytest.fixture
def drawn() -> list[float]:
    return []


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
def pace(hours: Hours, drawn: list[float]) -> Pace:
    return Pace(lambda: hours.now, hours.later, lambda: drawn.append(hours.now - 100))


def test_at_most_ten_times_a_second(pace: Pace, hours: Hours, drawn: list[float]) -> None:
    for _ in range(100):
        pace.ask()
        hours.move(0.01)
    assert 9 <= len(drawn) <= 10
    assert drawn[0] == pytest.approx(DRAW_SECONDS)


def test_what_comes_after_the_last_drawing_is_drawn_too(pace: Pace, hours: Hours, drawn: list[float]) -> None:
    pace.ask()
    hours.move(1)
    pace.ask()
    hours.move(1)
    assert len(drawn) == 2


def test_a_key_has_the_time_behind_it_to_itself(pace: Pace, hours: Hours, drawn: list[float]) -> None:
    pace.press()
    pace.ask()
    hours.move(QUIET_SECONDS - 0.01)
    assert not drawn
    hours.move(0.02)
    assert drawn == [pytest.approx(QUIET_SECONDS)]


def test_who_presses_keys_without_end_still_sees_how_far_it_is(
    pace: Pace, hours: Hours, drawn: list[float]
) -> None:
    pressed = []
    for _ in range(100):
        pressed.append(hours.now - 100)
        pace.press()
        pace.ask()
        hours.move(0.033)
    assert len(drawn) == int(3.3 / (LONGEST_SECONDS + 0.033 + FRAME_SECONDS))
    # right behind a key, when its frame is out
    assert all(min(abs(at - key - FRAME_SECONDS) for key in pressed) < 1e-6 for at in drawn)


def test_when_the_keys_end_what_was_put_off_is_drawn_once(
    pace: Pace, hours: Hours, drawn: list[float]
) -> None:
    pace.ask()
    for _ in range(40):
        pace.press()
        hours.move(0.03)
    hours.move(5)
    assert len(drawn) == 1
