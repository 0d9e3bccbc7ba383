"""`compendium init`: the folder of a new review, put together from the template's parts by a plan.

The template is a compendium without any of its parts; a part adds a chapter, its tables and its
codes. What a plan does not say stays a marked example.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TypeVar

import yaml

from compendium import (
    console,
    environment,
    files,
    prisma_p,
    project,
    review_plan,
    review_steps,
    wheels,
)
from compendium.errors import CompendiumError
from compendium.language import N_, _, ngettext, speaking
from compendium.language.active import SOURCE, Language
from compendium.language.catalog import words
from compendium.review_plan import Plan
from compendium.screening import protocol as screening

Answer = TypeVar("Answer")
TEMPLATE = Path(__file__).parent / "template"
TITLES = {
    "en": "Example: title of the review", "ru": "Пример: название обзора",
    "kk": "Мысал: шолудың атауы",
}  # fmt: skip
"""The example title; a title that is given in English takes the place of all."""
DOTTED = ("gitignore", "github", "devcontainer")
"""Names in the template that begin with a dot in a review: a package would leave them out."""

AUTHORS = "  - name: The compendium’s authors"
"""What CITATION.cff says of the authors until somebody names them."""
STEPS = "<!-- the steps of this review -->"
"""Where a README of the template leaves room for them."""
KEPT = ("plan.yml", "parts", "protocol.csv")
"""What of the template is not copied: an example, and what a plan chooses and is told from."""

EXAMPLES = N_("""\
examples:
  compendium init ../my-review --title "Title of the review"
  compendium init --example > review.yml        a plan, to be filled in
  compendium init ../my-review --plan review.yml
  cd ../my-review && make book

