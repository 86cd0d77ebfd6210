"""Finds, in source text, where Textual or Rich would read markup in a text that is not our own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

DRAWS_TEXT = frozenset({"Input"})
"""The only stock widget that we use: it shows its text as it is."""

RICH = frozenset({"cells", "color", "console", "segment", "style"})
"""The parts of Rich that read no markup, as long as no console prints."""

_CALLS = """
Static Label Button Checkbox RadioButton Link Collapsible TabPane Tab Option Selection Select SelectionList
OptionList DataTable Tree Markdown MarkdownViewer RichLog Log Toast Header Footer ListItem Digits Rule
Placeholder Pretty Tooltip from_markup from_text from_ansi from_rich_text to_content visualize notify
add_row add_column update_cell add_leaf set_label render_str print print_json log Panel Table
Hit DiscoveryHit SystemCommand Binding
"""
PARSES = frozenset(_CALLS.split())
"""Calls that read markup in what they are given."""

PARSED_NAMES = frozenset({"border_title", "border_subtitle", "tooltip", "sub_title", "help", "description"})
"""Attributes of widgets and arguments of calls that are read so."""

SAYERS = frozenset({"say", "_say", "words"})


def offences(source: str) -> Iterator[str]:
    """Every line that hands a text to what reads markup, unless it is a literal or words of ours."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            yield from _imported(node)
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if _parses_module(alias.name)]
            yield from (f"{node.lineno}: import {name}" for name in names)
        elif isinstance(node, ast.Call):
            yield from _called(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if (
                    isinstance(target, ast.Attribute)
                    and target.attr in PARSED_NAMES
                    and not _is_ours(node.value)
                ):
                    yield f"{node.lineno}: {target.attr} = …"


def _imported(node: ast.ImportFrom) -> Iterator[str]:
    module = node.module or ""
    names = {alias.name for alias in node.names}
    if module == "textual.widgets" or module.startswith("textual.widgets."):
        names -= DRAWS_TEXT
    elif module == "rich":
        names -= RICH
    elif not _parses_module(module):
        return
    yield from (f"{node.lineno}: from {module} import {name}" for name in sorted(names))


def _parses_module(module: str) -> bool:
    root, _, part = module.partition(".")
    if root == "rich":
        return part.partition(".")[0] not in RICH
    return module in {"textual.markup", "textual.content", "textual.visual", "textual.widgets"}


def _called(node: ast.Call) -> Iterator[str]:
    name = _name(node.func)
    if name not in PARSES:
        return
    keywords = {keyword.arg: keyword.value for keyword in node.keywords}
    markup = keywords.pop("markup", None)
    if isinstance(markup, ast.Constant) and markup.value is False:
        return
    texts = [*node.args, *(value for key, value in keywords.items() if key is None or key in _TEXT_ARGUMENTS)]
    if not all(map(_is_ours, texts)):
        yield f"{node.lineno}: {name}(…)"


_TEXT_ARGUMENTS = PARSED_NAMES | {"content", "label", "prompt", "title", "message", "text", "renderable"}


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_ours(value: ast.expr | None) -> bool:
    """Whether a text is a literal, words of the locale into which nothing is filled, or made of such."""
    match value:
        case None | ast.Constant():
            return True
        case ast.JoinedStr(values=values):
            return all(
                _is_ours(part.value if isinstance(part, ast.FormattedValue) else part) for part in values
            )
        case ast.BinOp(left=left, right=right):
            return _is_ours(left) and _is_ours(right)
        case ast.IfExp(body=body, orelse=orelse):
            return _is_ours(body) and _is_ours(orelse)
        case ast.Call(func=function, args=[ast.Constant() | ast.JoinedStr()], keywords=[]):
            return _name(function) in SAYERS
    return False
