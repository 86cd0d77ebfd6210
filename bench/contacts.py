"""How fast contacts are found: `python -m bench.contacts [--seed S]`.

In short texts, in articles with and without any, and in hostile texts, which are the same for any seed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from bench.feeds_made import Prose, make_html
from tui.contacts import find
from tui.text.html import to_body

_PROSE = (
    "货源稳定质量保证欢迎新老客户前来选购我们做女装批发已经多年档口就在市场三楼款式每天更新支持退换价格实在"
)
_LINES = (
    "厂家直销一手货源，支持一件代发，加薇：lanqi{0} 看款",
    "联系电话138{0}（微信同号），地址广州十三行，款式每天更新",
    "今天到货的连衣裙一共有三个颜色，尺码齐全，喜欢的可以直接下单",
    "QQ群：64{0}（已满）、64{0}，进群备注进货，谢谢大家支持",
    "订单号：2021{0}{0} 已发货，请注意查收，如有问题联系店主",
)
HOSTILE = (
    "a.",
    "1 1 1",
    "vxvx",
    "wx(",
    ".vx",
    "q q ",
    "微信微信",
    "1a1a",
    "a@",
    "qq1",
    "微信：",
    "qq ",
    "tg(",
    f"微信：a1({'1' * 40}",
)
"""What costs a careless pattern most when it is repeated."""


def short_texts(source: random.Random, count: int) -> list[str]:
    """Texts of some 30 to 100 characters; three of five have a contact."""
    return [
        source.choice(_LINES).format(source.randrange(10**7, 10**8)) + _prose(source, source.randrange(60))
        for _ in range(count)
    ]


def _prose(source: random.Random, length: int) -> str:
    return "".join(source.choices(_PROSE, k=length))


def _seconds(texts: Sequence[str], repeat: int) -> float:
    """The least CPU time of several runs over the texts: what they take when nothing disturbs."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        for text in texts:
            find(text)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print one line per case, with the bar that it must keep."""
    parser = argparse.ArgumentParser(prog="python -m bench.contacts", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    source = random.Random(seed)
    texts = short_texts(source, 2_000)
    print(f"short texts          {len(texts) / _seconds(texts, 5):10,.0f} per second  (>= 8,000)")
    plain = "\n".join(_prose(source, 99) for _ in range(30))
    rich = "\n".join(short_texts(source, 45))[:3_000]
    for name, article, bar in (("article, nothing", plain, 0.3), ("article, contacts", rich, 2.0)):
        print(f"{name:20s} {_seconds([article], 50) * 1e3:10.2f} ms  (<= {bar})")
    prose = Prose(seed)
    articles = [to_body(make_html(prose, "http://127.0.0.1/"), "").text for _ in range(500)]
    print(f"{'articles of feeds':20s} {_seconds(articles, 10) / len(articles) * 1e3:10.2f} ms each")
    for unit in HOSTILE:
        text = (unit * 20_000)[:20_000]
        print(f"hostile {unit[:12]:12s} {_seconds([text], 3) * 1e3:10.2f} ms  (<= 300)")


if __name__ == "__main__":
    main()
