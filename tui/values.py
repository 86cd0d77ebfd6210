"""Frozen dataclasses whose methods are made on first use.

`dataclasses` writes and compiles six for each class; with some sixty classes that is a seventh of the time
to the first frame. Its `replace`, `fields`, `asdict` and `astuple` take these values as their own.
"""

from __future__ import annotations

from inspect import get_annotations
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")

_NOT_COPIED = ("__dict__", "__weakref__")


@dataclass_transform(frozen_default=True)
def frozen(cls: type[T]) -> type[T]:
    """Make a class of annotated fields what `@dataclass(frozen=True, slots=True)` would make of it.

    It knows defaults, but no `field()`, no `__post_init__` and no base class with fields.
    """
    names = tuple(get_annotations(cls))
    space = {name: value for name, value in cls.__dict__.items() if name not in _NOT_COPIED}
    defaults = {name: space.pop(name) for name in names if name in space}
    made: type[T] = type(
        cls.__name__,
        cls.__bases__,
        {
            "__eq__": _equals,
            "__hash__": _hash,
            "__repr__": _repr,
            "__setattr__": _refuse,
            "__delattr__": _refuse,
            "__reduce__": _reduce,
            **space,
            "__slots__": names,
            "__match_args__": names,
            "__values__": attrgetter(*names) if len(names) > 1 else staticmethod(_few),
            "__init__": _maker(names, defaults),
            "__dataclass_fields__": _Fields(names, defaults),
        },
    )
    made.__qualname__ = cls.__qualname__
    return made


def _maker(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """An `__init__` that makes the class's own one, when its first instance is made."""

    def __init__(self: Any, *given: Any, **named: Any) -> None:
        cls = type(self)
        cls.__init__ = _compile(cls, names, defaults)
        cls.__init__(self, *given, **named)

    return __init__


def _compile(cls: type[Any], names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    parameters = ", ".join(f"{name}=_default_{name}" if name in defaults else name for name in names)
    body = "\n".join(f" _set_{name}(self, {name})" for name in names) or " pass"
    space = {f"_default_{name}": value for name, value in defaults.items()}
    space |= {f"_set_{name}": cls.__dict__[name].__set__ for name in names}
    # the names are identifiers of our own classes
    exec(f"def __init__(self, {parameters}):\n{body}", space)  # noqa: S102
    made = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


class _Fields:
    """The fields as `dataclasses` has them, made when they are first asked for."""

    def __init__(self, names: tuple[str, ...], defaults: dict[str, Any]) -> None:
        self._names = names
        self._defaults = defaults

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        from dataclasses import dataclass  # noqa: PLC0415 - only who asks pays

        annotations = {name: owner.__annotations__[name] for name in self._names}
        # without a docstring a signature would be made into one
        space = {"__annotations__": annotations, "__module__": owner.__module__, "__doc__": owner.__doc__}
        space |= self._defaults
        twin: Any = dataclass(init=False, repr=False, eq=False)(type(owner.__name__, (), space))
        fields = twin.__dataclass_fields__
        owner.__dataclass_fields__ = fields
        return fields


def _few(value: Any) -> tuple[Any, ...]:
    """What `attrgetter` gives for two names or more."""
    return tuple(getattr(value, name) for name in value.__match_args__)


def _equals(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or self.__values__(self) == self.__values__(other)


def _hash(self: Any) -> int:
    return hash(self.__values__(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse(_: Any, name: str, *__: object) -> NoReturn:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _reduce(self: Any) -> Any:
    return self.__class__, self.__values__(self)
