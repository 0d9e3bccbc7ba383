"""What a query loses on its way from one database to another, told once per kind."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scopus_query.language import N_, _
from scopus_query.tree import Span

VARIANTS = N_("the plural and other spellings are found in Scopus only")
EXAMPLES = 5


@dataclass(frozen=True)
class Loss:
    """A part of the query that the other database does not ask for as the first does.

    Attributes
    ----------
    text, reason : str
    span : Span
    changes : bool
        Whether other records are found, so that it must not be taken away by AND NOT.
    others : tuple of Span
        Further places of the same kind, where losses are told once per kind.
    """

    text: str
    reason: str
    span: Span
    changes: bool = field(default=False, compare=False)
    others: tuple[Span, ...] = field(default=(), compare=False)

    def as_data(self) -> dict:
        """Plain values, for JSON."""
        return {"text": self.text, "reason": self.reason, "start": self.span.start,
                "end": self.span.end, "others": [list(span) for span in self.others]}  # fmt: skip


def grouped(losses: list[Loss], many: tuple[str, ...] = (VARIANTS,)) -> tuple[Loss, ...]:
    """One loss for each reason, at its first place, with the texts that it concerns.

    Parameters
    ----------
    losses : list of Loss
    many : tuple of str
        Reasons that concern so many texts that a few are enough.
    """
    kinds: dict[str, list[Loss]] = {}
    for loss in losses:
        kinds.setdefault(loss.reason, []).append(loss)
    found = []
    for reason, (first, *others) in kinds.items():
        texts = list(dict.fromkeys(loss.text for loss in (first, *others)))
        if reason in map(_, many) and len(texts) > EXAMPLES:
            texts[EXAMPLES:] = ["…"]
        places = tuple(dict.fromkeys(loss.span for loss in others if loss.span != first.span))
        found.append(replace(first, text=", ".join(texts), others=places))
    return tuple(found)
