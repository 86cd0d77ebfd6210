"""The client whose manners are tested, and the ideal one that it is measured against."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass, field

from tests.net.simulated import DAY, END, HOUR, START, Answer, Site, World
from tui.errors import Code, Problem
from tui.feed_values import FeedState
from tui.net import policy

TICK = 300
"""Seconds between two looks at what is due, as the screen does it."""

MINUTE = 60
MOST_HOPS = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """The user presses R (`feed` is None) or r on a feed."""

    at: int
    feed: int | None


def wishes(seed: int, feeds: int) -> list[Wish]:
    """Some four a day, now and then several in a row, as people press keys."""
    chance = random.Random(seed)
    found = []
    for _ in range(80):
        at = chance.randrange(START, END)
        for again in range(chance.choice([1, 1, 1, 3])):
            feed = chance.choice([None, None, chance.randrange(feeds)])
            found.append(Wish(at + again * 40, feed))
    return sorted(found, key=lambda wish: wish.at)


def absences(seed: int) -> list[tuple[int, int]]:
    """When the program does not run: a few restarts a day, and every other night."""
    chance = random.Random(seed)
    found = []
    for day in range(START, END, DAY):
        found += [
            (start, start + chance.randrange(20 * MINUTE))
            for start in (day + chance.randrange(DAY) for _ in range(4))
        ]
        if chance.random() < 0.5:
            found.append((day + 15 * HOUR, day + 23 * HOUR))
    return found


def back_at(now: int, away: list[tuple[int, int]]) -> int:
    """The first moment from `now` on at which the program runs."""
    for start, end in away:
        if start <= now < end:
            return back_at(end, away)
    return now


@dataclass(slots=True)
class Client:
    """Does with `policy` what a refresh does with it.

    It remembers nothing but the states from one refresh to the next, so each of them is a restart.
    """

    world: World
    states: list[FeedState]
    paused: dict[str, int] = field(default_factory=dict)

    def refresh(self, now: int, wish: Wish | None = None) -> None:
        """Ask the feeds that are due, or those that the user wants."""
        named = () if wish is None or wish.feed is None else (wish.feed,)
        left = policy.pauses(self.states, now)
        self.paused = {host: now + seconds for host, seconds in left.items()}
        for state in policy.due(self.states, now, explicit=wish is not None, named=named):
            if named and state.id not in named:
                continue
            self.states[state.id] = self._one(state, now, wish is not None, bool(named))

    def _one(self, state: FeedState, now: int, wish: bool, named: bool) -> FeedState:
        answer, permanent_url = self._follow(state, now, wish, named)
        interval = state.refresh_minutes * MINUTE
        if answer.problem is not None:
            return policy.failed(state, now, interval_s=interval, problem=answer.problem)
        return policy.answered(
            state,
            now,
            interval_s=interval,
            schedule=None if answer.same else answer.schedule,
            max_age=None if answer.same else answer.max_age,
            etag=answer.etag,
            not_modified=answer.same,
            permanent_url=permanent_url,
        )

    def _follow(self, state: FeedState, now: int, wish: bool, named: bool) -> tuple[Answer, str]:
        url, permanent = state.address, True
        for hop in range(MOST_HOPS):
            host = policy.host_of(url)
            if self.paused.get(host, 0) > now:
                wait = self.paused[host] - now
                return Answer(problem=Problem(Code.RATE_LIMITED, {"host": host, "retry_after": wait})), ""
            answer = self.world.ask(url, state.etag, now, wish=wish, named=named)
            if not answer.to:
                self._note_pause(host, answer, now)
                return answer, url if hop and permanent else ""
            url, permanent = answer.to, permanent and answer.permanent
        raise AssertionError("no site redirects as often")

    def _note_pause(self, host: str, answer: Answer, now: int) -> None:
        if answer.problem and (wait := int(answer.problem.details.get("retry_after", 0))):
            self.paused[host] = max(now + wait, self.paused.get(host, 0))


class IdealClient:
    """Asks each feed in the very second in which it may: it never forgets, spreads or comes late.

    It is away as long as ours is. It waits the longest of the user's interval, ttl and max-age within 30
    minutes and 24 hours, doubles it after failures up to a day, skips the hours and days it is asked to
    skip, leaves hosts alone as long as they say, feeds that are gone for ever, follows permanent moves
    after a day, and does what the user wishes.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._failures = [0] * len(world.sites)
        self._at = [START] * len(world.sites)
        self._etags = [""] * len(world.sites)

    def run(self, wanted: list[Wish], away: list[tuple[int, int]]) -> int:
        """Live through all days but those times; gives the number of requests."""
        queue: list[tuple[int, int, bool]] = [(START, n, False) for n in range(len(self._at))]
        for want in wanted:
            some = range(len(self._at)) if want.feed is None else [want.feed]
            queue += [(want.at, number, True) for number in some]
        heapq.heapify(queue)
        while queue and queue[0][0] < END:
            now, number, wish = heapq.heappop(queue)
            if (back := back_at(now, away)) > now:
                self._at[number] = back
                heapq.heappush(queue, (back, number, wish))
                continue
            site = self._world.sites[number]
            if site.gone_told or (not wish and now != self._at[number]):
                continue
            quiet = self._world.quiet_until.get(policy.host_of(self._url(site, now)), 0)
            self._at[number] = quiet if now < quiet else self._ask(site, number, now)
            heapq.heappush(queue, (self._at[number], number, False))
        return self._world.requests

    def _url(self, site: Site, now: int) -> str:
        known = now >= site.moves_at + DAY + site.interval and site.permanent
        return site.moves_to if known else site.url

    def _ask(self, site: Site, number: int, now: int) -> int:
        """Ask a feed; gives when it may be asked again."""
        answer = self._world.ask(self._url(site, now), self._etags[number], now)
        if answer.to:
            answer = self._world.ask(answer.to, self._etags[number], now)
        wait = max(site.interval, site.max_age or 0, site.schedule.ttl or 0)
        if answer.problem is None:
            self._failures[number] = 0
            self._etags[number] = site.given
        else:
            self._failures[number] += 1
            wait = site.interval << self._failures[number] - 1
        due = now + max(min(max(wait, 30 * MINUTE), DAY), _asked_for(answer))
        while due // HOUR % 24 in site.schedule.skip_hours or (due // DAY + 3) % 7 in site.schedule.skip_days:
            due = (due // HOUR + 1) * HOUR
        return due


def _asked_for(answer: Answer) -> int:
    """Seconds of a Retry-After."""
    return int(answer.problem.details.get("retry_after", 0)) if answer.problem is not None else 0
