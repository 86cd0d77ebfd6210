"""Bytes of unknown encoding to text: what the bytes are goes before what anybody says of them."""

from __future__ import annotations

import codecs
import re

_REPLACEMENT = "\ufffd"
_DECLARATION_WINDOW = 2048
# Longer marks first: the UTF-32 one begins with the UTF-16 one.
_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
# Charsets of documents; Python knows text codecs that are none (punycode takes quadratic time,
# unicode_escape makes characters of its own), and UTF-16 has been ruled out when this is asked.
_DOCUMENT_CHARSET = re.compile(
    r"ascii|big5|cp\d|euc|gb|iso8859|johab|koi8|kz1048|latin|mac-|ptcp|shift|tis|utf-8"
)
_GUESSES = ("gb18030", "big5hkscs")
# Chinese text has such neighbours; one high byte among letters is Western, and 抯 in GB18030.
_HIGH_PAIR = re.compile(rb"[\x80-\xff]{2}")
_DECLARED = re.compile(
    rb"""<(?:\?xml\s[^>]{0,200}?encoding|meta\s[^>]{0,400}?charset)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    re.IGNORECASE,
)


def decode(data: bytes, *, declared: str = "", header: str = "") -> str:
    """Return data as text, guessing well: what is no character of the encoding becomes U+FFFD.

    The order: byte order mark or the zero bytes of "<" in UTF-16 and UTF-32; strict UTF-8, also with a
    few bad bytes in it; the declared charset, the header's, GB18030, Big5, each strictly; in the end
    whichever of them loses least. GB 2312 and GBK are read as GB18030, Big5 with its Hong Kong part.
    """
    for signature, encoding in _SIGNATURES:
        if data.startswith(signature):
            return data.decode(encoding, "replace")
    utf8 = _strict(data, "utf-8")
    if utf8 is not None:
        return utf8
    lossy = data.decode("utf-8", "replace")
    if _is_damaged_utf8(lossy):
        return lossy
    candidates = [charset for name in (declared, header) if (charset := _charset(name))]
    if _HIGH_PAIR.search(data):
        candidates += _GUESSES
    for charset in candidates:
        if (text := _strict(data, charset)) is not None:
            return text
    guesses = [lossy, *(data.decode(charset, "replace") for charset in dict.fromkeys(candidates))]
    return min(guesses, key=lambda guess: guess.count(_REPLACEMENT))


def declared_encoding(data: bytes) -> str:
    """Return the charset that an XML declaration or a <meta> in the first 2 KB names, else ""."""
    match = _DECLARED.search(data[:_DECLARATION_WINDOW])
    return match[1].decode("ascii", "replace") if match else ""


def is_lossless(text: str) -> bool:
    """Tell whether decoding lost nothing, that is whether text has no U+FFFD."""
    return _REPLACEMENT not in text


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeError:
        return None


def _is_damaged_utf8(lossy: str) -> bool:
    """Tell whether most of what is not ASCII was well-formed, which other encodings never look like."""
    foreign = len(lossy) - len(lossy.encode("ascii", "ignore"))
    return 5 * lossy.count(_REPLACEMENT) <= foreign


def _charset(name: str) -> str:
    """Return Python's name of a document charset, "" if it knows none of that name."""
    name = name.strip(" \t\"'").lower()
    if name in _SUPERSETS:
        return _SUPERSETS[name]
    try:
        # Cut, because the codec registry remembers every name that it was asked for.
        known = codecs.lookup(name[:40]).name
    except (LookupError, ValueError):
        return ""
    return _SUPERSETS.get(known, known) if _DOCUMENT_CHARSET.match(known) else ""
