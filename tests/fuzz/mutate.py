"""Damage to a sample, aware of how markup, JSON and TOML are built; the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

LARGEST = 1 << 20
"""Bytes of an input; most are a few KB."""

_USUAL = 1 << 16
_RARE = 0.01
"""How often an input may grow to the largest size: those cost the most and teach the least."""

_TOKEN = re.compile(rb"<[^<>]*>|[\[\]{}:,=\"'&;\n]")
_TAG = re.compile(rb"<([A-Za-z][\w:.-]*)")
_NUMBER = re.compile(rb"\d+")
_CHARSET = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)

_CHARSETS = ("utf-8", "gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-32-be", "latin-1", "shift_jis")
_LIES = (*_CHARSETS, "utf-7", "punycode", "unicode_escape", "zlib", "idna", "rot13", "x" * 50, "no-such")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\0", b"\x1f\x8b")
_NUMBERS = (b"0", b"-1", b"00", b"1e999", b"NaN", b"9" * 30, b"9" * 5000, b"2147483648", b"0x7f", b"1.5")
_FRAGMENTS = (
    *(b"<", b">", b"&", b'"', b"'", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml ", b"<!DOCTYPE rss ["),
    *(b"</", b"/>", b"<item>", b"</item>", b"<entry/>", b"<rss>", b"<feed>", b"<html>", b"<table><tr><td>"),
    *(b"<pre>", b"<script>", b"<a href='//['>", b"<img src=x alt='", b'xml:base="//["', b' xmlns="x"'),
    *(b"&#xD800;", b"&#27;", b"&nbsp;", b"&#99999999999;", b"&#x110000;", b"&a;", b"&amp;amp;", b"&#0;"),
    *(b"\x00", b"\x1b[2J", b"\x1b]52;c;eA==\x07", b"\xff", b"\xc2\x9b", b"\xe2\x80\xae", b"\xed\xa0\x80"),
    *(b"{", b"}", b"[", b"]", b"null", b"true", b"\\ud800", b"\\", b'""', b"[[", b"]]", b"'''", b'"""', b"#"),
    *(b"http://[", b"javascript:alert(1)", b"http://a:99999999/", b"data:,x", b"//", b"\r", b"\n\n", b"\t"),
    *map(
        str.encode, ("微信：", "电话", "①③⑧", "一三八", "＋", "👨\u200d👩", "e\u0301" * 9, "年", "下午", "货")
    ),
)


def mutated(seeds: Sequence[bytes], random: Random) -> bytes:
    """One of the seeds with one to six kinds of damage, most of them small."""
    most = LARGEST if random.random() < _RARE else _USUAL
    data = random.choice(seeds)
    for _ in range(random.choice((1, 1, 2, 2, 3, 4, 6))):
        data = random.choice(_WAYS)(data, seeds, random)[:most]
    return data


Way = Callable[[bytes, Sequence[bytes], Random], bytes]


def _stretch(data: bytes, random: Random) -> tuple[int, int]:
    """A stretch of the data, cut between two of its tokens more often than not."""
    if random.random() < 0.6 and len(data) < _USUAL:
        places = [found.start() for found in _TOKEN.finditer(data)]
        if len(places) > 1:
            first = random.randrange(len(places) - 1)
            return places[first], places[min(len(places) - 1, first + random.randint(1, 12))]
    start = random.randint(0, len(data))
    return start, min(len(data), start + int(random.paretovariate(0.6)))


def _put(data: bytes, random: Random, what: bytes) -> bytes:
    start, _ = _stretch(data, random)
    return data[:start] + what + data[start:]


