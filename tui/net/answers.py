"""Which answers of a server are a refusal, and which error each of them is."""

from __future__ import annotations

from collections.abc import Mapping

from tui.errors import Code, HuoyuanError
from tui.net.headers import retry_after

_NO_CONTENT, _RESET_CONTENT, _PARTIAL_CONTENT = 204, 205, 206
_UNAUTHORIZED, _PROXY_AUTHENTICATION, _GONE, _TOO_MANY, _UNAVAILABLE = 401, 407, 410, 429, 503

# Set by Cloudflare, AWS WAF, DataDome and Sucuri on the pages with which they stop programs.
_BOT_WALLS = ("cf-mitigated", "x-amzn-waf-action", "x-datadome", "x-sucuri-block")

_BY_STATUS = {
    _NO_CONTENT: Code.EMPTY,
    _RESET_CONTENT: Code.EMPTY,
    _PARTIAL_CONTENT: Code.TRUNCATED,
    _UNAUTHORIZED: Code.AUTH,
    _PROXY_AUTHENTICATION: Code.AUTH,
    _GONE: Code.GONE,
}


def refusal(status: int, headers: Mapping[str, str], *, now: float) -> HuoyuanError | None:
    """The error that an answer stands for, or None if its body is what was asked for (or a 304).

    The names in `headers` are looked up in lower case. A RATE_LIMITED carries `retry_after` in seconds.
    """
    if status == _TOO_MANY or (status == _UNAVAILABLE and "retry-after" in headers):
        wait = retry_after(headers.get("retry-after", ""), now=now)
        return HuoyuanError(Code.RATE_LIMITED, retry_after=wait)
    if status >= 400 and any(name in headers for name in _BOT_WALLS):
        return HuoyuanError(Code.BLOCKED_BY_SITE, status=status)
    code = _BY_STATUS.get(status) or _by_class(status)
    return None if code is None else HuoyuanError(code, status=status)


def _by_class(status: int) -> Code | None:
    match status // 100:
        case 2:
            return None
        case 4:
            return Code.HTTP_4XX
        case 5:
            return Code.HTTP_5XX
        case _:
            return None if status == 304 else Code.PROTOCOL
