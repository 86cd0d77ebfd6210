"""Articles of a seed: sourcing news of about 2 KB with headings, links, images and merchants."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from bench.merchants import Said, block, running, seller
from bench.prose import Prose, Searches
from tui.feed_values import FeedSpec
from tui.model import Article, Block, BlockKind, Body, Mark, Merchant, Span

FEEDS = 100
CATEGORIES = (
    *("女装货源", "男装货源", "童装货源", "鞋子货源", "箱包货源", "百货货源", "美妆货源", "饰品货源"),
    *("食品货源", "母婴货源", "家居货源", "数码货源", "内衣货源", "运动货源", "玩具货源", "家纺货源"),
    *("微商怎么做", "电商资讯", "批发市场", "展会消息"),
)
MEAN_LENGTH = 800
LONG = 20_000 // 3
RARE_EVERY, PHRASE_EVERY = 1_999, 499
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the articles of a seed; number 0 is the newest, one a minute."""

    seed: int
    prose: Prose
    now: int
    sellers: int

    def article(self, number: int, length: int = 0) -> Article:
        """One article, drawn from its number alone.

        A third has a merchant block, as all of a given length have, a third one line with a contact.
        """
        chance = random.Random(self.seed * 1_000_003 + number)
        wanted = length or int(chance.uniform(0.55, 1.45) * MEAN_LENGTH)
        category = chance.choice(CATEGORIES) if chance.random() < 0.5 else ""
        said = self._said(chance, 2 if length else chance.randrange(3), category)
        body, contacts_at = self._body(chance, number, wanted, said)
        contacts = (
            replace(contact, start=contact.start + contacts_at, end=contact.end + contacts_at)
            for contact in said.contacts
        )
        return Article(
            uid=str(number),
            title=self._title(chance, number),
            body=body,
            link=f"http://127.0.0.1:9/article/{number}",
            author=self.prose.write(chance, 3),
            published=self.now - number * MINUTE,
            category=category,
            views=int(chance.paretovariate(0.8)) % 100_000,
            merchant=said.merchant,
            contacts=tuple(contacts),
        )

    def _said(self, chance: random.Random, form: int, category: str) -> Said:
        # some merchants write a lot, most once or twice
        who = seller(int(self.sellers * chance.random() ** 2), self.seed)
        if form == 2:
            return block(who, category or CATEGORIES[0])
        return running(who, chance) if form == 1 else Said((), (), Merchant())

    def _title(self, chance: random.Random, number: int) -> str:
        title = self.prose.title(chance)
        return title[:-2] + self.prose.rare if number % RARE_EVERY == 11 else title

    def _body(self, chance: random.Random, number: int, length: int, said: Said) -> tuple[Body, int]:
        """The body with what is said of the merchant in its midst, and where that begins."""
        texts = [self.prose.write(chance, 115) for _ in range(max(2, length // 115))]
        texts[0] += self._planted(number)
        blocks = [self._paragraph(chance, text, place) for place, text in enumerate(texts)]
        middle = 1 + len(blocks) // 2
        begins = sum(len(made.text) + 1 for made in blocks[:middle])
        blocks[middle:middle] = [Block(BlockKind.TEXT, line) for line in said.lines]
        links = ("http://127.0.0.1:9/market",) if len(texts) > 1 else ()
        images: tuple[str, ...] = ()
        if number % 4 == 0:
            images = (f"http://127.0.0.1:9/images/{number}.jpg",)
            blocks.append(Block(BlockKind.IMAGE, "", target=0))
        return Body(tuple(blocks), links, images), begins

    def _planted(self, number: int) -> str:
        phrase = self.prose.phrase if number % PHRASE_EVERY == 3 else ""
        rare = self.prose.rare if number % RARE_EVERY == 1_011 else ""
        return phrase + "，" + rare + "，" + self.prose.stray(number)

    @staticmethod
    def _paragraph(chance: random.Random, text: str, place: int) -> Block:
        if place == 1 and len(text) > 40:
            start = chance.randrange(len(text) - 20)
            spans = (Span(start, start + 4, Mark.STRONG), Span(start + 8, start + 16, Mark.LINK, 0))
            return Block(BlockKind.TEXT, text, spans=spans)
        if place == 3:
            return Block(BlockKind.HEADING, text[:24], level=2)
        return Block(BlockKind.ITEM if place == 4 else BlockKind.TEXT, text)


def maker(count: int, seed: int, now: int) -> Maker:
    """The maker of a store of `count` articles."""
    return Maker(seed, Prose(seed), now, max(20, count // 8))


def searches(seed: int) -> Searches:
    """What can be searched for in the store of a seed, of whatever size."""
    prose = Prose(seed)
    often = seller(0, seed)
    return Searches(
        common=prose.common,
        single=prose.single,
        rare=prose.rare,
        phrase=prose.phrase,
        absent=prose.absent,
        latin=often.wechat,
        inner=often.mobile[4:8],
    )


def feed_specs(count: int = FEEDS) -> list[FeedSpec]:
    """The feeds of a store, each with its category."""
    return [
        FeedSpec(f"http://127.0.0.1:9/{number}", f"feed {number:03d}", CATEGORIES[number % len(CATEGORIES)])
        for number in range(count)
    ]