The new folder holds chapters, empty tables with marked examples, a protocol by PRISMA-P, and the
engine itself; it builds as it is. A plan says which languages, queries, criteria, categories and
chapters it has. With a title alone it is a re-run of a published review in three languages; without
either, title, languages and kind are asked for at the terminal. README.md has the steps.
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    init = commands.add_parser(
        "init", help=_("make a new compendium for another review"),
        description=_("Make a new compendium in a folder that is new or empty."),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    init.add_argument(
        "directory", metavar="DIRECTORY", type=Path, nargs="?", help=_("where: a new folder")
    )
    init.add_argument("--title", default="", help=_("the review's title, in English"))
    init.add_argument(
        "--plan", type=Path, metavar="FILE", help=_("what the review is to be, in YAML")
    )
    init.add_argument("--example", action="store_true", help=_("print an example of a plan"))
    init.set_defaults(run=_init)
    console.add_dry_run(init)


def _init(given: argparse.Namespace) -> int:
    if given.example:
        print((TEMPLATE / "plan.yml").read_text(encoding="utf-8"), end="")
        return 0
    if not given.directory:
        raise CompendiumError(
            _("The folder is missing."), remedy=_("Name a new one: `compendium init DIRECTORY`.")
        )
    _refuse_taken(given.directory.expanduser())  # before anything is asked
    plan = review_plan.read(given.plan) if given.plan else Plan()
    said: dict = {}
    if not given.plan and not given.title and sys.stdin.isatty():
        said, plan = _asked()
    if files.is_rehearsal():
        return _rehearse(given.directory, given.title, plan)
    folder = make(given.directory, given.title, plan)
    if given.plan:
        shutil.copyfile(given.plan, folder / "plan.yml")
    elif said:
        text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
        (folder / "plan.yml").write_text(text, encoding="utf-8")
    count = sum(path.is_file() for path in folder.rglob("*"))
    print(ngettext("Made {folder}: {n} file.", "Made {folder}: {n} files.", count).format(
        folder=given.directory, n=count))  # fmt: skip
    protocol = folder / prisma_p.FILE
    missing = prisma_p.unwritten(protocol.read_text(encoding="utf-8"))
    print(
        ngettext(
            "The protocol is {file}, by PRISMA-P 2015; {n} item is still to be written.",
            "The protocol is {file}, by PRISMA-P 2015; {n} items are still to be written.",
            missing,
        ).format(file=given.directory / prisma_p.FILE, n=missing)
    )
    print(_("Next: `make book` there builds the site and the PDFs; README.md has the steps."))
    return 0


def _rehearse(folder: Path, title: str, plan: Plan) -> int:
    """Name what a new review would hold."""
    with TemporaryDirectory() as elsewhere:
        made = make(Path(elsewhere, "review"), title, plan)
        held = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    for path in held:
        print(_("{file}: would be new").format(file=folder / path), file=sys.stderr)
    return 0


def _asked() -> tuple[dict, Plan]:
    """What a person at the terminal says of the review, as a plan's YAML has it, and the plan."""
    codes = _answer(_("Languages besides English, parted by blanks (none):"), lambda said: (
        list(review_plan.of({"languages": [SOURCE, *said.replace(",", " ").split()]}).languages)
    ))  # fmt: skip
    titles = {}
    for code in codes:
        text = _input(_("Title in {language}:").format(language=Language.of(code).name))
        if text:
            titles[code] = text
    titles = {SOURCE: TITLES[SOURCE], **titles} if titles else {}
    kinds = ", ".join(review_plan.KINDS)
    kind = _answer(_("Kind ({kinds}; original):").format(kinds=kinds), lambda said: (
        review_plan.of({"kind": said or "original"}).kind
    ))  # fmt: skip
    said = {"title": titles, "languages": codes, "kind": kind}
    said = {name: value for name, value in said.items() if value}
    return said, review_plan.of(said)


def _answer(question: str, read: Callable[[str], Answer]) -> Answer:
    """Ask until the answer can be read."""
    while True:
        try:
            return read(_input(question))
        except CompendiumError as error:
            print(error)


def _input(question: str) -> str:
    try:
        return input(question + " ").strip()
    except EOFError:  # Ctrl-D is taken as Ctrl-C is
        raise KeyboardInterrupt from None


def make(folder: Path, title: str = "", plan: Plan | None = None) -> Path:
    """Make a new compendium; it is there whole, or it is not there.

    Parameters
    ----------
    folder : Path
        Where; it does not exist, or is empty.
    title : str
        The review's title in English; the plan's, or a marked example, if left out.
    plan : Plan, optional
        What the review is to be; a re-run of a published review if left out.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    CompendiumError
        If the folder is not empty, is no folder, or cannot be written.
    """
    plan = plan or Plan()
    folder = folder.expanduser().absolute()
    _refuse_taken(folder)
    above = next(parent for parent in folder.parents if parent.is_dir())
    try:
        draft = Path(mkdtemp(prefix=f".{folder.name}-", dir=above))
    except OSError as error:
        raise CompendiumError(
            _("The folder cannot be made: {why}.").format(why=error.strerror),
            path=folder,
            remedy=_("Name another place, or change the rights of this one."),
        ) from None
    try:
        _fill(draft, title or plan.title.get(SOURCE, ""), plan)
        draft.chmod(0o755)
        folder.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, folder)  # an empty folder gives way
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return folder


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CompendiumError(_("This is a file."), path=folder, remedy=_("Name a folder."))
    if folder.is_dir() and any(folder.iterdir()):
        raise CompendiumError(
            _("The folder is not empty."),
            path=folder,
            remedy=_("Name a new folder, or an empty one; nothing was changed."),
        )


def _fill(draft: Path, title: str, plan: Plan) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "_build", *KEPT)
    shutil.copytree(TEMPLATE, draft, dirs_exist_ok=True, ignore=ignored)
    for name in DOTTED:
        (draft / name).rename(draft / f".{name}")
    for part in plan.parts:
        _add(draft, TEMPLATE / "parts" / part, part)
    _name(draft, title, plan)
    _write_plan(draft, plan)
    prisma_p.write(draft, plan, title or TITLES[SOURCE])
    _write_steps(draft)
    vendor = draft / "vendor"
    vendor.mkdir()
    packages = "\n".join(f"      - ./vendor/{wheel.name}" for wheel in wheels.write(vendor))
    lock = wheels.lock().read_text(encoding="utf-8")
    (draft / "requirements.lock").write_text(lock, encoding="utf-8")
    conda = environment.conda(lock).replace("      - -e .", packages)
    (draft / "environment.yml").write_text(conda, encoding="utf-8")


