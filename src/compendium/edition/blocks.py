"""The unit of translation: a block of a markdown cell, as MyST sees blocks.

A paragraph, heading, list or table is one block. Of a directive only what a reader reads is given
to the translator: the blocks of its body, and an admonition's title; its name and options stay as
they are. Code, labels and comments are never given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

_PARSER = (
    MarkdownIt("commonmark")
    .enable("table")
    .use(colon_fence_plugin)
    .use(deflist_plugin)
    .use(myst_block_plugin)
)
_FENCES = {"fence", "colon_fence"}
_UNREAD = {"code_block", "hr", "myst_target", "myst_line_comment", "myst_block_break"}
_SCRIPT = re.compile(r"<(script|style|pre|textarea|!--)", re.IGNORECASE)
_OPENING = re.compile(r"^(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<name>[\w:-]+)\} *(?P<argument>.*)$")
_OPTION = re.compile(r"^:[\w-]+:")
_TITLED = {"admonition", "dropdown", "card", "grid-item-card"}
_OPAQUE = {
    *("bibliography", "contents", "tableofcontents", "toctree", "glue"),
    *("code", "code-block", "code-cell", "eval-rst", "include", "literalinclude"),
    *("image", "math", "mermaid", "raw"),
}

Translate = Callable[[str], str]


def translate(markdown: str, translation: Translate) -> str:
    """The text of a cell with every block translated.

    Parameters
    ----------
    markdown : str
        The cell's source.
    translation : callable
        From a block's text to its translation; also how blocks are collected, by recording calls.
    """
    lines = markdown.split("\n")
    out, at = [], 0
    for kind, first, last in _spans(lines):
        out += lines[at:first]
        out.append(_block(kind, "\n".join(lines[first:last]), translation))
        at = last
    return "\n".join(out + lines[at:])


def split(markdown: str) -> list[str]:
    """The blocks of a cell one by one, labels and directives among them."""
    lines = markdown.split("\n")
    return ["\n".join(lines[first:last]) for _, first, last in _spans(lines)]


def _spans(lines: list[str]) -> Iterator[tuple[str, int, int]]:
    covered = 0
    for token in _PARSER.parse("\n".join(lines)):
        if token.level or not token.map or token.map[0] < covered:
            continue
        first, last = token.map
        while last > first and not lines[last - 1].strip():
            last -= 1
        yield token.type, first, last
        covered = last


def _block(kind: str, block: str, translation: Translate) -> str:
    if kind in _FENCES:
        return _directive(block, translation)
    wordless = not re.search(r"[^\W\d_]", block)
    if kind in _UNREAD or wordless or (kind == "html_block" and _SCRIPT.match(block.lstrip())):
        return block
    return translation(block)


def _directive(block: str, translation: Translate) -> str:
    head, *rest = block.split("\n")
    opening = _OPENING.match(head)
    if not opening or opening["name"] in _OPAQUE:
        return block
    if opening["argument"] and opening["name"] in _TITLED:
        head = head[: opening.start("argument")] + translation(opening["argument"])
    start, end = _body(rest)
    body = translate("\n".join(rest[start:end]), translation).split("\n") if start < end else []
    return "\n".join([head, *rest[:start], *body, *rest[end:]])


def _body(rest: list[str]) -> tuple[int, int]:
    """Where a directive's body begins, after its options, and ends, before its closing fence."""
    end = max(len(rest) - 1, 0)
    start = 0
    if rest and rest[0].strip() == "---" and "---" in rest[1:end]:
        start = rest.index("---", 1) + 1
    while start < end and (_OPTION.match(rest[start]) or not rest[start].strip()):
        start += 1
    return start, end


_ROLES = r"(?:glue|cite|py)(?::\w+)?|numref|ref|doc|term|download|abbr|math|eq|kbd|sub|sup|eval"
_PARTS = (
    ("heading", re.compile(r"^(#{1,6}) ", re.MULTILINE)),
    ("directive", re.compile(r"^(?:`{3,}|:{3,})\{([\w:-]+)\}", re.MULTILINE)),
    ("label", re.compile(r"^\(([\w-]+)\)=$", re.MULTILINE)),
    ("role", re.compile(rf"(?<!`)\{{({_ROLES})\}}`(?:[^`<]*<([^`>]+)>|([^`]*))`")),
    ("code", re.compile(r"`([^`]+)`")),
    ("link", re.compile(r"\]\(([^)\s]+)\)")),
    ("link", re.compile(r"<(https?://[^>\s]+)>")),
    ("tag", re.compile(r"<(/?[A-Za-z][\w-]*)[^<>]*>")),
    ("placeholder", re.compile(r"(%\(\w+\)[sd]|%[sd]|\{[a-z_]\w*\})")),
)


def anatomy(text: str) -> Counter:
    """What must be the same in every language: roles, links, code, placeholders, labels, tags."""
    parts: Counter = Counter()
    for kind, pattern in _PARTS:
        for match in pattern.finditer(text):
            parts[kind, *(group for group in match.groups() if group)] += 1
        # What was counted is taken out: between two roles, for one, there is no code.
        text = pattern.sub("\0", text)
    return parts


_UNREAD_PARTS = re.compile(
    r"^(?:`{3,}|:{3,})(?:\{[\w:-]+\})?.*$|^\([\w-]+\)=$"  # fences, labels
    r"|\{[\w:-]+\}`[^`<]*`|`[^`]+`"  # roles that show no words of the text's own, code
    r"|<https?://[^>\s]+>|https?://\S+|[\w.+-]+@[\w-]+\.\w+"
    r"|\]\([^)\s]+\)|</?[A-Za-z][\w-]*[^<>]*>|&[#\w]+;"
    r"|%\(\w+\)[sd]|%-?[A-Za-z]|\$?\{\w*\}",
    re.MULTILINE,
)
_SHOWN_ROLE = re.compile(r"\{[\w:-]+\}`([^`<]*)<[^`>]+>`")


def plain(text: str) -> str:
    """What a reader reads of a message: without roles, code, addresses, tags, placeholders."""
    return _UNREAD_PARTS.sub(" ", _SHOWN_ROLE.sub(r"\1", text))


_GLUED = re.compile(r"\{glue:text\}`([\w-]+)`")
_OTHER_ROLE = re.compile(r"\{[\w:]+\}`([^`<]*?)\s*(?:<[^>`]*>)?`")


def paragraphs(markdown: str) -> list[str]:
    """The blocks of a cell, lists taken apart into their items."""
    return [part for block in split(markdown) for part in re.split(r"\n(?=[-*] )", block)]


def glued(block: str) -> list[str]:
    """Keys of the computed values that a block tells."""
    return _GLUED.findall(block)


def spoken(block: str, values: dict[str, str]) -> str:
    """A block as a reader reads it: values in their places, of other roles the text."""
    told = _GLUED.sub(lambda found: values.get(found[1], found[1]), block)
    return " ".join(_OTHER_ROLE.sub(r"\1", told).split()).removeprefix("- ")