def _splice(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(seeds)
    start, end = _stretch(other, random)
    return _put(data, random, other[start:end])


def _repeat(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    start, end = _stretch(data, random)
    times = min(int(random.paretovariate(0.5)), LARGEST // max(1, end - start))
    return data[:end] + data[start:end] * times + data[end:]


def _delete(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + data[end:]


def _move(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    start, end = _stretch(data, random)
    return _put(data[:start] + data[end:], random, data[start:end])


def _cut(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] if random.random() < 0.7 else data[place:]


def _flip(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    flipped = bytearray(data)
    for _time in range(int(random.paretovariate(0.8)) if flipped else 0):
        flipped[random.randrange(len(flipped))] ^= 1 << random.randrange(8)
        if random.random() < 0.02:
            break
    return bytes(flipped)


def _noise(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    return _put(data, random, random.randbytes(random.randint(1, 12)))


def _fragment(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    start, end = _stretch(data, random)
    return data[:start] + random.choice(_FRAGMENTS) + data[random.choice((start, end)) :]


def _number(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    found = list(_NUMBER.finditer(data[:_USUAL]))
    if not found:
        return _put(data, random, random.choice(_NUMBERS))
    one = random.choice(found)
    return data[: one.start()] + random.choice(_NUMBERS) + data[one.end() :]


def _charset_lie(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    """Another charset than is declared: in the declaration, in the bytes, or in a mark before them."""
    match random.randrange(4):
        case 0:
            return random.choice(_MARKS) + data
        case 1:
            text = data.decode("utf-8", "replace")
            return text.encode(random.choice(_CHARSETS), "replace")
        case 2:
            return data.decode(random.choice(_CHARSETS), "replace").encode("utf-8", "replace")
    lie = random.choice(_LIES).encode()
    declared = _CHARSET.search(data)
    if declared:
        return data[: declared.start(1)] + lie + data[declared.end(1) :]
    return b'<?xml version="1.0" encoding="' + lie + b'"?>' + data


def _nest(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    """Something opened many times, and closed as often, less often or not at all."""
    names = _TAG.findall(data[:_USUAL]) or [b"b"]
    name = random.choice((random.choice(names), b"div", b"table><tr><td", b"b", b"blockquote", b"ul><li"))
    opening, closing = random.choice(
        (
            (b"<" + name + b">", b"</" + name.split(b">")[0] + b">"),
            (b"[", b"]"),
            (b'{"a":', b"}"),
            (b"(", b")"),
        )
    )
    depth = int(random.paretovariate(0.35)) % 20_000
    start, end = _stretch(data, random)
    closed = random.choice((depth, depth, depth // 2, 0))
    return data[:start] + opening * depth + data[start:end] + closing * closed + data[end:]


def _flood(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    """Many attributes on a tag, of different names or of one."""
    tags = list(_TAG.finditer(data[:_USUAL]))
    if not tags:
        return _put(data, random, random.choice(_FRAGMENTS) * (int(random.paretovariate(0.5)) % 5_000))
    count = int(random.paretovariate(0.35)) % 20_000
    form = random.choice(
        (" a%d='1'", " xmlns:a%d='u'", " a%d", " a='%d'", ' xml:lang%d="', " =%d", " href=%d")
    )
    place = random.choice(tags).end()
    attributes = "".join(form.replace("%d", str(number)) for number in range(count))
    return data[:place] + attributes.encode() + data[place:]


def _entities(data: bytes, _: Sequence[bytes], random: Random) -> bytes:
    """Entities declared and used, or characters written as references."""
    if random.random() < 0.5:
        levels = random.randint(1, 12)
        inner = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
        outer = random.choice(
            ("", '<!ENTITY x SYSTEM "file:///etc/passwd">', "<!ENTITY % p '<!ENTITY x \"y\">'>%p;")
        )
        doctype = f'<!DOCTYPE rss [<!ENTITY a0 "货">{inner}{outer}]>'.encode()
        return doctype + _put(data, random, random.choice((b"&x;", f"&a{levels - 1};".encode())))
    start, end = _stretch(data, random)
    text = data[start:end].decode("utf-8", "replace")[:2_000]
    form = random.choice(("&#{};", "&#x{:x};", "&amp;#{};", "&#0{}", "&#{}"))
    return data[:start] + "".join(form.format(ord(letter)) for letter in text).encode() + data[end:]


_WAYS: tuple[Way, ...] = (
    *(_splice, _splice, _repeat, _repeat, _delete, _delete, _move, _cut, _flip, _flip, _noise),
    *(_fragment, _fragment, _fragment, _number, _charset_lie, _nest, _flood, _entities),
)