def _add(draft: Path, part: Path, name: str) -> None:
    """Add a part: its files, its tables to the data package, its codes, its parameters."""
    for folder in ("chapters", "data", "locales"):
        shutil.copytree(part / folder, draft / folder, dirs_exist_ok=True)
    package = draft / "data" / "datapackage.json"
    described = json.loads(package.read_text(encoding="utf-8"))
    described["resources"] += json.loads((part / "resources.json").read_text(encoding="utf-8"))
    package.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for file, into in (
        ("codebook.csv", draft / "data" / "codebook.csv"),
        ("parameters.yml", draft / "parameters.yml"),
    ):
        if (part / file).is_file():
            added = (part / file).read_text(encoding="utf-8")
            rows = added.partition("\n")[2] if file.endswith(".csv") else added
            into.write_text(into.read_text(encoding="utf-8") + rows, encoding="utf-8")
    toc = draft / "_toc.yml"
    last = "  - chapters:\n"
    _replace(toc, last, f"      - file: chapters/{name}\n{last}")


def _name(draft: Path, title: str, plan: Plan) -> None:
    book = draft / "book.yml"
    if title:
        for file in (book, draft / "_config.yml", draft / "CITATION.cff"):
            _replace(file, json.dumps(TITLES[SOURCE]), json.dumps(title, ensure_ascii=False))
        for code in ("ru", "kk"):
            own = json.dumps(plan.title.get(code), ensure_ascii=False)
            _replace(book, json.dumps(TITLES[code], ensure_ascii=False), own)
        for file in draft.glob("README*.md"):
            _replace(file, TITLES[SOURCE], title)
    if plan.authors:
        _replace(draft / "CITATION.cff", AUTHORS, "\n".join(map(_cited, plan.authors.split(";"))))
    if not plan.languages:
        return
    said = yaml.safe_load(book.read_text(encoding="utf-8"))
    said["languages"] = {code: said["languages"].get(code) for code in plan.languages}
    said["title"] |= {code: text for code, text in plan.title.items() if code in plan.languages}
    subtitle = review_plan.SUBTITLES[plan.kind]
    said["subtitle"] = {code: words().gettext(subtitle, code) for code in plan.languages}
    if plan.authors:
        said["authors"] = {SOURCE: plan.authors}
    spoken = {
        name: {code: text for code, text in texts.items() if code in plan.languages}
        if isinstance(texts, dict) and name != "languages" else texts
        for name, texts in said.items()
    }  # fmt: skip
    book.write_text(
        "# What the book is called, in each language. Where a language has no text, the English "
        "stands.\n" + yaml.safe_dump(spoken, allow_unicode=True, sort_keys=False),
        encoding="utf-8",
    )
    for folder in (draft / "locales").iterdir():
        if folder.name not in plan.languages:
            shutil.rmtree(folder)
    for file in draft.glob("README.*.md"):
        if file.name.split(".")[1] not in plan.languages:
            file.unlink()
    for file in draft.glob("README*.md"):
        head, links, rest = file.read_text(encoding="utf-8").split("\n\n", 2)
        kept = [link for link in links.split(" · ")
                if (draft / link.rpartition("(")[2].rstrip(")")).is_file()]  # fmt: skip
        file.write_text("\n\n".join(filter(None, (head, " · ".join(kept), rest))), "utf-8")


def _cited(author: str) -> str:
    """An author as CITATION.cff lists one; a name without a comma is not a person's."""
    family, comma, given = (part.strip() for part in author.partition(","))
    if not comma:
        return f"  - name: {json.dumps(family, ensure_ascii=False)}"
    return (
        f"  - family-names: {json.dumps(family, ensure_ascii=False)}\n"
        f"    given-names: {json.dumps(given, ensure_ascii=False)}"
    )


