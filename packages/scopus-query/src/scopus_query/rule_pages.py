"""The explanation of each rule, with an example, its place and its mending, as text and page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from scopus_query.language import _
from scopus_query.lint import lint
from scopus_query.rule_sources import told
from scopus_query.rules import NOTE, RULES, SEVERITIES, Finding, Rule, apply, excerpt
from scopus_query.unparse import unparse

_YEARS = {"Q316": (2015, None)}
"""The years that an example's report names, for the rule that compares with them."""


def example(rule: Rule) -> Finding | None:
    """What the rule finds in its example; None where it has none."""
    found = lint(rule.example, years=_YEARS.get(rule.code)).findings if rule.example else ()
    return next((finding for finding in found if finding.rule is rule), None)


def mended(rule: Rule, finding: Finding) -> str:
    """The example after the first mending; empty where that leaves more than notes."""
    if not finding.fixes:
        return ""
    parsed = lint(apply(rule.example, finding.fixes[0]))
    wrong = any(left.rule.severity != NOTE for left in parsed.findings)
    return unparse(parsed.tree) if parsed.tree and not wrong else ""


def page(rule: Rule) -> str:
    """The explanation in the reader's language, as Markdown for a terminal."""
    parts = [f"## {rule.code}: {_(rule.title)}", f"*{_(SEVERITIES[rule.severity])}*",
             _(rule.explanation)]  # fmt: skip
    finding = example(rule)
    if finding:
        shown, carets = excerpt(rule.example, finding.span)
        parts += [f"    {shown}\n    {carets}", f"{finding.message} {finding.remedy}"]
        after = mended(rule, finding)
        parts += [_("Repaired:"), f"    {after}"] if after else []
    parts.append(told(rule.code))
    return "\n\n".join(parts) + "\n"


def anchor(code: str) -> str:
    """Where the page of a rule stands in its chapter."""
    return f"rule-{code.lower()}"


def address(code: str) -> str:
    """The page of a rule, from another chapter."""
    return f"rules.html#{anchor(code)}"


@dataclass(frozen=True)
class Pages:
    """The pages of the rules of one family.

    Attributes
    ----------
    family : str
        How their codes begin.
    """

    family: str

    def rules(self) -> list[Rule]:
        """The rules, by code."""
        return [RULES[code] for code in sorted(RULES) if code.startswith(self.family)]

    def _repr_html_(self) -> str:
        return "\n".join(_html(rule) for rule in self.rules())

    def to_text(self) -> str:
        """The pages as Markdown."""
        return "\n".join(page(rule) for rule in self.rules())

    def __repr__(self) -> str:
        return f"Rules: {', '.join(rule.code for rule in self.rules())}"


def _html(rule: Rule) -> str:
    severity = _(SEVERITIES[rule.severity])
    parts = [f'<summary class="rubric">{rule.code} · {_code(_(rule.title))} '
             f"({escape(severity)})</summary>", f"<p>{_code(_(rule.explanation))}</p>"]  # fmt: skip
    finding = example(rule)
    if finding:
        from scopus_query.highlight import Listing

        parts.append(Listing(rule.example)._repr_html_())
        parts.append(f"<p>{_code(finding.message)} {_code(finding.remedy)}</p>")
        after = mended(rule, finding)
        if after:
            parts.append(f"<p>{escape(_('Repaired:'))} <code>{escape(after)}</code></p>")
    address = r"https?://(?:&amp;|[^\s;,])*(?:&amp;|[^\s;,.])"
    linked = re.sub(address, _link, escape(told(rule.code)))
    parts.append(f'<p class="source">{linked}</p>')
    return f'<details class="rule" id="{anchor(rule.code)}">' + "\n".join(parts) + "</details>"


def _link(found: re.Match) -> str:
    return f'<a href="{found.group()}">{found.group()}</a>'


def _code(text: str) -> str:
    """A text as HTML; what stands between backquotes is code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))
