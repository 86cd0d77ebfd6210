"""The children of one element, looked up by short name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element


def text_of(element: Element) -> str:
    """All character data of an element, stripped."""
    return ("".join(element.itertext()) if len(element) else element.text or "").strip()


class Fields:
    """An element's children grouped by name in one pass; names as `names.shorten` leaves them."""

    __slots__ = ("_by_name",)

    def __init__(self, element: Element) -> None:
        self._by_name = by_name = dict[str, list[Element]]()
        for child in element:
            if child.tag in by_name:
                by_name[child.tag].append(child)
            else:
                by_name[child.tag] = [child]

    def has_any(self, names: Iterable[str]) -> bool:
        """Whether there is a child with one of the names."""
        return not self._by_name.keys().isdisjoint(names)

    def all(self, *names: str) -> Sequence[Element]:
        """Every child with one of the names, in the order of the names."""
        if len(names) == 1:
            return self._by_name.get(names[0], ())
        return [child for name in names for child in self._by_name.get(name, ())]

    def texts(self, *names: str) -> list[str]:
        """The texts that are not empty of every child with one of the names."""
        return [text for child in self.all(*names) if (text := text_of(child))]

    def text(self, *names: str) -> str:
        """The first text that is not empty, in the order of the names; "" when there is none."""
        for name in names:
            for element in self._by_name.get(name, ()):
                if found := text_of(element):
                    return found
        return ""