def _write_plan(draft: Path, plan: Plan) -> None:
    """What the plan says, in the place of the examples; what it does not say stays."""
    review = draft / "data" / "review"
    codes: list[tuple[str, str, str]] = []
    if plan.queries:
        codes += [(query["id"], "query", query["label"]) for query in plan.queries]
        head = (review / "queries.yml").read_text(encoding="utf-8").partition("- id:")[0]
        listed = [
            {"id": query["id"], "database": query["database"], "text": query["text"],
             "reported_hits": None, "reported_selected": None, "included_in": "included"}
            for query in plan.queries
        ]  # fmt: skip
        text = yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=10_000)
        (review / "queries.yml").write_text(head + text, encoding="utf-8")
    if plan.criteria:
        codes += [(code, "criterion", statement) for code, statement in plan.criteria.items()]
        _table(review / "criteria.csv", [list(row) for row in plan.criteria.items()])
    if plan.screening:
        agreed = yaml.safe_dump(dict(plan.screening), allow_unicode=True, sort_keys=False)
        (draft / "data" / "screening" / screening.FILE).write_text(agreed, encoding="utf-8")
    if plan.extraction:
        codes += [(code, "category", each.label) for code, each in plan.extraction.items()]
        for name, category in plan.extraction.items():
            codes += [(code, name, text) for code, text in category.codes.items()]
        _table(review / "form.csv", [[c, e.type, e.unit] for c, e in plan.extraction.items()])
    if "map" in plan.parts:
        for name, side in (("map_rows", plan.rows), ("map_columns", plan.columns)):
            if side:
                codes.append((f"dimension_{name}", "dimension", side.label))
                codes += [(code, name, text) for code, text in side.codes.items()]
    if "assessment" in plan.parts and plan.models and plan.compared_by:
        codes += [(code, "model", text) for code, text in plan.models.items()]
        codes += [(c, "assessment_criterion", e.label) for c, e in plan.compared_by.items()]
        _write_assessment(draft / "data" / "contexts" / "example", plan)
    _write_codes(draft / "data" / "codebook.csv", codes)
    if plan.languages:
        _speak(draft / "data", plan.languages)


def _write_steps(draft: Path) -> None:
    """The steps of this review and their commands, into its README in each language."""
    with project.at(draft):
        for file in draft.glob("README*.md"):
            with speaking(file.name.split(".")[1] if file.name != "README.md" else SOURCE):
                _replace(file, STEPS, review_steps.listed())


def _speak(data: Path, languages: tuple[str, ...]) -> None:
    """Give the codebook a label and a definition in each language of the plan, and in no other."""
    codebook, package = data / "codebook.csv", data / "datapackage.json"
    with codebook.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wanted = [f"{kind}_{code}" for kind in ("label", "definition") for code in languages]
    head = ["code", "set", *wanted]
    _table(codebook, [[row.get(name, "") for name in head] for row in rows], head)
    described = json.loads(package.read_text(encoding="utf-8"))
    schema = next(r for r in described["resources"] if r["name"] == "codebook")["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    schema["fields"] = [
        fields.get(name)
        or {"name": name, "type": "string", "title": "{} ({})".format(*name.split("_"))}
        for name in head
    ]  # fmt: skip
    package.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _write_assessment(context: Path, plan: Plan) -> None:
    _table(context / "criteria.csv", [
        [code, each.better, "basis_enabler", "introduction:1"]
        for code, each in plan.compared_by.items()
    ])  # fmt: skip
    example = next(iter(plan.models))  # without any level there is nothing to rank
    _table(context / "scores.csv", [
        [model, criterion, "unknown", "", "rule_silent", "", "evidence_none", "",
         "Example: nobody reported it."]
        if model != example else
        [model, criterion, "scored", "2", "rule_brought", "", "evidence_article", "results:1",
         "Example: the reason for the level."]
        for model in plan.models for criterion in plan.compared_by
    ])  # fmt: skip


def _write_codes(file: Path, codes: list[tuple[str, str, str]]) -> None:
    """Codes of the plan in the place of the examples of their sets; each code stands once."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    head = list(rows[0])
    sets, named = {kind for _code, kind, _text in codes}, {code for code, _kind, _text in codes}
    examples = {"query", "model", "category", "dimension", "map_rows", "map_columns"}
    kept = [
        row for row in rows
        if row["code"] not in named
        and row["set"] not in sets & examples
        and not (row["set"] in sets and row["code"].startswith("example_"))
    ]  # fmt: skip
    taken = {row["code"]: row["set"] for row in rows if row not in kept}
    for code, kind, _text in codes:
        if code in taken and taken[code] != kind:
            raise CompendiumError(
                _("The code {code} is one of the method's own.").format(code=repr(code)),
                remedy=_("Choose another in the plan."),
            )
    labels = [{"code": code, "set": kind, "label_en": text, "definition_en": text}
              for code, kind, text in codes]  # fmt: skip
    _table(file, [[row.get(name, "") for name in head] for row in kept + labels], head)


def _table(file: Path, rows: list[list[str]], head: list[str] | None = None) -> None:
    if head is None:
        with file.open(encoding="utf-8", newline="") as stream:
            head = next(csv.reader(stream))
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
