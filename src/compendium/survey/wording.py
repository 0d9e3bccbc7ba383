"""What the survey says to people, in every language of the book."""

from __future__ import annotations

from collections.abc import Callable

from compendium import language
from compendium.language import _, definition, label, number

ROLES = ("enterprise", "university", "other")
UNKNOWN = "unknown"
"""The answer of somebody who does not know; it is no level."""
FARTHEST = 9
"""The largest ratio of importance on the scale of the best–worst method."""

Texts = dict[str, str]
"""A text by language code."""


def texts(say: Callable[[], str]) -> Texts:
    """A text in every language of the book, whichever is in use."""
    said = {}
    for code in language.LANGUAGES:
        with language.speaking(code):
            said[code] = say()
    return said


def named(code: str) -> Texts:
    """A code's label in every language."""
    return texts(lambda: label(code))


def meant(code: str) -> Texts:
    """A code's definition in every language."""
    return texts(lambda: definition(code))


def consent(minutes: tuple[int, int]) -> Texts:
    """What a respondent agrees to; the form asks nothing before it."""
    return texts(lambda: _(
        "This survey asks enterprises and universities which models of collaboration fit their "
        "conditions. It takes {least} to {most} minutes. Taking part is voluntary. You may stop at "
        "any time. What you do not know about a model you may leave out. The survey asks for no "
        "names, telephone numbers or e-mail addresses. Answers are published without anything that "
        "points to you or your organisation. Before fielding, the team that runs the survey adds "
        "its name and address here."
    ).format(least=number(minutes[0]), most=number(minutes[1])))


def role(code: str) -> Texts:
    """Whom a respondent answers for."""
    said = {
        "enterprise": lambda: _("An enterprise"),
        "university": lambda: _("A university or research institute"),
        "other": lambda: _("Another organisation"),
    }
    return texts(said[code])


def size(code: str) -> Texts:
    """How many people work in an enterprise."""
    said = {
        "small": lambda: _("Up to 100 employees"),
        "medium": lambda: _("101 to 250 employees"),
        "large": lambda: _("More than 250 employees"),
    }
    return texts(said[code])


def level(code: str) -> Texts:
    """A level of a score, or that the respondent does not know."""
    said = {
        "0": lambda: _("0 – speaks strongly against the model"),
        "1": lambda: _("1 – speaks rather against it"),
        "2": lambda: _("2 – speaks both for and against it"),
        "3": lambda: _("3 – speaks rather for it"),
        "4": lambda: _("4 – speaks strongly for it"),
        UNKNOWN: lambda: _("I do not know"),
    }
    return texts(said[code])


def ratio(value: int) -> Texts:
    """A step of the scale of importance from 1 to 9."""
    said = {
        1: lambda: _("1 – equally important"),
        3: lambda: _("3 – somewhat more important"),
        5: lambda: _("5 – clearly more important"),
        7: lambda: _("7 – much more important"),
        9: lambda: _("9 – incomparably more important"),
    }
    return texts(said.get(value, lambda: number(value)))


QUESTIONS: dict[str, Callable[[], str]] = {
    # Translators: title of the survey form
    "title": lambda: _("Models of university–industry collaboration: an expert survey"),
    "agree": lambda: _("Do you agree to take part?"),
    # Translators: answers to "Do you agree to take part?"
    "yes": lambda: _("Yes, I agree"),
    "no": lambda: _("No"),
    "declined": lambda: _("Thank you. Nothing else is asked."),
    "about": lambda: _("About your organisation"),
    "role": lambda: _("For whom do you answer?"),
    "size": lambda: _("How many people work in your enterprise?"),
    "weights": lambda: _("What matters most"),
    "criteria": lambda: _("The criteria below describe conditions on which a model of "
                          "collaboration depends. First choose the most and the least "
                          "important of them."),
    "best": lambda: _("Which criterion is the most important for you?"),
    "worst": lambda: _("Which criterion is the least important for you?"),
    "differ": lambda: _("Choose another criterion than the most important one."),
    "best_to_others": lambda: _("The most important criterion against the others"),
    # Translators: ${best_label} is replaced by the name of a criterion, in the nominative
    "best_ask": lambda: _("The most important for you: ${best_label}. How much more important is "
                          "it than each criterion below?"),
    "others_to_worst": lambda: _("The others against the least important criterion"),
    # Translators: ${worst_label} is replaced by the name of a criterion, in the nominative
    "worst_ask": lambda: _("The least important for you: ${worst_label}. How much more important "
                           "than it is each criterion below?"),
    "models": lambda: _("The models"),
    "known": lambda: _("Which models do you know well enough to judge?"),
    "judge": lambda: _("Under the conditions of your organisation and country, how strongly does "
                       "each criterion favour this model?"),
    "comment": lambda: _("Is there anything that you would like to add? Please name no persons."),
    "thanks": lambda: _("Thank you for your answers."),
}


def question(name: str) -> Texts:
    """A question or a note of the form, by its name."""
    return texts(QUESTIONS[name])
