"""Recognises the page that a site shows instead of an article to whom it takes for a machine."""

from __future__ import annotations

import re

_HEAD = 65_536
_LITTLE = 400
_NEXT_TO_NOTHING = 120
_SCRIPTS = re.compile(
    r"_cf_chl_opt|/_incapsula_resource|acw_sc__v2|__jsl_clearance|tencentcaptcha\(|initgeetest", re.IGNORECASE
)
_WORDS = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|robot check|captcha"
    r"|enable javascript and cookies"
    r"|人机验证|安全验证|安全检查|访问验证|身份验证|滑动验证|环境异常|访问(?:过于)?频繁|访问被拦截",
    re.IGNORECASE,
)


def is_challenge(source: str, title: str, text: str) -> bool:
    """Tell whether a page asks for proof of a human: its title says so, or it has hardly any other text.

    Scripts alone prove nothing, because sites put the same ones under their forms.
    """
    if len(text) > _LITTLE:
        return False
    if _WORDS.search(title):
        return True
    return len(text) <= _NEXT_TO_NOTHING and bool(_SCRIPTS.search(source[:_HEAD]) or _WORDS.search(text))
