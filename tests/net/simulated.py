"""Two hundred feeds that behave as feeds do, on a virtual clock; they remember all that was asked of them."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from tui.errors import Code, Problem
from tui.feed_values import Schedule
from tui.net.policy import LATEST, SOONEST, host_of

HOUR, DAY = 3600, 24 * 3600
START = 1_791_763_200  # Monday, 2026-10-12 00:00:00 GMT
DAYS = 30
END = START + DAYS * DAY
NO_WISH = Schedule()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which a server answers with a problem; `seconds` is its Retry-After."""

    start: int
    end: int
    code: Code
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to: a redirect (`to`), a problem, a 304 (`same`) or a document."""

    to: str = ""
    permanent: bool = False
    problem: Problem | None = None
    same: bool = False
    etag: str = ""
    max_age: int | None = None
    schedule: Schedule = NO_WISH


@dataclass(slots=True)
class Site:
    """A feed's server: what it does, and below what it was told and has said."""

    url: str
    interval: int = HOUR
    schedule: Schedule = NO_WISH
    max_age: int | None = None
    tagged: bool = True
    terse: bool = False
    changes_every: int = 6 * HOUR
    windows: tuple[Window, ...] = ()
    gone_at: int = END
    moves_at: int = END
    moves_to: str = ""
    permanent: bool = True

    given: str = ""
    not_before: int = 0
    gone_told: bool = False
    led_at: int = 0
    moved_first: int = 0
    moved_for_good: bool = False
    asked: Counter[str] = field(default_factory=Counter)

    def document(self, now: int, sent: str) -> Answer:
        """The document of now, or that the client has it."""
        self.wait(now, max(self.max_age or 0, self.schedule.ttl or 0))
        etag = f'W/"{self.url[-5:]} {(now - START) // self.changes_every}\\"' if self.tagged else ""
        self.given = etag
        same = bool(etag) and sent == etag
        said = "" if same and self.terse else etag
        return Answer(same=same, etag=said, max_age=self.max_age, schedule=self.schedule)

    def wait(self, now: int, seconds: int) -> None:
        """Expect no request for so long, and nine tenths of what the user set."""
        self.not_before = now + min(max(SOONEST, seconds, self.interval * 9 // 10), LATEST)

    def problem(self, now: int) -> Problem | None:
        """What keeps it from answering now."""
        host = host_of(self.url)
        if now >= self.gone_at:
            return Problem(Code.GONE, {"host": host})
        for window in self.windows:
            if window.start <= now < window.end:
                wait = {"retry_after": window.seconds} if window.seconds else {}
                return Problem(window.code, {"host": host, **wait})
        return None


class World:
    """All sites; `ask` is a request, and raises AssertionError when nobody should have sent it."""

    def __init__(self, seed: int, count: int, *, watched: bool = True) -> None:
        self.sites = [a_site(random.Random(seed * 1000 + number), number) for number in range(count)]
        self.quiet_until: dict[str, int] = {}
        self.requests = 0
        self._watched = watched
        self._by_url = {site.url: site for site in self.sites}
        self._by_url |= {site.moves_to: site for site in self.sites if site.moves_to}

    def ask(self, url: str, etag: str, now: int, *, wish: bool = False, named: bool = False) -> Answer:
        """One request; `wish` tells that the user wants it now, `named` that it is for this very feed."""
        site = self._by_url[url]
        if self._watched:
            self._check(site, url, etag, now, wish=wish, named=named)
        self.requests += 1
        return self._answer(site, url, etag, now)

    def _check(self, site: Site, url: str, etag: str, now: int, *, wish: bool, named: bool) -> None:
        assert now >= self.quiet_until.get(host_of(url), 0), f"{url}: its host asked to be left alone"
        assert etag == site.given, f"{url}: {etag!r} was never our validator"
        assert not site.gone_told or named, f"{url}: it is gone"
        assert not (site.moved_for_good and url == site.url), f"{url}: it has moved for good"
        led = site.moved_for_good or site.led_at == now
        assert url == site.url or led, f"{url}: nobody has led there"
        if not wish:
            assert now >= site.not_before, f"{url}: too soon by {site.not_before - now} s"
            assert now // HOUR % 24 not in site.schedule.skip_hours or not site.given, f"{url}: it sleeps"
            assert (now // DAY + 3) % 7 not in site.schedule.skip_days or not site.given, f"{url}: day off"

    def _answer(self, site: Site, url: str, etag: str, now: int) -> Answer:
        if url == site.url and now >= site.moves_at:
            site.asked["redirect"] += 1
            site.led_at = now
            return Answer(to=site.moves_to, permanent=site.permanent)
        problem = site.problem(now)
        if problem is None:
            self._note_move(site, url, now)
            answer = site.document(now, etag)
            site.asked["same" if answer.same else "document"] += 1
            return answer
        site.asked[problem.code] += 1
        in_force = site.not_before
        site.wait(now, 0)
        site.not_before = max(in_force, site.not_before)
        site.gone_told = problem.code is Code.GONE
        if wait := int(problem.details.get("retry_after", 0)):
            host = host_of(url)
            self.quiet_until[host] = max(self.quiet_until.get(host, 0), now + wait)
        return Answer(problem=problem)

    def _note_move(self, site: Site, url: str, now: int) -> None:
        """Note that the client was led to the new address and found a feed there."""
        if url == site.url or not site.permanent or site.moved_for_good:
            return
        site.moved_first = site.moved_first or now
        site.moved_for_good = now - site.moved_first >= DAY


def a_site(chance: random.Random, number: int) -> Site:
    """A feed of one of ten kinds; every fourth shares a host with others."""
    host = f"many-{number % 8 // 4}.example" if number % 4 == 1 else f"host-{number}.example"
    site = Site(f"https://{host}/{number:05}", changes_every=chance.randrange(1, 49) * HOUR)
    site.interval = chance.choice([30, 60, 60, 60, 180]) * 60
    site.terse = chance.random() < 0.5
    later = START + chance.randrange(2 * DAY, 20 * DAY)
    match number % 10:
        case 0 | 1:
            site.tagged = False
        case 2:
            site.schedule = Schedule(ttl=chance.choice([HOUR, 4 * HOUR, 40 * DAY]))
        case 3:
            site.max_age = chance.choice([60, 2 * HOUR, 12 * HOUR])
        case 4:
            site.schedule = Schedule(None, frozenset(range(chance.randrange(1, 9))), frozenset({5, 6}))
            site.windows = (Window(later, later + DAY, Code.HTTP_5XX),)
        case 5:
            code, wait = chance.choice([(Code.RATE_LIMITED, 3 * HOUR), (Code.RATE_LIMITED, 5 * DAY)])
            site.windows = (Window(later, later + DAY, code, wait),)
        case 6:
            site.gone_at = later
        case 7:
            site.moves_at, site.moves_to = later, f"https://new-{number}.example/{number:05}"
            site.permanent = chance.random() < 0.7
        case 8:
            length = chance.choice([HOUR, 6 * HOUR, 3 * DAY, DAYS * DAY])
            site.windows = (Window(later, later + length, Code.TIMEOUT),)
        case _:
            pass
    return site
