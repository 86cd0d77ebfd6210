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
            "__new__": _maker(names, defaults),
            "__dataclass_fields__": _Fields(names, defaults),
        },
    )
    made.__qualname__ = cls.__qualname__
    return made


def _maker(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """A `__new__` that makes the class's own one, when its first instance is made."""

    def __new__(cls: Any, *given: Any, **named: Any) -> Any:
        cls.__new__ = staticmethod(_compile(cls, names, defaults))
        return cls(*given, **named)

    return __new__


def _compile(cls: type[Any], names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """A `__new__` that fills a value of another class of the same slots, as its own refuses to be filled.

    To set slots past that refusal costs a call each, twice as much as all of this.
    """
    parameters = ", ".join(f"{name}=_default_{name}" if name in defaults else name for name in names)
    body = "".join(f" self.{name} = {name}\n" for name in names)
    space = {f"_default_{name}": value for name, value in defaults.items()}
    space |= {"_Open": type("_Open", (), {"__slots__": names}), "_become": _become}
    # the names are identifiers of our own classes
    exec(  # noqa: S102
        f"def __new__(cls, {parameters}):\n self = _Open()\n{body} _become(self, cls)\n return self",
        space,
    )
    made = space["__new__"]
    made.__qualname__ = f"{cls.__qualname__}.__new__"
    return made


_become = object.__dict__["__class__"].__set__


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
