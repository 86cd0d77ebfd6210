"""Turns whatever a connection may raise into a code, without a word of the exception's own text."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tui.errors import Code, HuoyuanError

# Read from the top: httpx wraps what the resolver or TLS raised, so the cause says more than the wrapping.
_CODES: tuple[tuple[type[BaseException], Code], ...] = (
    (TimeoutError, Code.TIMEOUT),
    (httpx.TimeoutException, Code.TIMEOUT),
    (socket.gaierror, Code.DNS),
    (UnicodeError, Code.DNS),
    (ssl.SSLError, Code.TLS),
    (httpx.ProtocolError, Code.PROTOCOL),
    (Exception, Code.CONNECT),
)


@contextmanager
def told(host: str) -> Iterator[None]:
    """Lets nothing out but a HuoyuanError that names the host."""
    try:
        yield
    except HuoyuanError as error:
        raise HuoyuanError(error.problem.code, **{"host": host, **error.problem.details}) from None
    except (httpx.HTTPError, OSError, UnicodeError) as error:
        raise HuoyuanError(_code(error), host=host) from None


@contextmanager
def body_told() -> Iterator[None]:
    """While a body arrives, all that breaks but the patience means that a part of it is missing."""
    try:
        yield
    except httpx.TimeoutException:
        raise
    except (httpx.TransportError, OSError):
        raise HuoyuanError(Code.TRUNCATED) from None


def _code(error: BaseException) -> Code:
    causes = list(_causes(error))
    return next(code for kind, code in _CODES if any(isinstance(cause, kind) for cause in causes))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and what it wraps; httpcore keeps what it wraps in `args` only."""
    while error is not None:
        yield error
        error = error.__cause__ or next((arg for arg in error.args if isinstance(arg, BaseException)), None)
