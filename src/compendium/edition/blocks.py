"""The unit of translation: a block of a markdown cell, as CommonMark sees blocks.

A paragraph, heading, list or table is one block. Of a directive only what a reader reads is given
to the translator: its body, and an admonition's title; its name and options stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark").enable("table")
_TARGET = re.compile(r"^\([\w-]+\)=$")
_OPENING = re.compile(r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[\w:-]+)\} *(?P<argument>.*)$")
_OPTION = re.compile(r"^:[\w-]+:")
_TITLED = {"admonition", "dropdown", "card", "grid-item-card"}
_OPAQUE = {"bibliography", "contents", "tableofcontents", "toctree", "glue"}

Translate = Callable[[str], str]


def translate(markdown: str, gettext: Translate) -> str:
    """The text of a cell with every block translated.

    Parameters
    ----------
    markdown : str
        The cell's source.
    gettext : callable
        From a block's text to its translation; also how blocks are collected, by recording calls.
    """
    lines = markdown.split("\n")
    out, at = [], 0
    for first, last in _spans(lines):
        out += lines[at:first]
        out.append(_block("\n".join(lines[first:last]), gettext))
        at = last
    return "\n".join(out + lines[at:])


def _spans(lines: list[str]) -> list[tuple[int, int]]:
    spans, covered = [], 0
    fences = _colon_fences(lines)
    for token in _PARSER.parse("\n".join(lines)):
        if token.level or not token.map:
            continue
        first, last = token.map
        for opening, closing in fences:
            if opening <= first < closing:
                first, last = opening, closing
        if first < covered:
            continue
        while last > first and not lines[last - 1].strip():
            last -= 1
        spans.append((first, last))
        covered = last
    return spans


def _colon_fences(lines: list[str]) -> list[tuple[int, int]]:
    """Spans of `:::{directive}` blocks, which CommonMark does not know."""
    spans, opening, fence = [], None, ""
    for at, line in enumerate(lines):
        match = _OPENING.match(line)
        if opening is None and match and match["fence"].startswith(":"):
            opening, fence = at, match["fence"]
        elif opening is not None and line.strip() == fence:
            spans.append((opening, at + 1))
            opening = None
    return spans


def _block(block: str, gettext: Translate) -> str:
    head, *rest = block.split("\n")
    opening = _OPENING.match(head)
    if not opening:
        if _TARGET.match(block) or block.startswith("```") or not re.search(r"[^\W\d_]", block):
            return block
        return gettext(block)
    if opening["name"] in _OPAQUE:
        return block
    argument = opening["argument"]
    if argument and opening["name"] in _TITLED:
        head = head[: opening.start("argument")] + gettext(argument)
    options = 0
    while options < len(rest) - 1 and (_OPTION.match(rest[options]) or not rest[options].strip()):
        options += 1
    body = "\n".join(rest[options:-1])
    if not body.strip():
        return block if not argument else "\n".join([head, *rest])
    return "\n".join([head, *rest[:options], gettext(body), rest[-1]])


_PARTS = (
    ("role", re.compile(r"\{([\w:-]+)\}`(?:[^`<]*<([^`>]+)>|([^`]*))`")),
    ("link", re.compile(r"\]\(([^)\s]+)\)")),
    ("code", re.compile(r"(?<!\})`([^`]+)`")),
    ("placeholder", re.compile(r"%\(\w+\)[sd]|%[sd]|\{[a-z_]\w*\}(?!`)")),
    ("label", re.compile(r"^\(([\w-]+)\)=$", re.MULTILINE)),
    ("directive", re.compile(r"^(?:`{3,}|:{3,})\{([\w:-]+)\}", re.MULTILINE)),
)


def anatomy(text: str) -> Counter:
    """What must be the same in every language: roles, links, code, placeholders, labels."""
    return Counter(
        (kind, *(group for group in match.groups() if group))
        if match.groups()
        else (kind, match.group())
        for kind, pattern in _PARTS
        for match in pattern.finditer(text)
    )
