"""Names of feed elements: namespace URIs folded to the prefixes that the readers know."""

from __future__ import annotations

from xml.etree.ElementTree import Element

MERCHANT_NAMESPACE = "urn:huoyuan:merchant:1"
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
THREAD_COUNT = "{http://purl.org/syndication/thread/1.0}count"

NAMESPACES = {
    "atom": ATOM_NAMESPACE,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "html": "http://www.w3.org/1999/xhtml",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "merchant": MERCHANT_NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
_RSS_NAMESPACES = (
    "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2",
    "http://backend.userland.com/rss091",
    "http://backend.userland.com/rss092",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://purl.org/rss/1.0/",
)
_OTHER_SPELLINGS = {
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/rss091": "",
}


def _folded(uri: str) -> str:
    return uri.lower().rstrip("/#")


_PREFIXES = (
    {_folded(uri): f"{prefix}:" for prefix, uri in NAMESPACES.items()}
    | {_folded(uri): "" for uri in _RSS_NAMESPACES}
    | {_folded(uri): prefix and f"{prefix}:" for uri, prefix in _OTHER_SPELLINGS.items()}
)


class _Names(dict[str, str]):
    """Short names by full name; lives as long as one document, because documents choose their names."""

    def __missing__(self, tag: str) -> str:
        uri, _, local = tag.rpartition("}")
        prefix = _PREFIXES.get(_folded(uri[1:])) if uri else ""
        name = self[tag] = tag if prefix is None else prefix + local
        return name


def shorten(root: Element) -> None:
    """Rename every element of the tree in place: `{http://purl.org/dc/elements/1.1/}date` to `dc:date`.

    RSS elements and those without a namespace lose it; those of unknown namespaces keep it.
    """
    names = _Names()
    for element in root.iter():
        element.tag = names[element.tag]
